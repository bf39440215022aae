"""What the tests of this folder share: the program under attack, its folder of results, and the line at the end.

Each NAME_test.py is called as `NAME_test.py [COUNT]`, with FLEETRACE_PROGRAM naming the program and FLEETRACE_FAULTS the library to
preload (faults/). Without COUNT it is that of continuous integration, and docs/trust.md must state it. With TRUST_RECORD_ROW the
row of docs/trust.md is written anew: that is what `./dev trust` does.
"""
import concurrent.futures
import contextlib
import datetime
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

from rows import ROWS

SKIPPED = 77
ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "trust.md"
MOST_SHOWN = int(os.environ.get("TRUST_SHOWN", "20"))
HANGS_AFTER = 60  # seconds
TELLS_EVERY = 30  # seconds
DOCUMENTED = (0, 1, 2, 3, 4, 5, 130)


def number(count):
    return f"{count:,}"


class Trial:
    """A test of this folder while it runs."""

    def __init__(self, name, needs_faults=False):
        self.name = name
        self.row = ROWS[name]
        self.count = int(sys.argv[1]) if len(sys.argv) > 1 else self.row.in_ci
        self.program = os.environ.get("FLEETRACE_PROGRAM", "")
        self.library = os.environ.get("FLEETRACE_FAULTS", "")
        self.jobs = int(os.environ.get("TRUST_JOBS", "1"))
        self.rng = random.Random(f"{name} {os.environ.get('TRUST_SEED', '1')}")
        self.faults = []
        self.done = 0
        self.began = time.monotonic()
        if not self.program or (needs_faults and not self.library):
            print(f"{name}: skipped, the program or what makes it fail is not built")
            sys.exit(SKIPPED)
        self.there = pathlib.Path(tempfile.mkdtemp(prefix=f"fleetrace-trust-{name}-"))

    @contextlib.contextmanager
    def place(self):
        """A folder for one attack."""
        place = pathlib.Path(tempfile.mkdtemp(dir=self.there))
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def environment(self, **more):
        """The environment of an attacked program."""
        each = {**os.environ, "LC_ALL": "C.UTF-8", **more}
        if any(key.startswith("TRUST_") for key in more):
            each["LD_PRELOAD"] = self.library
        return each

    def ask(self, arguments, under=None, more=None, **options):
        """Runs the program; `under` are settings of what fails, `more` of the program itself. A program that hangs counts as one that
        ended with None."""
        options.setdefault("timeout", HANGS_AFTER)
        options.setdefault("stdin", subprocess.DEVNULL)
        try:
            return subprocess.run([self.program, *arguments], capture_output=True, check=False,
                                  env=self.environment(**(under or {}), **(more or {})), **options)
        except subprocess.TimeoutExpired as hung:
            return subprocess.CompletedProcess(hung.cmd, None, hung.stdout or b"", hung.stderr or b"")

    def fault(self, what):
        self.faults.append(what)

    def each(self, points, attack):
        """Attacks at all points, several at once where that was asked. A run by hand says twice a minute how far it is."""
        points = list(points)
        finished = itertools.count(1)
        told = time.monotonic()

        def attack_one(point):
            nonlocal told
            attack(point)
            so_far = next(finished)
            if len(sys.argv) > 1 and time.monotonic() - told > TELLS_EVERY:
                told = time.monotonic()
                print(f"{self.name}: {number(so_far)} of {number(len(points))}, {len(self.faults)} faults",
                      file=sys.stderr, flush=True)

        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            list(pool.map(attack_one, points))
        self.done += len(points)

    def end(self):
        """Prints the line of the test, and leaves with its verdict."""
        shutil.rmtree(self.there, ignore_errors=True)
        seconds = time.monotonic() - self.began
        for each in self.faults[:MOST_SHOWN]:
            print(each)
        print(f"{self.name}: {number(self.done)} {self.row.what}, {len(self.faults)} faults, {seconds:.0f} s")
        wrong = [] if len(sys.argv) > 1 else stated_wrongly(self.name, self.done)
        for each in wrong:
            print(each)
        if os.environ.get("TRUST_RECORD_ROW"):
            record(self.name, self.done, len(self.faults), seconds)
        sys.exit(1 if self.faults or wrong else 0)


def contents(folder):
    """Names and bytes of the files of a folder, and of the folders in it."""
    if not folder.exists():
        return {}
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def results(folder):
    """The files of a folder that must always be the same bytes. The journal has its order from the threads, a workbook and the
    manifest are the same but for what was killed on the way."""
    return {name: bytes_ for name, bytes_ in contents(folder).items() if not name.endswith(".journal")}


def temporaries(folder):
    return [name for name in contents(folder) if name.endswith(".tmp")]


def left_over(folder):
    """The fault of a folder in which files stand that nobody will finish; an empty text where there is none."""
    left = temporaries(folder)
    return f"leaves {left}" if left else ""


def half_written(folder, files):
    """The fault of a folder in which a file is other than in `files`. The manifest says how far it came, and may be."""
    for name, each in results(folder).items():
        if name != "manifest.json" and not name.endswith(".tmp") and each != files[name]:
            return f"leaves another {name}"
    return ""


def goes_on(folder, files, ask):
    """The fault of a folder from which the same command, which `ask` runs again, does not come to the same files."""
    again = ask()
    if again.returncode != 0:
        return f"cannot go on: {again.stderr[-300:]}"
    return "" if results(folder) == files else "goes on to other files"


def status(folder):
    """What the manifest of a folder says."""
    try:
        return json.loads((folder / "manifest.json").read_bytes())["status"]
    except (OSError, ValueError, KeyError):
        return ""


def spread(rng, count, total):
    """So many numbers from 1 to total, evenly spread with chance inside each part; all of them where there are no more."""
    if count >= total:
        return list(range(1, total + 1))
    return [1 + rng.randrange(i * total // count, (i + 1) * total // count) for i in range(count)]


def row_of(text, name):
    """The cells of a row of the table."""
    found = re.search(rf"^\| `{name}` \|.*$", text, re.MULTILINE)
    return [cell.strip() for cell in found.group(0).strip("|").split("|")] if found else None


def stated_wrongly(name, done):
    cells = row_of(PAGE.read_text(encoding="utf-8"), name)
    if cells is None:
        return [f"docs/trust.md has no row {name}"]
    wanted = number(done)
    return [] if cells[2].split(" ")[0] == wanted else [f"docs/trust.md says {cells[2]} of {name}, and it is {wanted}"]


def record(name, done, faults, seconds):
    """Writes what a long run found into the page."""
    text = PAGE.read_text(encoding="utf-8")
    cells = row_of(text, name)
    cells[3:] = [number(done), str(faults), f"{seconds:.0f} s", datetime.date.today().isoformat()]
    line = "| " + " | ".join(cells) + " |"
    PAGE.write_text(re.sub(rf"^\| `{name}` \|.*$", line.replace("\\", r"\\"), text, flags=re.MULTILINE), encoding="utf-8")
