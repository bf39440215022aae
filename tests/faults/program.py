"""Runs the program for the tests of this folder, each of which holds inputs that once came out wrong.

The scenarios lie beside the tests. FLEETRACE_PROGRAM names the program; without it a test is skipped.
"""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def run(verb, scenario, *options, text=None, code=0):
    """What the verb prints about a scenario of this folder (or `text`, when the scenario is "-"): its output and its messages.

    Ends the test when the program exits with another code than `code`.
    """
    path = scenario if scenario == "-" else str(HERE / f"{scenario}.yaml")
    return call(verb, path, *options, text=text, code=code)


def call(*words, text=None, code=0):
    """What the program prints to these arguments: its output and its messages."""
    program = os.environ.get("FLEETRACE_PROGRAM", "")
    if not program:
        print("skipped: there is no program")
        sys.exit(SKIPPED)
    done = subprocess.run([program, *words], input=text, capture_output=True, text=True, timeout=250, check=False)
    if done.returncode != code:
        sys.exit(f"{' '.join(words)}: exit {done.returncode} instead of {code}\n{done.stdout}{done.stderr}")
    return done.stdout, done.stderr


def run_json(verb, scenario, *options, text=None):
    """The same as JSON, with the strategies of a run or a comparison by their names."""
    result = json.loads(run(verb, scenario, "--format", "json", *options, text=text)[0])
    return result, {strategy["name"]: strategy for strategy in result.get("strategies", [])}


def check(holds, what):
    if not holds:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {what}")


def close(value, expected, what, relative=1e-9):
    check(value is not None and abs(value - expected) <= relative * max(abs(expected), 1e-300),
          f"{what} is {value!r} and should be {expected!r}")
