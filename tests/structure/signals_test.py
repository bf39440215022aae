#!/usr/bin/env python3
"""SIGINT and SIGTERM end every verb within two seconds with exit code 130, whatever it is doing, and what is finished is kept.

usage: signals_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
# Sanitised programs on a busy machine are slow to be told.
MOST = float(os.environ.get("FLEETRACE_SIGNAL_SECONDS", "2")) + 1
MANY = ["--replications", "100000"]
DEVICES = ["--set", "operations.failures.fidelity=device", "--set", "operations.failures.mtbf=600 h", "--set",
           "strategies.hare.budget=2e10 USD", "--set", "sites.main.power=5 GW"]
KEPT = ("run", "compare", "long", "sensitivity")  # folders
MUCH = 10_000  # bytes of a journal
problems = []


def commands(there):
    cases = "".join(f"  case-{i}: {{set: [sites.main.power={i + 1} MW]}}\n" for i in range(9_900))
    shown = subprocess.run([PROGRAM, "show", "hare-and-turtle"], capture_output=True, text=True, check=True).stdout
    (there / "cases.yaml").write_text(shown + "cases:\n" + cases)
    budgets = ",".join(f"{i}e6 USD" for i in range(1000, 3000))
    return {
        "run": ["run", "hare-and-turtle", *DEVICES],
        "run into a folder": ["run", "hare-and-turtle", *DEVICES, "--output", "run"],
        "compare": ["compare", "race-under-uncertainty", *MANY],
        "compare into a folder": ["compare", "race-under-uncertainty", *MANY, "--output", "compare"],
        "a long replication": ["compare", "hare-and-turtle", *DEVICES, "--output", "long"],
        "whatif": ["whatif", "race-under-uncertainty", *MANY, "--set", "sites.main.power=30 MW"],
        "sweep": ["sweep", "hare-and-turtle", "--vary", "strategies.hare.budget=" + budgets],
        "sensitivity": ["sensitivity", "race-under-uncertainty", "--points", "65536", "--output", "sensitivity"],
        "solve": ["solve", "race-under-uncertainty", "--for", "strategies.turtle.budget", "--until",
                  "relative_loss <= 0.7", "--probability", "0.9", *MANY],
        "optimize": ["optimize", "plan-of-record", "--strategy", "plan", "--replications", "500"],
        "validate": ["validate", "cases.yaml"],
    }


def both(there):
    """All at once, so that the test takes no longer than the slowest of them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        here = there / number.name
        here.mkdir()
        begun = {}
        for name, words in commands(here).items():
            begun[name] = subprocess.Popen([PROGRAM, *words], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(1.2)
        wait_until_kept(here)
        running = {name: process for name, process in begun.items() if process.poll() is None}
        for name in begun:
            if name not in running:
                problems.append(f"{name} ends before it is stopped: {begun[name].communicate()[1]}")
        began = time.monotonic()
        for process in running.values():
            process.send_signal(number)
        for name, process in running.items():
            try:
                process.wait(timeout=max(0.1, MOST - (time.monotonic() - began)))
            except subprocess.TimeoutExpired:
                process.kill()
                problems.append(f"{name} goes on {MOST} s after {number.name}")
                continue
            if process.returncode != 130:
                problems.append(f"{name}, {number.name}: exit {process.returncode}, {process.stderr.read()}")
            print(f"{number.name} ends {name} within {time.monotonic() - began:.2f} s")
        kept(here)


def wait_until_kept(here):
    """Eleven programs at once take their time to begin on a busy machine."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        journal = here / "compare" / "replications.journal"
        if all((here / folder / "manifest.json").exists() for folder in KEPT) and journal.exists() and journal.stat().st_size >= MUCH:
            return
        time.sleep(0.05)


def kept(here):
    """Folders hold whole files, and a study goes on from what was finished."""
    for path in here.rglob("*.tmp"):
        problems.append(f"{path} is left")
    for folder in KEPT:
        status = json.loads((here / folder / "manifest.json").read_text())["status"]
        if status not in ("running", "interrupted"):
            problems.append(f"{folder} is {status}")
    if (here / "compare" / "replications.journal").stat().st_size < MUCH:
        problems.append("finished replications are lost")


def ignored():
    """What whoever starts the program has it ignore stays ignored."""
    process = subprocess.Popen(["sh", "-c", 'trap "" INT; exec "$0" compare race-under-uncertainty --replications 2000', PROGRAM],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=120)
    if process.returncode != 0:
        problems.append(f"an ignored signal ends the program: {said[1]}")


def main():
    if not PROGRAM:
        print("signals_test: skipped, the program is not built")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        both(pathlib.Path(temporary))
    ignored()
    print("\n".join(problems) or "signals_test: passed")
    return 1 if problems else 0


sys.exit(main())
