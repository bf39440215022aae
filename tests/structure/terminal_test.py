#!/usr/bin/env python3
"""Output on terminals of 60 and 40 columns: no line is wider, whole words in headings, nothing but ASCII where a terminal shows no more,
and progress that stays on one line.

usage: terminal_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program; a missing program is a visible skip
"""
import fcntl
import os
import pathlib
import pty
import re
import struct
import sys
import tempfile
import termios

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
VERBS = ("run", "compare", "whatif", "solve", "sweep", "sensitivity", "optimize", "diff", "live", "report", "init", "validate", "show",
         "list", "theory", "milestones", "frontier", "roadmap", "fit", "schema", "completion", "man")
ASKED = ["run hare-and-turtle", "run two-sites", "run hare-and-turtle --by year", "run race-under-uncertainty",
         "compare race-under-uncertainty --replications 20", "whatif capacity-what-if",
         "solve hare-and-turtle --for strategies.turtle.budget --until relative_loss<=0.54",
         "sweep winner-map --vary horizon.length=1yr..5yr/3", "sensitivity energy-constrained --points 2",
         "sweep winner-map --vary horizon.length=1yr..5yr/3 --vary hardware.price_performance_doubling=2yr,3yr",
         "solve race-under-uncertainty --for strategies.turtle.budget --until relative_loss<=0.75 --probability 0.8 --replications 40",
         "optimize capacity-what-if --strategy turtle", "optimize race-under-uncertainty --strategy hare --replications 6 --batches 2",
         "run ACTUALS --by quarter --from 2026-10-01", "compare plan-of-record --by year --replications 8",
         "diff hare-and-turtle two-sites", "validate hare-and-turtle", "theory", "theory --table", "milestones", "frontier", "list",
         "list accelerators", "list purchase", "list paths hare-and-turtle", "list loss relative", "help", *(f"help {verb}" for verb in VERBS)]
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
problems = []


def check(holds, what):
    if not holds:
        problems.append(what)


def on_terminal(arguments, columns, **environment):
    """What the program writes to a terminal of so many columns, on both of its streams."""
    # The child waits until its terminal has a size.
    ready, go = os.pipe()
    child, terminal = pty.fork()
    if child == 0:
        os.close(go)
        os.read(ready, 1)
        keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        os.execve(PROGRAM, [PROGRAM, *arguments], {**keep, "TERM": "xterm", "LC_ALL": "C.UTF-8", **environment})
    os.close(ready)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.write(go, b"x")
    os.close(go)
    written = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the program has ended
            break
        if not piece:
            break
        written += piece
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return written.decode("utf-8"), os.waitstatus_to_exitcode(status)


FILES = {}  # what stands for MANY and ACTUALS


def words_of(asked):
    return [each.replace("yr", " yr") if "=" in each else FILES.get(each, each) for each in asked.split(" ")]


def check_widths():
    for asked in ASKED:
        for columns in (60, 40):
            is_race = asked.split(" ")[0] in ("run", "compare", "whatif", "solve", "sweep", "sensitivity", "optimize")
            text, code = on_terminal(words_of(asked) + (["--quiet"] if is_race else []), columns)
            check(code == 0, f"{asked} at {columns} columns ends with {code}: {text[:200]}")
            wide = [line for line in ESCAPES.sub("", text).replace("\r\n", "\n").split("\n") if len(line) > columns and " " in line.strip()]
            check(not wide, f"{asked} at {columns} columns has {len(wide)} lines that are wider, such as {wide[:1]}")
            broken = re.findall(r"(?m)\b\w+-(?= *(?:$|  ))", "\n".join(ESCAPES.sub("", text).split("\n")[:12])) if asked.startswith("run") else []
            check(not broken, f"{asked} breaks words in headings: {broken}")


def check_ascii():
    for environment in ({"LC_ALL": "C"}, {"TERM": "dumb"}):
        for asked in ASKED:
            text, _ = on_terminal(words_of(asked), 100, **environment)
            strange = sorted({each for each in text if ord(each) > 126 or (ord(each) < 32 and each not in "\r\n\x1b")})
            check(not strange, f"{asked} under {environment} has {strange}")
            check("TERM" not in environment or "\x1b" not in text, f"{asked} has escapes on a dumb terminal")
    text, _ = on_terminal(["run", "hare-and-turtle"], 100)
    check("\u2588" in text, "a terminal that shows everything gets no bars")


def check_progress():
    for asked in ("compare race-under-uncertainty --replications 300",
                  "solve race-under-uncertainty --for strategies.turtle.budget --until relative_loss<=0.75 --replications 40",
                  "optimize race-under-uncertainty --strategy hare --replications 6 --batches 2"):
        for columns in (100, 30):
            text, _ = on_terminal(asked.split(" ") + ["--progress", "always"], columns)
            lines = [each for each in re.split("\r\x1b\\[K", text)[1:-1] if each]
            check(lines, f"{asked} at {columns} columns shows no progress")
            check(all(len(each) < columns and "\n" not in each for each in lines), f"{asked} at {columns} columns: progress of {lines[:1]}")


def check_many():
    """Of many strategies a table has ten, and says how many more there are."""
    for asked in ("run MANY", "compare MANY --replications 8", "whatif MANY --set operations.mfu=0.3 --replications 8"):
        text, code = on_terminal(words_of(asked) + ["--quiet"], 60)
        lines = ESCAPES.sub("", text).replace("\r\n", "\n").split("\n")
        check(code == 0 and "490 more" in text and len(lines) < 600, f"{asked} has {len(lines)} lines: {text[:200]}")
        check(max(map(len, lines)) <= 60, f"{asked} has lines of {max(map(len, lines))} characters")


def many_strategies(count):
    head = ("fleetrace: 1\nname: many\nhorizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: catalog, accelerators: [H100, B200]}\n"
            "operations: {mfu: 0.4}\nprogress: {model: exponential, doubling: {uniform: {low: 6 months, high: 12 months}}}\n"
            "initial_fleet: [{accelerator: H100, count: 64, installed: 2025-01-01}]\nstrategies:\n")
    return head + "".join(f"  buyer-{i}: {{buy: incremental, budget: {100 + i}e6 USD, every: 1 yr}}\n" for i in range(count))


def main():
    if not os.access(PROGRAM, os.X_OK):
        print("SKIPPED: there is no program")
        return 77
    root = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        FILES["ACTUALS"] = str(root / "docs/examples/actuals.yaml")
        FILES["MANY"] = str(pathlib.Path(folder) / "many.yaml")
        pathlib.Path(FILES["MANY"]).write_text(many_strategies(500), encoding="utf-8")
        check_widths()
        check_ascii()
        check_many()
    check_progress()
    print("\n".join(problems) or f"terminal_test: {len(ASKED)} commands at two widths")
    return 1 if problems else 0


sys.exit(main())
