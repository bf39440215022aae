"""The power fails: what a study asked of the disk is recorded, and each beginning of it is turned into states that a disk may have
then. What was not synchronised is lost, kept, kept in another order, or torn in the middle of a write; so are names in folders, the
parent folder's included. From each state the same command must end with the same bytes, and what was acknowledged must be there."""
import os

import trust
from verbs import OUT, STUDIES, into

trial = trust.Trial("power", needs_faults=True)
JOURNAL = f"{OUT}/replications.journal"
FOLDER = None  # what stands in place of a file's number for a folder
MODES = ("lost", "kept", "torn", "reordered", "data first", "names first")


class File:
    """What a disk has of a file for certain, and what was written since it was last synchronised."""

    def __init__(self):
        self.synced, self.now, self.pending = b"", b"", []
        self.header = 0  # the size of what was written first

    def write(self, offset, data):
        self.pending.append((offset, data))
        self.now = written(self.now, offset, data)
        self.header = self.header or len(data)

    def truncate(self, size):
        self.pending.append((size, None))
        self.now = cut(self.now, size)

    def sync(self):
        self.synced, self.pending = self.now, []

    def after(self, mode, rng):
        if mode in ("kept", "data first"):
            return self.now
        if mode in ("lost", "names first"):
            return self.synced
        content = self.synced
        chosen = self.pending if mode == "torn" else [each for each in self.pending if rng.random() < 0.5]
        if mode == "torn":
            chosen = chosen[:rng.randint(0, len(chosen))]
        for i, (offset, data) in enumerate(chosen):
            if data is None:
                content = cut(content, offset)
            elif mode == "torn" and i + 1 == len(chosen):
                content = written(content, offset, data[:rng.randint(0, len(data))])
            else:
                content = written(content, offset, data)
        return content


def written(content, offset, data):
    content = content.ljust(offset, b"\0")
    return content[:offset] + data + content[offset + len(data):]


def cut(content, size):
    return content[:size].ljust(size, b"\0")


class Disk:
    """Follows recorded calls, with paths below the place where the program was started."""

    def __init__(self, place):
        self.place = str(place) + "/"
        self.names, self.certain, self.pending = {}, {}, {}

    def below(self, path):
        """The path as the study has it; None for what lies elsewhere."""
        if path + "/" == self.place:
            return "."
        path = os.path.normpath(path)
        return path[len(self.place):] if path.startswith(self.place) else "." if path + "/" == self.place else None

    def change(self, path, *what):
        self.pending.setdefault(os.path.dirname(path) or ".", []).append(what)
        apply_to(self.names, what)

    def follow(self, call):
        name, path, offset, result, _, data = call
        if result < 0:
            return
        if name == "rename":
            source, target = (self.below(each) for each in path.split("\v"))
            if source is not None:
                self.change(target, "rename", source, target, self.names[source])
            return
        path = self.below(path)
        if path is None:
            return
        if name == "mkdir":
            self.change(path, "link", path, FOLDER)
        elif name == "unlink" and path in self.names:
            self.change(path, "unlink", path)
        elif name == "open" and path != "." and path not in self.names and offset & os.O_CREAT:
            self.change(path, "link", path, File())
        elif name == "fsync" and (path == "." or self.names.get(path, 0) is FOLDER):
            for what in self.pending.pop(path, []):
                apply_to(self.certain, what)
        elif path in self.names and self.names[path] is not FOLDER:
            file = self.names[path]
            if name == "write":
                file.write(offset, data)
            elif name == "truncate":
                file.truncate(offset)
            elif name == "fsync":
                file.sync()

    def after(self, mode, rng):
        """Files and folders that are there when power is back."""
        there = dict(self.certain)
        for pending in self.pending.values():
            if mode in ("kept", "names first"):
                chosen = pending
            elif mode in ("lost", "data first"):
                chosen = []
            elif mode == "torn":
                chosen = pending[:rng.randint(0, len(pending))]
            else:
                chosen = [each for each in pending if rng.random() < 0.5]
            for what in chosen:
                apply_to(there, what)
        return {path: file if file is FOLDER else file.after(mode, rng) for path, file in sorted(there.items())
                if os.path.dirname(path) in ("", *there)}


def apply_to(names, what):
    if what[0] == "link":
        names[what[1]] = what[2]
    elif what[0] == "unlink":
        names.pop(what[1], None)
    else:
        names.pop(what[1], None)
        names[what[2]] = what[3]


def read_calls(path):
    calls = []
    for line in path.read_text(encoding="utf-8", errors="surrogateescape").split("\n"):
        cells = line.split("\t")
        if len(cells) == 6:
            name, where, offset, result, error, data = cells
            calls.append((name, where, int(offset), int(result), int(error), bytes.fromhex(data)))
    return calls


class Study:
    def __init__(self, name):
        self.name, self.words = name, into(STUDIES[name])
        record = trial.there / "record"
        with trial.place() as place:
            done = trial.ask(self.words, cwd=place, under={"TRUST_RECORD": str(record)})
            self.calls, self.place = read_calls(record), place
            self.files, self.all = trust.results(place / OUT), trust.contents(place / OUT)
        record.unlink()
        if done.returncode != 0:
            trial.fault(f"{name} fails: {done.stderr}")
        # After the last call nothing may be left to chance.
        disk = self.disk(len(self.calls))
        if {path[len(OUT) + 1:]: data for path, data in disk.after("lost", trial.rng).items() if data is not FOLDER} != self.all:
            trial.fault(f"{name}: what is finished is not on the disk")
        changes = {"write", "fsync", "rename", "mkdir", "truncate", "unlink"}
        self.moments = [i + 1 for i, call in enumerate(self.calls) if call[0] in changes]

    def disk(self, moment):
        disk = Disk(self.place)
        for call in self.calls[:moment]:
            disk.follow(call)
        return disk

    def attack(self, moment, mode):
        disk = self.disk(moment)
        state = disk.after(mode, trial.rng)
        journal = disk.names.get(JOURNAL)
        if journal and not state.get(JOURNAL, b"").startswith(journal.synced[:len(state.get(JOURNAL, b""))]):
            return "the journal is another"
        # A header alone is nobody's work.
        if journal and len(state.get(JOURNAL, b"")) < len(journal.synced) > journal.header:
            return f"{len(journal.synced)} bytes of the journal were acknowledged, and {len(state.get(JOURNAL, b''))} are there"
        with trial.place() as place:
            for path, data in state.items():
                if data is FOLDER:
                    (place / path).mkdir()
                else:
                    (place / path).write_bytes(data)
            done = trial.ask(self.words, cwd=place)
            if done.returncode != 0:
                return f"exit {done.returncode}: {done.stderr[-300:]}"
            if trust.temporaries(place / OUT):
                return f"leaves {trust.temporaries(place / OUT)}"
            return "" if trust.results(place / OUT) == self.files else "ends with other files"


def main():
    studies = [Study(name) for name in ("compare", "run", "sweep", "optimize")]
    moments = [(study, moment) for study in studies for moment in study.moments]
    each = max(1, trial.count // len(moments))
    points = [(*moment, MODES[i % len(MODES)]) for moment in moments for i in range(each)]
    while len(points) < trial.count:
        points.append((*trial.rng.choice(moments), trial.rng.choice(MODES)))

    def attack(point):
        study, moment, mode = point
        fault = study.attack(moment, mode)
        if fault:
            call = study.calls[moment - 1]
            trial.fault(f"{study.name}, after call {moment}, {call[0]} {os.path.basename(call[1])}, {mode}: {fault}")

    trial.each(points[:trial.count], attack)
    trial.end()


main()
