#!/usr/bin/env python3
"""`fleetrace report` leaves the page that --output left, whatever was asked, and says what is wrong with a folder.

usage: report_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program; a missing program is a visible skip
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from sealed import seal

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
ASKED = {
    "run": ["run", "hare-and-turtle", "--set", "operations.lifetime=3 yr"],
    "drawn": ["run", "race-under-uncertainty", "--seed", "7", "--replication", "3"],
    "by-year": ["run", "capacity-what-if", "--by", "year", "--fiscal-year-begins", "october"],
    "compare": ["compare", "race-under-uncertainty", "--replications", "60"],
    "certain": ["compare", "hare-and-turtle"],
    "target": ["compare", "race-under-uncertainty", "--replications", "40", "--objective", "cost_to_target", "--target", "0.8"],
    "sweep": ["sweep", "winner-map", "--vary", "horizon.length=1 yr,3 yr", "--vary", "hardware.price_performance_doubling=1 yr,4.4 yr"],
    "whatif": ["whatif", "capacity-what-if", "--replications", "6", "--set", "sites.main.power=30 MW"],
    "certain-whatif": ["whatif", "two-sites", "--set", "sites.far.electricity=0.08 USD/kWh"],
    "solve": ["solve", "hare-and-turtle", "--for", "strategies.turtle.budget", "--until", "relative_loss <= 0.54"],
    "sensitivity": ["sensitivity", "race-under-uncertainty", "--points", "2"],
}
problems = []


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)


def check(holds, what):
    if not holds:
        problems.append(what)


def pages(top):
    """The same page again, after it was lost; and whatever the number of threads and the name of the folder."""
    for name, asked in ASKED.items():
        folder, other = top / name, top / (name + "-other")
        made = run(*asked, "--output", folder, "--jobs" if "run" not in asked else "--format", "1" if "run" not in asked else "csv")
        check(made.returncode == 0, f"{name}: {made.stderr}")
        page = (folder / "report.html").read_bytes()
        (folder / "report.html").unlink()
        again = run("report", folder)
        check(again.returncode == 0 and not again.stdout, f"{name}: report says {again.stderr or again.stdout}")
        check((folder / "report.html").read_bytes() == page, f"{name}: report writes another page")
        check(run(*asked, "--output", other, "--quiet").returncode == 0, f"{name}: does not run again")
        check((other / "report.html").read_bytes() == page, f"{name}: the page depends on threads or folder")
        twice = run(*asked, "--output", folder)
        check(twice.returncode == 0, f"{name}: a finished folder is refused: {twice.stderr}")


def bands(top):
    """Quantiles of loss ascend, losses fall, and the last date is the final loss of the table."""
    results = json.loads((top / "compare" / "results.json").read_text())
    over = results["loss_over_time"]
    check(over["replications"] == 60 and len(over["time"]) == 49, "bands are not those of 60 replications at 49 dates")
    for strategy, standing in zip(over["strategies"], results["strategies"]):
        rows = list(zip(*(strategy[key] for key in ("quantile_05", "quantile_25", "median", "quantile_75", "quantile_95"))))
        check(all(list(row) == sorted(row) for row in rows), "quantiles of a band do not ascend")
        check(all(a[2] >= b[2] for a, b in zip(rows, rows[1:])), "a median loss rises")
        last = [standing[key] for key in ("quantile_05", "median", "quantile_95")]
        check([rows[-1][0], rows[-1][2], rows[-1][4]] == last, f"the last date has {rows[-1]}, the comparison {last}")


def damage(top, name, how, sealed=True):
    folder = top / "damaged"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(top / name, folder)
    how(folder)
    if sealed:
        seal(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    found = run("report", folder)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    check(before == after, f"a refused folder is changed: {found.stderr}")
    return found


def edit(file, **changes):
    def how(folder):
        document = json.loads((folder / file).read_text())
        document.update(changes)
        (folder / file).write_text(json.dumps(document))
    return how


def cut(file):
    return lambda folder: (folder / file).write_bytes((folder / file).read_bytes()[:-200])


def remove(file):
    return lambda folder: (folder / file).unlink()


def swap(top, other):
    return lambda folder: shutil.copy(top / other / "results.json", folder / "results.json")


def drop(key):
    def how(folder):
        document = json.loads((folder / "results.json").read_text())
        del document[key]
        (folder / "results.json").write_text(json.dumps(document))
    return how


def noticed(top):
    """One byte of a file is another one: the digests of the manifest tell."""
    rng = random.Random(4)
    for name in ("results.json", "results.csv", "results.xlsx", "manifest.json") * 6:
        def flip(folder):
            content = bytearray((folder / name).read_bytes())
            at = rng.randrange(len(content))
            content[at] = rng.choice([byte for byte in b"0123456789abc" if byte != content[at]])
            (folder / name).write_bytes(content)
        found = damage(top, "whatif", flip, sealed=False)
        check(found.returncode == 3 and name.split(".")[0] in found.stderr, f"a changed {name}: {found.returncode} {found.stderr}")
    found = damage(top, "whatif", edit("manifest.json", git_hash="0123456789ab"))
    check(found.returncode == 3 and "another build of fleetrace (0123456789ab" in found.stderr, f"another build: {found.stderr}")
    found = damage(top, "whatif", edit("manifest.json", folder_format=1))
    check(found.returncode == 3 and "another version of fleetrace" in found.stderr, f"another layout: {found.stderr}")


def wrong_folders(top):
    (top / "empty").mkdir()
    (top / "file").write_text("x")
    for folder, what in (("empty", "manifest.json is missing"), ("file", "is a file"), ("none", "no such folder")):
        found = run("report", top / folder)
        check(found.returncode == 3 and what in found.stderr, f"{folder}: {found.stderr}")
    cases = [
        ("run", remove("manifest.json"), "holds no result of fleetrace: manifest.json is missing"),
        ("run", remove("results.json"), "holds no result of fleetrace: results.json is missing"),
        ("run", cut("manifest.json"), "manifest.json: is cut off or damaged"),
        ("run", cut("results.json"), "results.json: is cut off or damaged"),
        ("run", edit("manifest.json", format=2, fleetrace="9.1.0"), "is of format 2, which fleetrace 9.1.0 writes"),
        ("run", edit("results.json", format=2), "results.json: is of format 2"),
        ("run", edit("manifest.json", fleetrace="0.0.9"), "was written by fleetrace 0.0.9"),
        ("run", edit("manifest.json", status="interrupted"), 'is not finished: its manifest says "interrupted"'),
        ("run", edit("manifest.json", question="dance"), "has a question that no page answers"),
        ("run", edit("manifest.json", resolved_scenario="fleetrace: 1\nnaem: x"), "resolved_scenario"),
        ("run", edit("results.json", seed=2), "is of another run than manifest.json"),
        ("run", edit("results.json", strategies=[]), "does not hold what this scenario comes to"),
        ("run", lambda folder: (folder / "manifest.json").write_text("[1]"), "is none of fleetrace"),
        ("run", lambda folder: (folder / "manifest.json").write_bytes(b"\xff\0"), "is cut off or damaged"),
        ("compare", swap(top, "certain"), "is of another run than manifest.json"),
        ("compare", drop("pairs"), "does not have the shape of results"),
        ("compare", edit("results.json", leader="nobody"), "names a strategy that it does not have"),
        ("compare", edit("results.json", objective="joy"), "has an objective that is none"),
        ("compare", edit("results.json", ending={"rule": "coin", "size": None, "met": True, "selected": None}),
         "has an ending rule that is none: coin"),
        ("sweep", edit("results.json", points=[]), "has not as many points as its axes make"),
        ("sensitivity", edit("results.json", inputs=[]), "has no input"),
        ("sensitivity", edit("results.json", strategy="nobody"), "names a strategy"),
    ]
    for name, how, what in cases:
        found = damage(top, name, how)
        check(found.returncode == 3 and what in found.stderr, f"{what!r} is not said: {found.returncode} {found.stderr}")
    noticed(top)
    other = run(*ASKED["sensitivity"], "--output", top / "compare")
    check(other.returncode == 1 and "holds another run" in other.stderr, f"a sensitivity goes into a comparison: {other.stderr}")
    run("optimize", "capacity-what-if", "--strategy", "turtle", "--output", top / "optimum")
    found = run("report", top / "optimum")
    check(found.returncode == 3 and "has a question that no page answers" in found.stderr, f"optimize: {found.stderr}")
    check(run("report").returncode == 2 and run("report", "a", "b").returncode == 2, "a usage error is none")


def main():
    if not os.access(PROGRAM, os.X_OK):
        print("SKIPPED: there is no program")
        return 0
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        for test in (pages, bands, wrong_folders):
            test(top)
    print("\n".join(problems) or f"{len(ASKED)} folders reported again, wrong ones refused")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
