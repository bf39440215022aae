#!/usr/bin/env python3
"""Runs every command that the documentation shows and compares what it prints with what is shown.

usage: docs_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

A block that starts with ```console holds commands behind "$ ", each followed by its output. A line "..." stands for any
number of lines. Commands run in a folder with nothing but docs/ and with `fleetrace` on the PATH; `./dev VERB` is only checked
to exist, since the tests themselves run under it. A missing program, pandas or R is a visible skip.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "scenarios/README.md", "bench/README.md", "docs/*.md", "docs/reference/*.md")


def blocks(text):
    """(line number, lines) of each console block."""
    inside, start, lines = False, 0, []
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and line.strip() == "```console":
            inside, start, lines = True, number, []
        elif inside and line.strip() == "```":
            inside = False
            yield start, lines
        elif inside:
            lines.append(line)


def commands(lines):
    """(command, expected lines) of a block."""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def matches(expected, actual):
    """Whether `actual` is `expected`, where a line "..." stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line.rstrip()) + r"\n" for line in expected)
    text = "".join(line.rstrip() + "\n" for line in actual)
    return re.fullmatch(pattern, text) is not None


def python_with_pandas():
    for candidate in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([candidate, "-c", "import pandas"], capture_output=True).returncode == 0:
            return candidate
    return None


def missing_tools(tools):
    """Programs that commands begin with and that are not here; puts the right python3 into the folder `tools`."""
    missing = set()
    python = python_with_pandas()
    if python:
        (tools / "python3").symlink_to(python)
    else:
        missing.add("python3")
    if not shutil.which("Rscript"):
        missing.add("Rscript")
    return missing


def check(document, line, command, expected, environment, folder, dev_help):
    if command.startswith("./dev"):
        verb = command.split()[1]
        return [] if re.search(rf"^  {re.escape(verb)}\b", dev_help, re.M) else [f"{document}:{line}: ./dev has no verb {verb}"]
    result = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    if "without the live page" in result.stderr:
        print(f"SKIPPED: {document}:{line}: this program has no live page")
        return []
    actual = (result.stdout + result.stderr).splitlines()
    while actual and not actual[-1].strip():
        actual.pop()
    while expected and not expected[-1].strip():
        expected.pop()
    if not expected:
        return [] if result.returncode == 0 else [f"{document}:{line}: `{command}` exits with {result.returncode}:\n{result.stderr}"]
    if matches(expected, actual):
        return []
    return [f"{document}:{line}: `{command}` prints something else than shown:\n" + "\n".join("  | " + each for each in actual)]


def main():
    root = pathlib.Path(sys.argv[1])
    program = os.environ.get("FLEETRACE_PROGRAM", "")
    if not program or not os.path.exists(program):
        print("SKIPPED: no program")
        return 0
    tools = tempfile.TemporaryDirectory()
    missing = missing_tools(pathlib.Path(tools.name))
    path = os.pathsep.join((os.path.dirname(program), tools.name, os.environ["PATH"]))
    environment = dict(os.environ, PATH=path, NO_COLOR="1")
    dev_help = subprocess.run([str(root / "dev"), "help"], capture_output=True, text=True).stdout
    problems, count = [], 0
    for path in sorted(found for pattern in DOCUMENTS for found in root.glob(pattern)):
        document = path.relative_to(root)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(root / "docs", os.path.join(folder, "docs"))
            for line, lines in blocks(path.read_text(encoding="utf-8")):
                for command, expected in commands(lines):
                    count += 1
                    if command.split()[0] in missing:
                        print(f"SKIPPED: {document}:{line}: {command.split()[0]} is not here, or without pandas")
                        continue
                    problems += check(document, line, command, expected, environment, folder, dev_help)
    assert matches(["a", "...", "c"], ["a", "b", "b", "c"]) and not matches(["a", "..."], ["b"]), "the comparison itself is broken"
    print("\n".join(problems))
    print(f"{count} commands, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
