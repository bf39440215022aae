#!/usr/bin/env python3
"""Checks that every piece of a scenario which the documentation shows is valid.

usage: snippets_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

A block that starts with ```yaml holds whole sections of a scenario. They take the place of the same sections of a base scenario, and
`fleetrace validate` must accept the result. A block that starts with ```csv NAME is the file NAME beside it.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

DOCUMENTS = ("scenarios/README.md", "docs/*.md", "docs/reference/*.md")
BLOCK = re.compile(r"^```(yaml|csv)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^(\w+):", re.MULTILINE)

BASE = """\
fleetrace: 1
name: base
horizon: {start: 2026-01-01, length: 6 yr}
hardware: {model: catalog, accelerators: [H100, B200, GB300], then: {cadence: 2 yr}}
operations: {mfu: 0.38}
sites: {main: {power: 60 MW}, far: {power: 60 MW}}
initial_fleet:
  - {accelerator: H100, count: 1024, installed: 2025-01-01}
strategies:
  hare: {buy: front_loaded, budget: 2e8 USD}
  turtle: {buy: incremental, budget: 2e8 USD}
"""


def sections(text):
    """The text of each section by its name, in order."""
    starts = [match.start() for match in SECTION.finditer(text)] + [len(text)]
    pieces = [text[start:end] for start, end in zip(starts, starts[1:])]
    return {SECTION.match(piece).group(1): piece for piece in pieces}


def findings(root, program, document):
    """What `validate` says against each piece of the document, and how many pieces there are."""
    text = document.read_text(encoding="utf-8")
    problems, count = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "catalog").symlink_to(root / "scenarios" / "catalog")
        blocks = list(BLOCK.finditer(text))
        for _, file, content in (block.groups() for block in blocks if block.group(1) == "csv" and block.group(2)):
            (folder / file).write_text(content, encoding="utf-8")
        for block in (block for block in blocks if block.group(1) == "yaml"):
            count += 1
            (folder / "piece.yaml").write_text("".join({**sections(BASE), **sections(block.group(3))}.values()), encoding="utf-8")
            result = subprocess.run([program, "validate", "piece.yaml"], cwd=folder, capture_output=True, text=True)
            if result.returncode:
                line = text.count("\n", 0, block.start()) + 1
                problems.append(f"{document.relative_to(root)}:{line}: is no valid scenario:\n{result.stdout}{result.stderr}")
    return problems, count


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    program = os.environ.get("FLEETRACE_PROGRAM", "")
    if not program or not os.path.exists(program):
        print("SKIPPED: no program")
        return 0
    program = os.path.abspath(program)
    problems, count = [], 0
    for document in sorted(found for pattern in DOCUMENTS for found in root.glob(pattern)):
        found, pieces = findings(root, program, document)
        problems += found
        count += pieces
    print("\n".join(problems))
    print(f"{count} pieces, {len(problems)} problems")
    return 1 if problems or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
