#!/usr/bin/env python3
"""Runs every example that `fleetrace help VERB` shows; each verb has some.

usage: examples_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

They run in a folder with a scenario my.yaml, the default race with one uncertain input, with the folder scenarios, and with data for fits.
Studies are cut down to few replications.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
FEW = {"compare": "--replications 20", "sweep": "--replications 2", "sensitivity": "--points 2",
       "whatif": "--replications 2", "solve": "--replications 2", "fit": "--resamples 20"}
DATA = {"prices.csv": "docs/examples", "lives.csv": "docs/examples", "table.csv": "tests/oracle/data/titan_life_table.csv",
        "runs.csv": "tests/oracle/data/chinchilla_runs.csv"}
UNCERTAIN = ["--set", "loss.kappa={uniform: {low: 0.04, high: 0.06}}"]


def program(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=True).stdout


def examples(verb):
    text = program("help", verb).partition("\nexamples:\n")[2].replace("\\\n", "")
    return [line.strip() for line in text.splitlines() if line.strip()]


def shortened(verb, command):
    if verb not in FEW:
        return command
    option = FEW[verb].split()[0]
    return re.sub(rf" {option} \d+", "", command).replace(f"fleetrace {verb}", f"fleetrace {verb} {FEW[verb]}")


def main():
    if not PROGRAM or not os.path.exists(PROGRAM):
        print("SKIPPED: no program")
        return 0
    environment = dict(os.environ, PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"], NO_COLOR="1")
    problems, count = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "my.yaml").write_text(program("show", "hare-and-turtle", *UNCERTAIN))
        (folder / "scenarios").symlink_to(pathlib.Path(sys.argv[1]).resolve() / "scenarios")
        for file, place in DATA.items():
            source = pathlib.Path(sys.argv[1]).resolve() / place
            (folder / file).symlink_to(source / file if source.is_dir() else source)
        for verb in re.findall(r"^  (\w+) ", program("help"), re.M):
            found = examples(verb)
            if not found:
                problems.append(f"help {verb} has no example")
            for command in found:
                if command.startswith("sbatch "):
                    continue  # An engine that need not be there; slurm_test.py hands in such an array.
                count += 1
                result = subprocess.run(["bash", "-c", shortened(verb, command)], cwd=folder, env=environment, capture_output=True, text=True)
                if "without the live page" in result.stderr:
                    print(f"SKIPPED: help {verb}: `{command}`: this program has no live page")
                elif result.returncode:
                    problems.append(f"help {verb}: `{command}` exits with {result.returncode}:\n{result.stderr}")
    print("\n".join(problems))
    print(f"{count} examples, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
