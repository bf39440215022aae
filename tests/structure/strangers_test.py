#!/usr/bin/env python3
"""What strangers send: scenarios that name files of others, names that look like other names, results with absurd numbers, and more than
memory has room for.

usage: strangers_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program
"""
import json
import os
import re
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

from sealed import seal

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
HEAD = """fleetrace: 1
name: "{name}"
horizon: {{start: 2026-01-01, length: 1 yr}}
hardware: {{model: trend}}
operations: {{mfu: 0.4}}
initial_fleet: [{{capacity: 1e18 FLOP/s}}]
strategies:
"""
PLAN = '  s: {{buy: schedule, purchases: "{}"}}\n'
SECRET = "root:secret-hash:19000"
problems = []


def run(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, **options)


def check(holds, what):
    if not holds:
        problems.append(what)


def files(there):
    """Nothing of a file outside of the folder is said, and --no-files, standard input and links are no way around."""
    mine = there / "mine"
    mine.mkdir()
    (there / "secret").write_text(SECRET + "\nnext-line-is-secret,too\n")
    (there / "plan.csv").write_text("at,amount_usd\n2026-02-01,secret-hash\n")
    (mine / "good.csv").write_text("at,amount_usd\n2026-02-01,1000000\n")
    (mine / "bad.csv").write_text("at,amount_usd\n2026-02-01,visible\n")
    (mine / "link.csv").symlink_to(there / "secret")
    for name in ("../secret", "../plan.csv", str(there / "secret"), "link.csv", "../mine/../secret"):
        (mine / "my.yaml").write_text(HEAD.format(name="x") + PLAN.format(name))
        done = run("validate", mine / "my.yaml")
        check(done.returncode == 3, f"{name}: {done}")
        check("secret-hash" not in done.stderr and "next-line" not in done.stderr, f"{name} is quoted: {done.stderr}")
        check("outside of the scenario's folder" in done.stderr, f"{name}: {done.stderr}")
    # What is wrong with a file beyond its form is found later.
    (there / "fleet.csv").write_text("accelerator,count\nSECRETCHIP,3\n")
    (mine / "my.yaml").write_text(re.sub("initial_fleet: .*", "initial_fleet: ../fleet.csv", HEAD.format(name="x")) + PLAN.format("good.csv"))
    done = run("validate", mine / "my.yaml")
    check(done.returncode == 3 and "SECRETCHIP" not in done.stderr and "outside of the scenario's folder" in done.stderr, f"a fleet: {done}")
    # Said once, where the scenario names the file and as it does.
    line = next(i for i, each in enumerate((mine / "my.yaml").read_text().splitlines(), 1) if each.startswith("initial_fleet"))
    place = f'my.yaml:{line}:16: initial_fleet: "../fleet.csv" does not hold what is asked for here'
    check(done.stderr.count(place) == 1 and done.stderr.count("fleet.csv") == 2, f"a fleet is named elsewhere: {done}")
    (mine / "my.yaml").write_text(HEAD.format(name="x") + PLAN.format("bad.csv"))
    check("visible" in run("run", mine / "my.yaml").stderr, "a file beside the scenario is not quoted")
    text = HEAD.format(name="x") + PLAN.format("good.csv")
    (mine / "my.yaml").write_text(text)
    check(run("run", mine / "my.yaml").returncode == 0, "a file beside the scenario is not read")
    for words in (("run",), ("compare",), ("validate",), ("show",), ("whatif",)):
        done = run(words[0], mine / "my.yaml", "--no-files", *words[1:])
        check(done.returncode == 3 and "none is read here" in done.stderr, f"--no-files: {done}")
    done = run("run", "-", input=text, cwd=mine)
    check(done.returncode == 3 and "none is read here" in done.stderr, f"standard input names a file: {done}")


def names(there):
    """Names that look like others are shown as what they are."""
    for shown, code in (("\\u200b", 0x200b), ("\\u200e", 0x200e), ("\\u061c", 0x61c), ("\\u202e", 0x202e), ("\\n", 0xa)):
        character = chr(code)
        (there / "odd.yaml").write_text(
            HEAD.format(name=f"x{shown}y") + f'  "a{shown}b": {{buy: none}}\n  "<b>c</b>": {{buy: none}}\n')
        escaped = "a" + "".join(f"\\x{byte:02x}" for byte in character.encode()) + "b"
        folder = there / f"odd-{code}"
        done = run("run", there / "odd.yaml", "--output", folder)
        check(done.returncode == 0, f"U+{code:04X}: {done}")
        outputs = {"table": done.stdout, "csv": (folder / "results.csv").read_text(),
                   "page": (folder / "report.html").read_text(),
                   "markdown": run("run", there / "odd.yaml", "--format", "markdown").stdout}
        for kind, text in outputs.items():
            found = text.replace("\\\\x", "\\x") if kind == "markdown" else text
            check(escaped in found, f"U+{code:04X} is not shown escaped in {kind}")
            check(code == 0xa or character not in text, f"U+{code:04X} stands in {kind}")
            check(kind in ("table", "csv") or "<b>c" not in text, f"HTML stands in {kind}")
    (there / "it's $(here)").mkdir()
    done = run("init", "it's $(here)/-x.yaml", cwd=there)
    said = done.stderr.split("Next: fleetrace ")[1].strip()
    again = subprocess.run(["bash", "-c", f'"$0" {said} --quiet', PROGRAM], capture_output=True, text=True, cwd=there)
    check(again.returncode == 0, f"init proposes {said}: {again.stderr}")


def absurd(there):
    """Numbers of results that cannot be are refused, whatever the digests say."""
    folder = there / "study"
    done = run("compare", "race-under-uncertainty", "--replications", "4", "--output", folder, "--quiet")
    check(done.returncode == 0, f"a study fails: {done}")
    results = (folder / "results.json").read_text()
    manifest = (folder / "manifest.json").read_text()
    for file, key, value in [("results.json", "replications", each) for each in (1e308, -1, 2.5, "4", None, 10**18)] + [
            ("manifest.json", "status", 7), ("manifest.json", "status", None), ("manifest.json", "seed", -1)]:
        (folder / "results.json").write_text(results)
        (folder / "manifest.json").write_text(manifest)
        document = json.loads((folder / file).read_text())
        document[key] = value
        (folder / file).write_text(json.dumps(document))
        seal(folder)
        done = run("report", folder)
        check(done.returncode == 3 and "bug" not in done.stderr, f"{key} {value}: {done}")
    (folder / "results.json").write_text(results)
    (folder / "manifest.json").write_text(manifest)
    with open(folder / "results.json", "a") as file:
        file.truncate((64 << 20) + 1)
    seal(folder)
    done = run("report", folder)
    check(done.returncode == 3 and "64 MB" in done.stderr, f"a large file: {done}")


def bounded(there):
    """What fits into no memory is refused in a second, by every study; twice the input takes no more than about twice the time."""
    many = "1000000000"
    for words in (("compare", "race-under-uncertainty"), ("whatif", "race-under-uncertainty", "--set", "operations.mfu=0.3"),
                  ("sweep", "race-under-uncertainty", "--vary", "operations.mfu=0.3,0.4"),
                  ("solve", "race-under-uncertainty", "--for", "strategies.turtle.budget", "--until",
                   "turtle.relative_loss <= 0.7")):
        done = run(*words, "--replications", many, "--output", there / "never")
        check(done.returncode == 2 and "more than memory has room for" in done.stderr, f"{words}: {done}")
    shown = run("show", "hare-and-turtle").stdout
    taken = []
    for count in (500, 1000, 2000):
        (there / "cases.yaml").write_text(
            shown + "cases:\n" + "".join(f"  c{i}: {{set: [sites.main.power={i + 1} MW]}}\n" for i in range(count)))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        check(run("validate", there / "cases.yaml").returncode == 0, f"{count} cases are not valid")
        taken.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    check(taken[2] < 3 * taken[1] + 0.2, f"500, 1,000 and 2,000 cases take {taken} s")
    many_inputs = "".join(f"  s{i}: {{buy: front_loaded, budget: {{normal: {{mean: 2e9 USD, sd: 1e6 USD}}}}}}\n"
                          for i in range(3000))
    (there / "inputs.yaml").write_text(HEAD.format(name="x") + many_inputs)
    done = run("sensitivity", there / "inputs.yaml")
    check(done.returncode == 3 and "uncertain inputs" in done.stderr, f"3,000 inputs: {done.returncode} {done.stderr[-300:]}")


def main():
    if not PROGRAM:
        print("strangers_test: skipped, the program is not built")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        for number, test in enumerate((files, names, absurd, bounded)):
            there = pathlib.Path(temporary) / str(number)
            there.mkdir()
            test(there)
    print("\n".join(problems) or "strangers_test: passed")
    return 1 if problems else 0


sys.exit(main())
