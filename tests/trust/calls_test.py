"""The N-th system call fails: open, read, write, fsync, rename, mkdir, close, truncate or unlink, with an error or by moving half of the
bytes. The program ends with a documented code, says what failed, and leaves what is whole; without the fault the same command then
ends with the same bytes. What merely interrupts a call, or moves fewer bytes, changes nothing at all."""
import trust
from verbs import OUT, STUDIES, into

trial = trust.Trial("calls", needs_faults=True)

HOW = {
    "open": ("EIO", "EACCES", "EMFILE", "ENOSPC", "EINTR"),
    "read": ("EIO", "EINTR", "short"),
    "write": ("EIO", "ENOSPC", "EDQUOT", "EINTR", "short"),
    "fsync": ("EIO", "ENOSPC", "EINTR"),
    "rename": ("EIO", "ENOSPC", "EACCES"),
    "mkdir": ("EIO", "ENOSPC", "EACCES", "EROFS"),
    "close": ("EIO", "ENOSPC", "EINTR"),
    "truncate": ("EIO", "EINTR"),
    "unlink": ("EIO", "EACCES"),
}
HARMLESS = {("open", "EINTR"), ("read", "EINTR"), ("read", "short"), ("write", "EINTR"), ("write", "short"), ("fsync", "EINTR"),
            ("close", "EINTR"), ("truncate", "EINTR")}


class Study:
    def __init__(self, name, words):
        self.name, self.words = name, words
        record = trial.there / "record"
        with trial.place() as place:
            done = trial.ask(into(words), cwd=place, under={"TRUST_RECORD": str(record)})
            self.output, self.files = done.stdout, trust.results(place / OUT)
        if done.returncode != 0:
            trial.fault(f"{name} fails: {done.stderr}")
        lines = [line.split("\t")[0] for line in record.read_text(encoding="utf-8", errors="replace").splitlines()]
        self.calls = {call: lines.count(call) for call in HOW}
        record.unlink()

    def points(self):
        """Every call with every error, once and from then on, where that says something else."""
        for call, times in self.calls.items():
            for n in range(1, times + 1):
                for how in HOW[call]:
                    yield self, call, f"{n}", how
                    if (call, how) not in HARMLESS:
                        yield self, call, f"{n}+", how

    def attack(self, call, which, how):
        with trial.place() as place:
            done = trial.ask(into(self.words), cwd=place, under={"TRUST_CALL": f"{call}:{which}:{how}"})
            return self.verdict(done, place, call, how)

    def verdict(self, done, place, call, how):
        folder = place / OUT
        if done.returncode not in (0, 1, 3, 5):
            return f"exit {done.returncode}: {done.stderr[-300:]}"
        if done.returncode != 0 and (call, how) in HARMLESS:
            return f"exit {done.returncode} by what harms nothing: {done.stderr[-300:]}"
        if done.returncode != 0 and b"fleetrace" not in done.stderr and b":" not in done.stderr and call != "write":
            return f"exit {done.returncode} without a word"
        if done.returncode == 0 and (done.stdout != self.output or trust.results(folder) != self.files):
            return "exit 0, with other bytes"
        left = trust.left_over(folder) if call != "unlink" and done.returncode == 1 else ""
        return (left or trust.half_written(folder, self.files) or
                trust.goes_on(folder, self.files, lambda: trial.ask(into(self.words), cwd=place)))


def main():
    every = [point for name, words in STUDIES.items() for point in Study(name, words).points()]
    chosen = every if trial.count >= len(every) else trial.rng.sample(every, trial.count)

    def attack(point):
        study, call, which, how = point
        fault = study.attack(call, which, how)
        if fault:
            trial.fault(f"{study.name}, {call} {which} {how}: {fault}")

    trial.each(chosen, attack)
    trial.end()


main()
