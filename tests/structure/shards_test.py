#!/usr/bin/env python3
"""A study that is computed in parts and merged is that of one machine to the byte, and what does not belong together is refused.

usage: shards_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

GNU parallel and Snakemake compute the parts, too, where they are installed; else that is said.
"""
import filecmp
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
NUMBERS = ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "JOB_COMPLETION_INDEX",
           "PARALLEL_SEQ")
COMPARE = ["compare", "race-under-uncertainty", "--replications", "60", "--jobs", "1"]
SWEEP = ["sweep", "hare-and-turtle", "--vary", "horizon.length=7 yr,8 yr,10 yr", "--vary", "operations.mfu=0.3,0.4", "--jobs", "1"]
SENSITIVITY = ["sensitivity", "race-under-uncertainty", "--points", "2", "--jobs", "1"]


def check(holds, what):
    if not holds:
        sys.exit(f"shards_test: {what}")


def run(words, cwd, numbers=None):
    environment = {name: value for name, value in os.environ.items() if name not in NUMBERS}
    return subprocess.run([PROGRAM, *words], cwd=cwd, env=dict(environment, **(numbers or {})), capture_output=True, text=True, timeout=300)


def part(study, which, folder, cwd, **more):
    return run([*study, "--shard", which, "--output", folder], cwd, **more)


def refused(done, code, *said):
    check(done.returncode == code, f"exit {done.returncode} instead of {code}: {done.stdout}{done.stderr}")
    for each in said:
        check(each in done.stderr, f"\"{each}\" is not in: {done.stderr}")
    check("bug" not in done.stderr, done.stderr)


def same(one, other):
    found = filecmp.dircmp(one, other)
    _, changed, odd = filecmp.cmpfiles(one, other, found.common_files, shallow=False)
    differing = found.left_only + found.right_only + changed + odd
    check(not differing and found.common_files, f"{one} and {other} differ in {differing}")


def merged_is_whole(study, there):
    """The folder and what is printed are those of a study that was never divided."""
    alone, apart = there / f"{study[0]}-alone", there / f"{study[0]}-apart"
    for each in (alone, apart):
        each.mkdir()
    whole = run([*study, "--output", "study"], alone)
    check(whole.returncode == 0, whole.stderr)
    for i in (3, 1, 2):
        done = part(study, f"{i}/3", f"part-{i}", apart)
        check(done.returncode == 0 and done.stdout == "", done.stdout + done.stderr)
        check("nothing to do" in part(study, f"{i}/3", f"part-{i}", apart).stderr, "a finished part was begun again")
    merged = run(["merge", "part-2", "part-3", "part-1", "--output", "study"], apart)
    check(merged.returncode == 0 and merged.stdout == whole.stdout, merged.stdout + merged.stderr)
    same(alone / "study", apart / "study")
    again = run(["merge", "part-1", "part-2", "part-3", "--output", "study"], apart)
    check(again.returncode == 0, again.stderr)
    same(alone / "study", apart / "study")


def killed_part_goes_on(there):
    """A part that is killed has what it kept, and the merge is the same."""
    study = ["compare", "race-under-uncertainty", "--replications", "20000", "--jobs", "1"]
    words = [PROGRAM, *study, "--shard", "2/2", "--output", "killed"]
    journal = there / "killed" / "replications.journal"
    process = subprocess.Popen(words, cwd=there, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not (journal.exists() and journal.stat().st_size > 20_000):
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    check(process.wait() == -signal.SIGKILL, "the part was done before it could be killed")
    missing = run(["missing", "killed"], there)
    check(missing.stdout == "1-2\n", missing.stdout + missing.stderr)
    kept = journal.stat().st_size
    shutil.copy(journal, there / "kept")
    done = subprocess.run(words, cwd=there, capture_output=True, text=True)
    check(done.returncode == 0 and "going on" in done.stderr, done.stderr)
    check(journal.read_bytes()[:kept - 2000] == (there / "kept").read_bytes()[:kept - 2000], "what was kept was computed again")


def strangers_are_refused(there):
    """merge says what does not belong together, and missing what is to be run again."""
    for i in (1, 2, 4):
        part(COMPARE, f"{i}/4", f"p{i}", there)
    part(COMPARE, "1/4", "twice", there)
    part([*COMPARE, "--seed", "2"], "3/4", "seed", there)
    part([*COMPARE[:3], "61", *COMPARE[4:]], "3/4", "size", there)
    part([*COMPARE, "--set", "loss.kappa=0.05"], "3/4", "set", there)
    part(COMPARE, "3/5", "fifth", there)
    run([*COMPARE, "--output", "whole"], there)
    parts = ["p1", "p2", "p4"]
    refused(run(["merge", *parts, "--output", "m"], there), 3, "part 3 of 4 is missing")
    check(run(["missing", *parts], there).stdout == "3\n", "missing does not print 3")
    check(run(["missing", "p2"], there).stdout == "1,3-4\n", "missing does not print 1,3-4")
    for folder, said in (("twice", "holds part 1, and so does p1"), ("seed", "another seed"), ("size", "other settings"),
                         ("set", "another scenario, or --set"), ("fifth", "one of 5 parts"), ("whole", "holds no part"),
                         ("nowhere", "no such folder")):
        refused(run(["merge", *parts, folder, "--output", "m"], there), 3, said)
    part(COMPARE, "3/4", "p3", there)
    check(run(["missing", "p1", "p2", "p3", "p4"], there).stdout == "", "parts are missing that are there")
    journal = there / "p3" / "replications.journal"
    intact = journal.read_bytes()
    journal.write_bytes(intact[:200] + bytes([intact[200] ^ 1]) + intact[201:])
    refused(run(["merge", *parts, "p3", "--output", "m"], there), 3, "p3: lacks 1 of its items")
    damaged_journals_are_seen(journal, intact, parts, there)
    check(run(["merge", *parts, "p3", "--output", "m"], there).returncode == 0, "a mended part cannot be merged")
    scenario = there / "own.yaml"
    scenario.write_text(run(["show", "race-under-uncertainty"], there).stdout)
    own = ["compare", "own.yaml", "--replications", "4"]
    part(own, "1/1", "own", there)
    scenario.write_text(scenario.read_text() + "# changed\n")
    refused(run(["merge", "own", "--output", "m2"], there), 3, "another scenario, or --set")
    check(not (there / "m2").exists(), "a refused merge left a folder")


def damaged_journals_are_seen(journal, intact, parts, there):
    """A finished part whose journal is not what it was is to be run again, which mends it."""
    header = intact.index(b"\n", 20) + 1
    mark = intact[header:header + 8]
    first = intact[header:intact.index(mark, header + 8)]
    damages = {"a changed record": intact[:200] + bytes([intact[200] ^ 1]) + intact[201:], "a changed header": b"x" + intact[1:],
               "a journal that was cut off": intact[:-5], "a record that is missing": intact.replace(first, b""),
               "a record that is there twice": intact + first, "another byte behind it": intact + b"x",
               "an empty journal": b"", "no journal": None}
    for what, bytes_ in damages.items():
        if bytes_ is None:
            journal.unlink()
        else:
            journal.write_bytes(bytes_)
        found = run(["missing", *parts, journal.parent.name], there)
        check(found.stdout == "3\n" and "replications.journal: is damaged" in found.stderr, f"{what}: {found.stdout}{found.stderr}")
        done = part(COMPARE, "3/4", journal.parent.name, there)
        check(done.returncode == 0, f"{what} cannot be mended: {done.stderr}")
        check(run(["missing", *parts, journal.parent.name], there).stdout == "", f"{what} is mended and is missing all the same")
        check(sorted(journal.read_bytes().split(mark)) == sorted(intact.split(mark)), f"{what} is mended to another journal")


def options_are_read(there):
    """--shard takes what numbers a task, and refuses what does not say which part it is."""
    array = {"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "7", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "7"}
    for which, numbers, name in (("auto", array, "3/7"), ("auto/9", array, "3/9"), ("auto/9", {"JOB_COMPLETION_INDEX": "0"}, "1/9"),
                                 ("auto/9", {"PARALLEL_SEQ": "9"}, "9/9"), ("2/2", array, "2/2")):
        done = part(COMPARE, which, f"auto-{name.replace('/', '-of-')}", there, numbers=numbers)
        check(done.returncode == 0 and f"part {name} is finished" in done.stderr, done.stderr)
    few = dict(array, SLURM_ARRAY_TASK_COUNT="2")
    for which, numbers, said in (("auto", {}, "nothing numbers this task"), ("auto", few, "does not say of how many"),
                                 ("auto", {"JOB_COMPLETION_INDEX": "0"}, "nothing says of how many"),
                                 ("auto/2", {"PARALLEL_SEQ": "3"}, "none of 1 to 2"), ("auto/2", {"PARALLEL_SEQ": "x"}, "no number"),
                                 ("auto/2", dict(array, PARALLEL_SEQ="1"), "both number this task"), ("0/4", {}, "no part"),
                                 ("5/4", {}, "no part"), ("1/", {}, "no part"), ("/4", {}, "no part"), ("1/200000", {}, "no part")):
        refused(part(COMPARE, which, "none", there, numbers=numbers), 2, said)
    refused(run([*COMPARE, "--shard", "1/2"], there), 2, "Add --output DIR")
    for more, said in ((["--half-width", "0.01"], "decides by all replications"), (["--select", "0.01"], "decides by all replications"),
                       (["--fail-if", "hare.npv_usd < 0"], "about the whole study"), (["--by", "year"], "plan of every race")):
        refused(part([*COMPARE, *more], "1/2", "none", there), 2, said)
    refused(part(["compare", "-"], "1/2", "none", there), 2, "standard input")
    check(not (there / "none").exists(), "a refused part left a folder")
    refused(run(["merge", "p1"], there), 2, "--output")
    refused(run(["missing"], there), 2, "DIR")


def texts_are_sound(there):
    """What cluster prints is read by the tools that it is for, as far as they are here."""
    script = run(["cluster", "slurm", "race-under-uncertainty", "--", "--set", "name=it's"], there)
    check(subprocess.run(["bash", "-n"], input=script.stdout, text=True).returncode == 0, "bash does not read the script for Slurm")
    check("'name=it'\\''s'" in script.stdout, "a word is not quoted for the shell")
    jobs = run(["cluster", "kubernetes", "winner-map", "--study", "sweep", "--shards", "5", "--", "--vary", "horizon.length=2 yr,3 yr"], there)
    try:
        import yaml
    except ImportError:
        print("SKIPPED: no PyYAML reads the Jobs for Kubernetes")
    else:
        parts, merge = yaml.safe_load_all(jobs.stdout)
        check(parts["spec"]["completions"] == 5 and parts["spec"]["completionMode"] == "Indexed" and merge["spec"]["suspend"], jobs.stdout)
        command = parts["spec"]["template"]["spec"]["containers"][0]["args"][0]
        check("'horizon.length=2 yr,3 yr'" in command and "--shard auto/5" in command, command)
    for words, said in ((["slurn", "winner-map"], "Did you mean"), (["slurm"], "an engine and a SCENARIO"),
                        (["slurm", "winner-map", "--", "--output", "x"], "set by cluster"),
                        (["slurm", "winner-map", "--", "--replication", "4"], "there is no option"),
                        (["slurm", "winner-map", "--shards", "0"], "no number from 1"),
                        (["slurm", "winner-map", "--", "--select", "1"], "decides by all replications"),
                        (["snakemake", "winner-map", "--output", "a{b}"], "without {}"), (["slurm", "-"], "standard input")):
        refused(run(["cluster", *words], there), 2, said)


def engines_agree(there):
    """GNU parallel and Snakemake make the same study of parts."""
    alone = there / "engine-alone"
    alone.mkdir()
    run([*COMPARE, "--output", "study"], alone)
    environment = dict(os.environ, PATH=os.pathsep.join((str(pathlib.Path(PROGRAM).parent), os.environ["PATH"])), HOME=str(there))
    environment = {name: value for name, value in environment.items() if name not in NUMBERS}
    cluster = ["cluster", "snakemake", COMPARE[1], "--shards", "4", "--", *COMPARE[2:4]]
    engines = {
        "parallel": "mkdir parts && parallel --will-cite --jobs 2 fleetrace " + " ".join(COMPARE) +
                    " --shard auto/4 --output parts/{} ::: 1 2 3 4 && fleetrace merge parts/*/ --output study",
        "snakemake": "fleetrace " + " ".join(cluster) + " > study.smk && snakemake --snakefile study.smk --cores 2 --quiet",
    }
    for name, command in engines.items():
        if not shutil.which(name):
            print(f"SKIPPED: {name} is not here")
            continue
        folder = there / name
        folder.mkdir()
        done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
        check(done.returncode == 0, f"{name}: {done.stdout}{done.stderr}")
        same(alone / "study", folder / "study")


def main():
    if not PROGRAM or not os.path.exists(PROGRAM):
        print("SKIPPED: the program is not built")
        return 77
    with tempfile.TemporaryDirectory(prefix="fleetrace-shards-") as folder:
        there = pathlib.Path(folder)
        for study in (COMPARE, SWEEP, SENSITIVITY):
            merged_is_whole(study, there)
        killed_part_goes_on(there)
        strangers_are_refused(there)
        options_are_read(there)
        texts_are_sound(there)
        engines_agree(there)
    print("parts make the study of one machine")
    return 0


if __name__ == "__main__":
    sys.exit(main())
