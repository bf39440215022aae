#!/usr/bin/env python3
"""editor_test.py ROOT: editors find in scenarios what the loader finds, at the same places.

The YAML language server checks every scenario against the schema that the program prints: none of the shipped ones has a
finding, and of the wrong ones each finding stands where the loader reports one. Skipped, with exit code 77, where there
is no Node.js of version 20, or no package registry to take the language server from.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77
MISSING = "Missing property"  # the language server names the section, the loader too, unless a key there is misspelt


def skip(why):
    print(f"editor_test: skipped, {why}")
    sys.exit(SKIPPED)


def installed(source, build):
    """The folder that holds the language server of the lock file."""
    target = build / "editor"
    stamp = target / "installed"
    lock = (source / "package-lock.json").read_text()
    if not stamp.exists() or stamp.read_text() != lock:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(source / name, target)
        install = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=target,
                                 capture_output=True, text=True)
        if install.returncode != 0:
            skip("npm could not install the language server:\n" + install.stderr)
        stamp.write_text(lock)
    return target


def findings(source, target, schema, files):
    command = ["node", str(source / "language_server.mjs"), str(target), str(schema), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit(f"editor_test: {' '.join(command[:3])} failed: {done.stderr}")
    return json.loads(done.stdout)


def main():
    root = pathlib.Path(sys.argv[1])
    program = os.environ["FLEETRACE_PROGRAM"]
    source = root / "tests/editor"
    if not shutil.which("npm") or not shutil.which("node"):
        skip("there is no npm")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(re.match(r"v(\d+)", version)[1]) < 20:
        skip(f"Node.js is {version.strip()}, the language server needs 20")
    build = pathlib.Path(program).resolve().parent / "tests"
    target = installed(source, build)
    schema = target / "fleetrace.schema.json"
    schema.write_bytes(subprocess.run([program, "schema"], capture_output=True, check=True).stdout)

    right = sorted((root / "scenarios").glob("*.yaml"))
    problems = []
    shipped = root / "scenarios/fleetrace.schema.json"
    if shipped.read_bytes() != schema.read_bytes():
        problems.append(f"{shipped} is not what the program prints: ./dev golden")
    for file in right:
        if file.read_text().splitlines()[0] != "# yaml-language-server: $schema=fleetrace.schema.json":
            problems.append(f"{file.name} does not name its schema in its first line")
    wrong = sorted((root / "tests/hostile/wrong").glob("*.yaml"))
    flagged = set()
    exact = total = 0
    for found in findings(source, target, schema, right + wrong):
        file = pathlib.Path(found["file"])
        if file in right:
            problems.append(f"{file.name} is valid, but: {found}")
            continue
        flagged.add(file)
        places = [(int(line), int(column))
                  for line, column in re.findall(r"\.yaml:(\d+):(\d+): ", file.with_suffix(".txt").read_text())]
        here = (found["line"], found["column"])
        if found["message"].startswith(MISSING):
            if not any(line >= here[0] for line, _ in places):
                problems.append(f"the loader finds nothing from there on: {found}")
            continue
        total += 1
        exact += here in places
        if here[0] not in [line for line, _ in places]:
            problems.append(f"the loader finds nothing in that line: {found}, but at {places}")
    # The language server points behind a key without a value, the loader at the key.
    if exact < 0.9 * total:
        problems.append(f"only {exact} of {total} places are the loader's to the column")
    if len(flagged) < 120:
        problems.append(f"only {len(flagged)} of {len(wrong)} wrong scenarios are flagged")
    print("\n".join(problems))
    print(f"{len(right)} valid scenarios; {len(flagged)} of {len(wrong)} wrong ones flagged, {exact} of {total} places exact, "
          f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
