#!/usr/bin/env python3
"""A study folder survives everything: kills at random instants, damage, full disks, two processes, other studies.

usage: study_folder_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

FLEETRACE_KILLS sets how many processes are killed (40). Sanitised programs are slow: their folder is the same.
"""
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from sealed import seal

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
RESULTS = ("results.csv", "results.json", "results.xlsx", "results.sqlite")
STUDY = ["compare", "race-under-uncertainty", "--replications", "300", "--quiet"]


def run(folder, *more, **options):
    arguments = [PROGRAM, *STUDY, "--output", str(folder), *more]
    return subprocess.run(arguments, capture_output=True, timeout=300, **options)


def results(folder):
    return {name: (folder / name).read_bytes() for name in RESULTS}


def check(holds, what):
    if not holds:
        sys.exit(f"study_folder_test: {what}")


def killed_anywhere(there, want):
    """Killed at random instants, the same command ends with the same bytes and never has less than before."""
    rng = random.Random(1)
    kills, rounds = int(os.environ.get("FLEETRACE_KILLS", "40")), 0
    began = time.monotonic()
    run(there / "timed")
    whole = time.monotonic() - began
    while kills > 0:
        folder = there / f"killed-{rounds}"
        rounds += 1
        kept = 0
        while True:
            process = subprocess.Popen([PROGRAM, *STUDY, "--output", str(folder)], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE)
            try:
                process.wait(timeout=rng.uniform(0, whole) if kills > 0 else None)
            except subprocess.TimeoutExpired:
                process.send_signal(rng.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)))
                kills -= 1
            said = process.communicate()[1]
            if process.returncode == 0:
                break
            check(process.returncode in (-signal.SIGKILL, -signal.SIGTERM, 130), f"exit {process.returncode}: {said}")
            journal = folder / "replications.journal"
            size = journal.stat().st_size if journal.exists() else 0
            check(size >= kept, f"the journal shrank from {kept} to {size}")
            kept = size - 512  # the last record may have been cut off
        check(results(folder) == want, "a killed study ends with other bytes")


def damaged(there, want):
    """A flipped bit anywhere in the journal is noticed: it costs its record alone, and what it spoils is run again."""
    rng = random.Random(2)
    for lost in ("results.json", None) * 6:
        folder = there / "damaged"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(there / "whole", folder)
        if lost:
            (folder / lost).unlink()
        journal = bytearray((folder / "replications.journal").read_bytes())
        at = rng.randrange(len(journal))
        journal[at] ^= 1 << rng.randrange(8)
        (folder / "replications.journal").write_bytes(journal)
        done = run(folder)
        check(done.returncode == 0 and results(folder) == want, f"a flipped bit at {at}: {done}")
        kept = b"300 replications are kept" if at < 85 else b"299 replications are kept"
        check(b"in 1 place are damaged" in done.stderr and kept in done.stderr, f"a flipped bit at {at}: {done.stderr}")
        again = run(folder)
        check(again.returncode == 0 and not again.stderr, f"damage that was mended is told again: {again.stderr}")


def foreign(there, want):
    """Records of another seed are not believed, and a journal without its manifest is gone on with."""
    folder, other = there / "mixed", there / "other"
    run(other, "--seed", "2")
    shutil.copytree(there / "whole", folder)
    mine, theirs = ((each / "replications.journal").read_bytes() for each in (folder, other))
    half = len(mine) // 2
    (folder / "replications.journal").write_bytes(mine[:half] + theirs[half:])
    done = run(folder)
    check(done.returncode == 0 and results(folder) == want, f"foreign records: {done}")
    check(b"are damaged or of another study" in done.stderr, f"foreign records are not told: {done.stderr}")
    (folder / "manifest.json").unlink()
    check(run(folder).returncode == 0 and results(folder) == want, "a journal without a manifest is refused")
    (folder / "replications.journal").unlink()
    check(run(folder).returncode == 0 and results(folder) == want, "a finished study without its journal is refused")
    check((folder / "replications.journal").exists(), "the journal of a finished study is not made anew")
    (folder / "manifest.json").unlink()
    done = run(folder, "--seed", "3")
    check(done.returncode == 1 and b"holds files, but no run" in done.stderr, f"a journal of another seed: {done}")


def identified(there):
    """Another build, a manifest that was changed and a folder of an earlier layout are refused, each with what to do."""
    whole = there / "whole" / "manifest.json"
    text = whole.read_text()
    document = json.loads(text)
    for change, said in (
        ({"git_hash": "0123456789ab"}, "of another build: fleetrace"),
        ({"random_scheme": 0}, "of another build: fleetrace"),
        ({"folder_format": 1}, "was left by an earlier fleetrace"),
        ({"folder_format": 3}, "was left by a later fleetrace"),
    ):
        whole.write_text(json.dumps({**document, **change}))
        seal(there / "whole")
        done = run(there / "whole")
        check(done.returncode == 1 and said in done.stderr.decode() and b"Nothing was changed" in done.stderr,
              f"{change}: {done}")
    whole.write_text(text.replace('"seed": 1', '"seed": 3'))
    done = run(there / "whole")
    check(done.returncode == 1 and b"remove manifest.json, and the same command goes on" in done.stderr, f"changed: {done}")
    whole.write_text(text)
    check(run(there / "whole").returncode == 0, "the whole study is none any more")


def finished(there, want):
    """A file of a finished study that was changed is made again, the changed one put aside; a whole one needs no writing."""
    folder = there / "finished"
    shutil.copytree(there / "whole", folder)
    content = bytearray((folder / "results.csv").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "results.csv").write_bytes(content)
    done = run(folder)
    check(done.returncode == 0 and results(folder) == want, f"a changed file: {done}")
    check(b"results.csv: is not the file that was written" in done.stderr, f"a changed file is not told: {done.stderr}")
    check((folder / "results.csv.changed").read_bytes() == content, "a changed file is not kept")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    check(run(folder).returncode == 0, "a finished study fails")
    subprocess.run([PROGRAM, "report", str(folder)], check=True, capture_output=True)
    check(before == {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}, "a finished study is written to")
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.getuid() != 0:
        check(run(folder).returncode == 0, "a finished study on a disk that is read only")
    folder.chmod(0o755)


def removed_by_nobody(there):
    """Who comes second to a new folder leaves it to the one who is at work there."""
    for i in range(3):
        folder = there / f"new-{i}"
        several = [subprocess.Popen([PROGRAM, "run", "gpt3", "--quiet", "--output", str(folder)], stdout=subprocess.DEVNULL,
                                    stderr=subprocess.PIPE) for _ in range(8)]
        said = [process.communicate()[1] for process in several]
        codes = [process.returncode for process in several]
        check(0 in codes and set(codes) <= {0, 5}, f"a new folder for several: {codes} {said}")
        check((folder / "manifest.json").exists(), "the folder of the first is gone")


def full_disk(there, want):
    """A limit on the size of files stands for a full disk: a clear error, nothing lost, and the same bytes in the end."""
    folder = there / "full"

    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = run(folder, preexec_fn=limited)
    check(done.returncode == 1 and b"cannot be written" in done.stderr, f"a full disk: {done}")
    check(not list(folder.glob("*.tmp")) and not list(folder.glob(".*.tmp")), "a full disk leaves a temporary file")
    check((folder / "replications.journal").stat().st_size >= 10_000, "a full disk loses what was finished")
    check(run(folder).returncode == 0 and results(folder) == want, "after a full disk the bytes differ")


def two_at_once(there, want):
    """Of several processes on one folder one works and the others leave it alone."""
    folder = there / "shared"
    several = [subprocess.Popen([PROGRAM, *STUDY, "--output", str(folder)], stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE) for _ in range(6)]
    said = [process.communicate()[1] for process in several]
    codes = [process.returncode for process in several]
    # Who comes when the first is through finds a finished study.
    check(0 in codes and set(codes) <= {0, 1, 5}, f"several at once: {codes} {said}")
    for code, text in zip(codes, said):
        check(code != 1 or b"holds files, but no run" in text, f"several at once: {text}")
    check(run(folder).returncode == 0 and results(folder) == want, "several at once: other bytes")


def refused(there):
    """Another study, a file and a foreign folder are left alone."""
    before = {path.name: path.read_bytes() for path in (there / "whole").iterdir()}
    for more in (("--seed", "2"), ("--set", "loss.kappa=0.05"), ("--target", "0.8")):
        done = run(there / "whole", *more)
        check(done.returncode == 1 and b"Nothing was changed" in done.stderr, f"{more}: {done}")
    check(before == {path.name: path.read_bytes() for path in (there / "whole").iterdir()}, "a refused study changed files")
    (there / "file").write_text("mine")
    check(run(there / "file").returncode == 1 and (there / "file").read_text() == "mine", "a file was taken for a folder")
    (there / "foreign").mkdir()
    (there / "foreign" / "mine").write_text("mine")
    check(run(there / "foreign").returncode == 1 and os.listdir(there / "foreign") == ["mine"], "a foreign folder was used")


def more_and_other_questions(there):
    """More replications are added; another objective asks the same replications again."""
    folder = there / "grown"
    check(run(folder, "--replications=200").returncode != 0, "an option given twice is accepted")
    short = [PROGRAM, "compare", "race-under-uncertainty", "--quiet", "--output", str(folder)]
    subprocess.run([*short, "--replications", "100"], check=True, capture_output=True)
    size = (folder / "replications.journal").stat().st_size
    subprocess.run([*short, "--replications", "300"], check=True, capture_output=True)
    check(results(folder) == results(there / "whole"), "a grown study has other bytes")
    grown = (folder / "replications.journal").read_bytes()
    check(len(grown) > size, "nothing was added to the journal")
    subprocess.run([*short, "--replications", "300", "--objective", "mean_loss"], check=True, capture_output=True)
    check((folder / "replications.journal").read_bytes() == grown, "another objective ran replications again")


def main():
    if not PROGRAM:
        print("study_folder_test: skipped, the program is not built")
        return
    with tempfile.TemporaryDirectory() as temporary:
        there = pathlib.Path(temporary)
        check(run(there / "whole").returncode == 0, "a study fails")
        want = results(there / "whole")
        killed_anywhere(there, want)
        damaged(there, want)
        foreign(there, want)
        identified(there)
        finished(there, want)
        removed_by_nobody(there)
        full_disk(there, want)
        two_at_once(there, want)
        refused(there)
        more_and_other_questions(there)
    print("study_folder_test: passed")


main()
