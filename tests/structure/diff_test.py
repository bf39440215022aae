#!/usr/bin/env python3
"""fleetrace diff on scenarios and result folders: what it says, what it refuses, and that its parts add up.

usage: diff_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program
"""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from sealed import seal

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")


def check(holds, what):
    if not holds:
        sys.exit(f"diff_test: {what}")


def run(*arguments, text=None):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, input=text)


def good(*arguments, text=None):
    done = run(*arguments, text=text)
    check(done.returncode == 0, f"{arguments} exits with {done.returncode}: {done.stderr}")
    return done.stdout


def adds_up(document, what):
    """Every difference is the sum of what the changes bring and the interaction, from either end."""
    for outcome in document["outcomes"]:
        if outcome["difference"] is None:
            continue
        scale = max(abs(outcome["a"]), abs(outcome["b"]))
        for end in ("from_a", "from_b"):
            total = sum(effect[end] or 0 for effect in outcome["effects"]) + outcome["interaction"][end]
            check(abs(total - outcome["difference"]) <= 1e-9 * scale, f"{what}: {outcome['strategy']} {outcome['metric']} {end}")


OCTOBER = ("--set", "strategies.turtle.budget=3e9 USD", "--set", "operations.mfu=0.4")


def of_folders(there):
    september, october = there / "september", there / "october"
    good("run", "hare-and-turtle", "--output", september, "--quiet")
    good("run", "hare-and-turtle", *OCTOBER, "--output", october, "--quiet")
    same = good("diff", september, september)
    check("They are the same: no input and no outcome differs." in " ".join(same.split()), f"a folder and itself: {same}")
    check(good("diff", september, "hare-and-turtle", "--format", "csv").count("\n") == 1, "a folder and its scenario")
    document = json.loads(good("diff", september, october, "--format", "json"))
    check([each["path"] for each in document["inputs"]] == ["operations.mfu", "strategies.turtle.budget"], "inputs")
    adds_up(document, "folders")
    # Outcomes are those of results.json; B, whose C0 is larger by its MFU, is measured against the C0 of A as in a run that states it.
    of_a, of_b = (json.loads((folder / "results.json").read_text()) for folder in (september, october))
    reference, own = (each["strategies"][0]["final"]["reference_compute_flop"] for each in (of_a, of_b))
    check(abs(own / reference - 0.4 / 0.38) < 1e-9, f"C0 of A is {reference}, of B {own}")
    measured = json.loads(good("run", "hare-and-turtle", *OCTOBER, "--set", f"loss.reference={reference} FLOP", "--format", "json"))
    for side, results in (("a", of_a), ("b", measured)):
        for outcome in document["outcomes"]:
            final = next(each["final"] for each in results["strategies"] if each["name"] == outcome["strategy"])
            if outcome["metric"] in final:
                check(abs(outcome[side] - final[outcome["metric"]]) <= 1e-11 * abs(outcome[side]), f"{side}: {outcome}")
    # The formats say the same.
    rows = list(csv.DictReader(io.StringIO(good("diff", september, october, "--format", "csv"))))
    lines = [json.loads(line) for line in good("diff", september, october, "--format", "jsonl").splitlines()]
    check(len(rows) == len(lines) and [row["part"] for row in rows] == [line["part"] for line in lines], "csv and jsonl")
    differences = {(row["strategy"], row["metric"]): float(row["from_a"]) for row in rows if row["part"] == "outcome"}
    for outcome in document["outcomes"]:
        check(differences[outcome["strategy"], outcome["metric"]] == outcome["difference"], f"csv and json: {outcome}")
    text = good("diff", september, october)
    for words in ("What changed in the inputs", "What changed in the outcomes", "What each change brought",
                  "together (interaction)", "2e9 USD", "3e9 USD"):
        check(words in text, f"the table lacks {words}")
    check("## What each change brought" in good("diff", september, october, "--format", "markdown"), "markdown")


def of_studies(there):
    study = there / "study"
    good("compare", "race-under-uncertainty", "--replications", "5", "--output", study, "--quiet")
    done = run("diff", study, "race-under-uncertainty")
    check(done.returncode == 0 and "They are the same" in done.stdout, f"a study and its scenario: {done}")
    check('holds the study "compare"' in done.stderr and "at their medians" in done.stderr, f"a study: {done.stderr}")


def of_all_scenarios():
    """Neighbours in the list: whatever differs is raced or said not to be valid alone, and adds up."""
    names = [each["name"] for each in json.loads(good("list", "scenarios", "--format", "json"))["entries"]]
    for a, b in list(zip(names, names[1:]))[::6]:
        adds_up(json.loads(good("diff", a, b, "--format", "json", "--quiet")), f"{a} and {b}")


def refused(there):
    september = there / "september"
    for arguments, code, words in (
        ((), 2, "A and B are needed"),
        (("gpt3",), 2, "A and B are needed"),
        (("gpt3", "gpt3", "gpt3"), 2, "is one too many"),
        (("-", "-"), 2, "read only once"),
        (("gpt3", "no-such-scenario"), 3, "no-such-scenario"),
        (("gpt3", "gpt3", "--seed", "-1"), 2, "--seed"),
        (("gpt3", "gpt3", "--jobs", "many"), 2, "--jobs"),
        ((september, there), 3, "manifest.json is missing"),
    ):
        done = run("diff", *arguments)
        check(done.returncode == code and words in done.stderr, f"diff {arguments}: {done}")
    results = september / "results.json"
    whole = results.read_text()
    results.write_text(whole.replace('"relative_loss": 0.', '"relative_loss": 0.9', 1))
    done = run("diff", september, "hare-and-turtle")
    check(done.returncode == 3 and "its digest is not the one" in done.stderr, f"a changed digit: {done}")
    seal(september)
    done = run("diff", september, "hare-and-turtle")
    check(done.returncode == 3 and "does not hold what this scenario comes to" in done.stderr, f"changed results: {done}")
    # Of another version the numbers may differ, and what differs is said.
    results.write_text(results.read_text().replace('"fleetrace": "', '"fleetrace": "0.0.9-', 1))
    seal(september)
    done = run("diff", september, "hare-and-turtle")
    check(done.returncode == 0 and "was written by fleetrace 0.0.9-" in done.stderr and " was 0.9" in done.stderr,
          f"another version: {done}")
    results.write_text(whole)
    seal(september)
    manifest = september / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace('"status": "finished"', '"status": "running"'))
    done = run("diff", september, "hare-and-turtle")
    check(done.returncode == 3 and "is not finished" in done.stderr, f"an unfinished folder: {done}")
    manifest.write_text(text.replace('"resolved_scenario"', '"scenario_resolved"'))
    seal(september)
    done = run("diff", september, "hare-and-turtle")
    check(done.returncode == 3 and "lacks what a difference needs" in done.stderr, f"a damaged manifest: {done}")
    manifest.write_text(text)


def of_standard_input():
    scenario = good("show", "gpt3")
    check("They are the same" in good("diff", "-", "gpt3", text=scenario), "standard input")


def main():
    if not PROGRAM:
        print("diff_test: skipped, the program is not built")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        there = pathlib.Path(temporary)
        of_folders(there)
        of_studies(there)
        refused(there)
    of_all_scenarios()
    of_standard_input()
    print("diff_test: passed")
    return 0


sys.exit(main())
