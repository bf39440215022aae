#!/usr/bin/env python3
"""The engine of the live page gives the program's results to 1e-11: every shipped scenario and 300 random ones.

usage: live_numbers_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

They are run in node and, where there is one, in Chromium, which must have the same bits. Skipped where the program has no live page, or
where there is no node. Says by how much numbers differ at most.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import browser

SKIPPED = 77
RANDOM = 300
TOLERANCE = 1e-11
ROUNDING = 1e-14
MICRO_DOLLARS = 5e-6
PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
ORACLE = pathlib.Path(PROGRAM).parent / "tests" / "fleetrace_oracle_tests"
NODE = shutil.which("node") or shutil.which("nodejs")
largest = {"difference": 0.0, "where": "nowhere"}


def differences(ours, theirs, path):
    """What differs, by its path."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        for key in ours:
            yield from differences(ours[key], theirs[key], f"{path}.{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for i, (a, b) in enumerate(zip(ours, theirs)):
            yield from differences(a, b, f"{path}.{i}")
    elif isinstance(ours, (int, float)) and isinstance(theirs, (int, float)) and not isinstance(ours, bool):
        # Sums of logarithms that come to nothing leave rounding errors. Money is whole micro-dollars; what is left of a budget differs
        # by a few of them, however little is left.
        if abs(ours - theirs) < (MICRO_DOLLARS if path.endswith(("_usd", "_usd_years")) else ROUNDING):
            return
        # Results have twelve digits, so that the last of them may be rounded either way.
        size = max(abs(ours), abs(theirs))
        difference = abs(ours - theirs) / size if size else 0.0
        if difference > largest["difference"]:
            largest.update(difference=difference, where=path)
        if difference > TOLERANCE:
            yield f"{path}: {ours} in the program, {theirs} in the page"
    elif ours != theirs:
        yield f"{path}: {str(ours)[:60]} in the program, {str(theirs)[:60]} in the page"


def has_page(file):
    done = subprocess.run([PROGRAM, "live", "--output", str(file)], capture_output=True, text=True, timeout=60)
    return done.returncode == 0


def scenarios(root, folder):
    yield from sorted((pathlib.Path(root) / "scenarios").glob("*.yaml"))
    if ORACLE.exists():
        subprocess.run([str(ORACLE), "random scenarios as files"], check=True, capture_output=True, timeout=300,
                       env={**os.environ, "FLEETRACE_RANDOM_FOLDER": str(folder), "FLEETRACE_RANDOM_COUNT": str(RANDOM)})
        yield from sorted(pathlib.Path(folder).glob("random-*.yaml"))


def answers_of_node(page, requests):
    node = subprocess.run([NODE, str(pathlib.Path(__file__).parent / "live_engine.cjs"), str(page)],
                          input="".join(json.dumps(each) + "\n" for each in requests), capture_output=True, text=True, timeout=500)
    if node.returncode != 0:
        raise RuntimeError(f"node: {node.stderr[-500:]}")
    return node.stdout.splitlines()


def answers_of_chromium(page, requests):
    chrome = browser.Browser()
    try:
        chrome.open(page)
        chrome.wait("document.documentElement.dataset.live === 'ready'")
        return [chrome.value(f"JSON.stringify(page.engine(YOURS, {json.dumps(each)}))") for each in requests]
    finally:
        chrome.close()


def compared(file, ours, theirs):
    """What is wrong with an answer."""
    for each in ("error", "diagnostics"):
        if each in theirs:
            return [f"{file.name}: {str(theirs[each])[:300]}"]
    for one in (ours, theirs):
        one.pop("warnings", None)  # they name the file
    return [f"{file.name}: {each}" for each in list(differences(ours, theirs, ""))[:3]]


def main(root):
    if not NODE:
        print("skipped: there is no node")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "live.html"
        if not has_page(page):
            print("skipped: the program was built without the live page")
            return SKIPPED
        files = list(scenarios(root, folder))
        requests = [{"do": "run", "text": file.read_text()} for file in files]
        answers = answers_of_node(page, requests)
        problems = [] if len(answers) == len(files) else [f"{len(answers)} answers to {len(files)} requests"]
        if browser.program():
            in_chromium = answers_of_chromium(page, requests)
            problems += [f"{file.name}: Chromium and node have different bits" for file, a, b in zip(files, answers, in_chromium) if a != b]
            places = "in node and in Chromium"
        else:
            places = "in node; there is no Chromium"
        for file, answer in zip(files, answers):
            done = subprocess.run([PROGRAM, "run", str(file), "--format", "json"], capture_output=True, text=True, timeout=60)
            if done.returncode != 0:
                problems.append(f"{file.name}: {done.stderr[-300:]}")
                continue
            problems += compared(file, json.loads(done.stdout), json.loads(answer))
    least = 300 if ORACLE.exists() else 0
    if len(files) < 30 + least:
        problems.append(f"only {len(files)} scenarios")
    for problem in problems[:40]:
        print(problem)
    print(f"{len(files)} scenarios {places}; the largest relative difference is {largest['difference']:.1e}, at {largest['where']}")
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
