"""Every CSV of every verb: numbers, dates and names. No cell holds a unit beside its number, and no column is prose.

Listings of the reference are texts by what they are: their columns of words are named here, and are the only ones.
"""
import csv
import io
import re

from cells import UNIT_IN_CELL, is_number
from program import HERE, call, check

# Of `list`: what it is for is to be read.
WORDS = ("summary", "type", "units", "valid", "default", "source", "scope", "words")
RACE = "hare-and-turtle"
DRAWN = "race-under-uncertainty"
COMMANDS = (
    ("run", RACE), ("run", "two-sites"), ("run", "serving-growth"), ("run", "all-models"), ("run", "relative-loss"),
    ("compare", DRAWN, "--replications", "3"), ("compare", DRAWN, "--replications", "3", "--objective", "cost_to_target"),
    ("whatif", "capacity-what-if"), ("whatif", "hall-extension"),
    ("solve", RACE, "--for", "strategies.turtle.budget", "--until", "relative_loss <= 0.54"),
    ("solve", RACE, "--for", "strategies.heron.at", "--until", "heron.relative_loss <= 0.55"),
    ("sweep", RACE, "--vary", "horizon.length=7 yr,8 yr", "--vary", "strategies.turtle.every=1 months,3 months"),
    ("sensitivity", DRAWN, "--points", "8"), ("sensitivity", DRAWN, "--points", "8", "--difference", "hare,turtle"),
    ("optimize", "capacity-what-if", "--strategy", "turtle"), ("diff", "hare-and-turtle", "capacity-what-if"),
    ("milestones",), ("theory",), ("theory", "--table"), ("frontier", "--compute", "1e25 FLOP"),
    ("frontier", "--loss", "2.0"), ("fit", "trend", str(HERE.parents[1] / "docs/examples/prices.csv"), "--y", "flop_per_usd"), ("roadmap", "--layer", "chips=1e9 USD,1"),
    ("list",), ("list", "scenarios"), ("list", "accelerators"), ("list", "accelerators", "H100"), ("list", "purchase"),
    ("list", "purchase", "incremental"), ("list", "operations"), ("list", "format"), ("list", "format", "sites"),
    ("list", "paths", RACE), ("list", "paths", "two-sites"),
)
# The names of the numbers of an accelerator.
KEYS = {row["name"] for row in csv.DictReader(io.StringIO(call("list", "accelerators", "H100", "--format", "csv")[0]))}


def check_table(text, what, words):
    rows = list(csv.reader(io.StringIO(text)))
    check(len(rows) > 1, f"{what}: no row")
    head, *rest = rows
    check(all(re.fullmatch(r"[a-z][a-z0-9_.-]*", name) for name in head) and len(set(head)) == len(head), f"{what}: the columns {head}")
    for row in rest:
        check(len(row) == len(head), f"{what}: {row} has not a cell for each column")
        for name, cell in zip(head, row):
            if name in words:
                continue
            is_date = re.fullmatch(r"\d{4}-\d\d-\d\d(T[0-9:.]+Z)?", cell)
            check(is_date or is_number(cell) or not UNIT_IN_CELL.match(cell), f"{what}: the cell {cell!r} of {name} holds a unit")
            if name == "unverified":  # which numbers of an accelerator nobody has read: any number of their names
                check(set(cell.split()) <= KEYS, f"{what}: {cell!r} is not of numbers of an accelerator")
                continue
            check(cell.count(" ") < 3, f"{what}: the cell {cell!r} of {name} is prose")


# A command of every verb that has CSV.
verbs = set(re.findall(r"^  (\w+) +", call("--help")[0], re.M))
with_csv = {verb for verb in verbs if "csv" in call("help", verb)[0]}
check({"run", "compare", "whatif", "solve", "sweep", "sensitivity", "milestones", "theory", "frontier", "roadmap", "list"} <= with_csv,
      f"verbs with CSV: {with_csv}")
left = with_csv - {command[0] for command in COMMANDS} - {"report"}
check(not left, f"no command of {left} is tried")
for command in COMMANDS:
    words = set(WORDS) if command[0] == "list" and command[1:2] != ("accelerators",) else set()
    if command[0] == "diff":
        words = {"input_a", "input_b", "problem"}  # as the scenarios write them, and why they cannot be joined
    if command[:2] == ("list", "paths"):
        # As a scenario writes it: of a single quantity the number alone, beside its unit; laws and lists are structures.
        words = {"words"}
        text = call(*command, "--format", "csv")[0]
        kept = [row for row in csv.DictReader(io.StringIO(text))]
        check(any(row["value"] == "60" and row["unit"] == "MW" for row in kept) or command[2] != "two-sites", "a power in two cells")
        for row in kept:
            is_text = row["path"] in ("name", "description") or row["path"].endswith(".summary")
            is_structure = row["value"][:1] in "[{"
            check(is_text or is_structure or not UNIT_IN_CELL.match(row["value"]) or is_number(row["value"]) or
                  re.fullmatch(r"\d{4}-\d\d-\d\d", row["value"]), f"list paths: {row}")
        continue
    extra = () if command[0] in ("list", "milestones", "theory", "frontier", "roadmap") else ("--quiet",)
    check_table(call(*command, *extra, "--format", "csv")[0], " ".join(command), words)
