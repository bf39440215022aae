#!/usr/bin/env python3
"""Spreadsheets hold the rows of CSV, cell by cell, for every verb that has tables; and the same input gives the same bytes.

usage: xlsx_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

Files are read by Python's standard library, and once more by openpyxl where it is installed.
"""
import csv
import datetime
import io
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import zipfile

from workbook import check, read

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
ROOT = pathlib.Path(sys.argv[1])
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?")

# What is asked, as --format csv and --format xlsx answer it.
QUESTIONS = [
    ["run", "hare-and-turtle"],
    ["run", "power-wall"],
    ["run", "rent-or-buy"],
    ["run", "two-sites", "--by", "quarter"],
    ["run", str(ROOT / "docs/examples/actuals.yaml"), "--by", "quarter"],
    ["compare", "plan-of-record", "--by", "year", "--replications", "5"],
    ["whatif", "plan-of-record", "--case", "a-year-late", "--by", "year", "--replications", "2"],
    ["compare", "race-under-uncertainty", "--replications", "20"],
    ["compare", "hare-and-turtle", "--objective", "cost_to_target", "--target", "0.8"],
    ["whatif", "capacity-what-if", "--replications", "2"],
    ["sweep", "hare-and-turtle", "--vary", "horizon.length=7 yr,8 yr", "--vary", "loss.kappa=0.04,0.05"],
    ["sensitivity", "race-under-uncertainty", "--points", "4"],
    ["solve", "hare-and-turtle", "--for", "strategies.turtle.budget", "--until", "relative_loss <= 0.54"],
    ["theory"],
    ["theory", "--table"],
    ["milestones"],
    ["frontier"],
    ["fit", "trend", str(ROOT / "docs/examples/prices.csv"), "--y", "flop_per_usd", "--predict", "2027-01-01"],
    ["frontier", "--loss", "2.0"],
    ["roadmap", "--layer", "chips=1e9 USD,1"],
    ["list"],
    ["list", "accelerators"],
    ["list", "accelerators", "H100"],
    ["list", "purchase"],
    ["list", "purchase", "incremental"],
    ["list", "scenarios", "gpt3"],
    ["list", "format", "loss"],
    ["list", "paths", "hare-and-turtle"],
    ["diff", "hare-and-turtle", "hare-and-turtle"],
    ["diff", "grid-delay", "power-wall"],
]
# What leaves a folder.
FOLDERS = [question for question in QUESTIONS if question[0] in ("run", "compare", "whatif", "sweep", "sensitivity", "solve")]


def output_of(arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=300)
    check(done.returncode == 0, f"{arguments} exits with {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def read_by_openpyxl(data):
    import openpyxl
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def is_same(written, cell):
    """Whether a field of CSV says what a cell says."""
    if written == "":
        return cell is None or cell == ""
    if written in ("true", "false") and isinstance(cell, bool):
        return cell == (written == "true")
    if DATE.fullmatch(written):
        form = "%Y-%m-%dT%H:%M:%S.%fZ" if "T" in written else "%Y-%m-%d"
        there = datetime.datetime.strptime(written, form)
        return isinstance(cell, datetime.datetime) and abs(cell - there) < datetime.timedelta(milliseconds=1)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        number = float(written)
        return abs(number - cell) <= 1e-11 * abs(number)
    return isinstance(cell, str) and written in (cell, "'" + cell)


def compare(question, written, rows):
    """Every field of CSV stands in its cell, and nothing else does."""
    fields = list(csv.reader(io.StringIO(written.decode())))
    check(len(fields) == len(rows), f"{question}: {len(fields)} rows in csv, {len(rows)} in xlsx")
    count = 0
    for number, (line, cells) in enumerate(zip(fields, rows)):
        cells = cells + [None] * (len(line) - len(cells))
        check(len(line) == len(cells), f"{question}, row {number}: {line} | {cells}")
        for field, cell in zip(line, cells):
            check(is_same(field, cell), f"{question}, row {number}: {field!r} in csv, {cell!r} in xlsx")
            count += 1
    return count


def check_look(question, data, sheets):
    for name, sheet in sheets.items():
        check(sheet.is_frozen, f"{question}: the headings of {name} are not frozen")
        check(len(sheet.widths) >= 1 and min(sheet.widths) >= 4, f"{question}: columns of {name} have no width")
        check(all(isinstance(heading, str) and heading for heading in sheet.rows[0]), f"{question}: headings of {name}")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check(b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml"), f"{question}: the file says when it was made")
        check({item.date_time[0] for item in archive.infolist()} == {1980}, f"{question}: the archive has dates")


def check_run(data):
    """Figures of a run on all of its sheets agree, and a date is one."""
    sheets = read(data)
    check(list(sheets) == ["strategies", "results", "bought", "plan", "about"], f"sheets of a run: {list(sheets)}")
    table = lambda name: [dict(zip(sheets[name].rows[0], row)) for row in sheets[name].rows[1:]]
    spent = {}
    for row in table("bought"):
        spent[row["strategy"]] = spent.get(row["strategy"], 0) + row["cost_usd"]
        check(isinstance(row["ordered"], datetime.datetime), f"ordered is {row['ordered']!r}")
    for strategy in table("strategies"):
        last = [row for row in table("results") if row["strategy"] == strategy["strategy"]][-1]
        for name in ("relative_loss", "spend_usd", "capex_usd", "effective_compute_flop"):
            check(abs(last[name] - strategy[name]) <= 1e-9 * abs(last[name]), f"{strategy['strategy']} {name}")
        check(abs(spent[strategy["strategy"]] - strategy["capex_usd"]) < 1, f"{strategy['strategy']} bought for other sums")


def check_terminal():
    """A terminal is not sent bytes of a file; a hint says where they may go."""
    for arguments, hint in ((["run", "hare-and-turtle"], b"--output DIR leaves results.xlsx"), (["milestones"], b"> results.xlsx")):
        main, side = pty.openpty()
        done = subprocess.run([PROGRAM, *arguments, "--format", "xlsx"], stdout=side, stderr=subprocess.PIPE, timeout=60)
        os.close(side)
        os.close(main)
        check(done.returncode == 2 and hint in done.stderr, f"{arguments} on a terminal: {done}")


def main():
    if not PROGRAM:
        print("xlsx_test: skipped, the program is not built")
        return 77
    try:
        import openpyxl
        readers = [lambda data: {name: sheet.rows for name, sheet in read(data).items()}, read_by_openpyxl]
    except ImportError:
        print("xlsx_test: openpyxl is not installed, so that the standard library alone reads the files")
        readers = [lambda data: {name: sheet.rows for name, sheet in read(data).items()}]
    cells = 0
    for question in QUESTIONS:
        data = output_of([*question, "--format", "xlsx"])
        written = output_of([*question, "--format", "csv"])
        check(data == output_of([*question, "--format", "xlsx"]), f"{question}: other bytes the second time")
        check_look(question, data, read(data))
        for reader in readers:
            cells += compare(question, written, reader(data)["results"])
    with tempfile.TemporaryDirectory() as temporary:
        for number, question in enumerate(FOLDERS):
            folder = pathlib.Path(temporary) / str(number)
            output_of([*question, "--output", str(folder), "--quiet"])
            data = (folder / "results.xlsx").read_bytes()
            # With --by the answer is the periods alone, and the folder holds everything.
            check("--by" in question or data == output_of([*question, "--format", "xlsx"]),
                  f"{question}: results.xlsx is not --format xlsx")
            rows = read(data)
            cells += compare(question, (folder / "results.csv").read_bytes(), rows["results"].rows)
            if question[0] == "run":
                cells += compare(question, (folder / "bought.csv").read_bytes(), rows["bought"].rows)
                cells += compare(question, (folder / "plan.csv").read_bytes(), rows["plan"].rows)
    check_run(output_of(["run", "hare-and-turtle", "--format", "xlsx"]))
    check_terminal()
    print(f"xlsx_test: passed, {cells} cells")
    return 0


sys.exit(main())
