"""Studies by the program itself, with several threads, a journal and a signal in the midst: a build with ThreadSanitizer finds no race.

usage: threads.py     with FLEETRACE_PROGRAM naming the program
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "trust"))
from verbs import OUT, SMALL, into  # noqa: E402

PROGRAM = os.environ["FLEETRACE_PROGRAM"]
STUDIES = (
    ("compare", SMALL, "--replications", "64"),
    ("compare", SMALL, "--half-width", "0.01"),
    ("sweep", SMALL, "--vary", "loss.kappa=0.04,0.05"),
    ("sensitivity", SMALL, "--points", "16"),
    ("whatif", SMALL),
)
THREADS = ("--jobs", "4")
INTERRUPTED = 130


def ask(arguments, place, stop_after=None):
    """The exit code of a study, which must be without a race."""
    program = subprocess.Popen([PROGRAM, *arguments], cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if stop_after is not None:
        time.sleep(stop_after)
        program.send_signal(signal.SIGINT)
    said = program.communicate()[1]
    if "ThreadSanitizer" in said or program.returncode not in (0, INTERRUPTED):
        sys.exit(f"{' '.join(arguments)}: exit {program.returncode}\n{said}")
    return program.returncode


def main():
    for words in STUDIES:
        with tempfile.TemporaryDirectory() as place:
            ask([*into(words), *THREADS], place)
            # What is in the journal is read back.
            (pathlib.Path(place) / OUT / "results.json").unlink()
            ask([*into(words), *THREADS], place)
    stopped = 0
    with tempfile.TemporaryDirectory() as place:
        many = into(("compare", SMALL, "--replications", "20000", *THREADS))
        for after in (0.5, 1, 2):
            stopped += ask(many, place, after) == INTERRUPTED
    if not stopped:
        sys.exit("no study was interrupted in its midst")
    print(f"{len(STUDIES)} studies twice with 4 threads, and one that was interrupted {stopped} times")


main()
