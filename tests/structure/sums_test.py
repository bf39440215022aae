#!/usr/bin/env python3
"""Sums agree across the table, CSV, JSON, the spreadsheet, SQLite and the page; so do plan, actual and variance.

usage: sums_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program
"""
import csv
import html
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

from workbook import check, read

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
ROOT = pathlib.Path(sys.argv[1])
ACTUALS = str(ROOT / "docs/examples/actuals.yaml")
QUESTIONS = [["plan-of-record"], ["two-sites"], ["rent-by-count"], [ACTUALS], [ACTUALS, "--from", "2026-10-01"]]
# What periods add up, and what the whole race calls it.
SUMS = {"spend_usd": "spend_usd", "capex_usd": "capex_usd", "rent_usd": "rent_usd"}
PLANNED = ("accelerators", "spend_to_date")
UNITS = {"k USD": 1e3, "M USD": 1e6, "B USD": 1e9, "USD": 1}


def said(*arguments):
    done = subprocess.run([PROGRAM, *arguments, "--quiet"], capture_output=True, text=True, timeout=300)
    check(done.returncode == 0, f"{arguments} exits with {done.returncode}: {done.stderr}")
    return done.stdout


def number(text):
    return float(text) if text not in ("", None) else None


def is_same(a, b, relative=1e-11):
    return a == b if a is None or b is None else abs(a - b) <= relative * max(abs(a), abs(b))


def rows_of(table):
    """The rows of a sheet by heading."""
    return [dict(zip(table.rows[0], row + [None] * (len(table.rows[0]) - len(row)))) for row in table.rows[1:]]


def tables_of(page):
    """{caption: rows of texts} of a page."""
    tables = {}
    for table in re.findall(r"<table>.*?</table>", page, re.S):
        caption = html.unescape(re.search(r"<caption>(.*?)</caption>", table, re.S).group(1))
        tables[caption] = [[html.unescape(re.sub(r"<[^>]*>", " ", cell)).strip()
                            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
                           for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)]
    return tables


def cash_out(headings, cells, strategy, where):
    """What a row of figures in a scale says of the cash that goes out, and the digit that it is rounded to."""
    at = next(i for i, heading in enumerate(headings) if heading.replace("\n", " ").startswith("cash out"))
    unit = next(unit for unit in sorted(UNITS, key=len, reverse=True) if headings[at].endswith(unit))
    decimals = len(cells[at].partition(".")[2])
    check(decimals > 0, f"{where}: {strategy} has {cells[at]!r}")
    return float(cells[at].replace(",", "")) * UNITS[unit], 0.51 * 10 ** -decimals * UNITS[unit]


def check_totals(question, periods, sums, by_format, page, markdown, totals):
    """Every format has the same sums; those for people have them rounded."""
    for strategy, expected in sums.items():
        for name, rows in by_format.items():
            for column, total in expected.items():
                found = sum(number(row[column]) or 0 for row in rows if row["strategy"] == strategy)
                check(abs(found - total) <= 1e-10 * abs(total) + 1e-6, f"{question}: {strategy} {column} {found} in {name}, not {total}")
        spent = sum(number(row["spend_usd"]) for row in periods if row["strategy"] == strategy)
        headings, *rows = page[f"{strategy}: money"]
        check([each for each in markdown[strategy][1] if each] in totals, f"{question}: the table has no such total of {strategy}")
        for where, headings, cells in (("page", headings, rows[-1]), ("markdown", *markdown[strategy])):
            check(cells[0] == "total", f"{question}: the last row of {strategy} in the {where} is {cells}")
            told, rounding = cash_out(headings, cells, strategy, where)
            check(abs(told - spent) <= rounding, f"{question}: {strategy} spends {told} in the {where}, {spent} in csv")


def totals_of_markdown(text):
    """{strategy: headings and cells of the total of its money} of a plan in markdown."""
    totals = {}
    for title, body in re.findall(r"^### ([^\n]*?): money\n(.*?)(?=^###|^- |\Z)", text, re.S | re.M):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines() if line.startswith("|")]
        totals[title.replace("\\", "")] = (lines[0], lines[-1])
    return totals


def check_actuals(question, periods, document, sheet, database):
    """Plan, actual and variance of each period are the same everywhere. Returns how many figures there are."""
    count = 0
    entries = {(strategy["name"], period["period"]): period
               for strategy in document["strategies"] for period in strategy["periods"]}
    stored = {(row["strategy"], row["period"]): row for row in database.execute("SELECT * FROM plan_actuals")}
    in_sheet = {(row["strategy"], row["period"]): row for row in sheet}
    for row in periods:
        key = (row["strategy"], row["period"])
        has_actual = bool(row.get("actual_date"))
        check(has_actual == ("actual" in entries[key]), f"{question}: {key} has an actual in one of csv and json")
        check(key in stored or not has_actual, f"{question}: {key} is not in results.sqlite")
        if not has_actual:
            continue
        check(stored[key]["actual_date"] == row["actual_date"], f"{question}: {key} of another date in results.sqlite")
        for column in [each for each in row if each.startswith(PLANNED) or each == "correction_usd"]:
            values = [number(row[column]), entries[key]["actual"][column], in_sheet[key][column], stored[key][column]]
            check(all(is_same(values[0], each) for each in values), f"{question}: {key} {column} is {values}")
            count += 1
        for group, table, item in (("accelerators", "plan_actuals_accelerators", ("site", "accelerator")),
                                   ("sites", "plan_actuals_sites", ("site",))):
            found = [dict(each) for each in
                     database.execute(f"SELECT * FROM {table} WHERE strategy = ? AND period = ?", key)]
            expected = entries[key]["actual"][group]
            check(len(found) == len(expected), f"{question}: {key} has {len(found)} rows in {table}")
            for there, here in zip(found, expected):
                check(all(is_same(there[name], here[name]) if name not in item else there[name] == (here[name] or "")
                          for name in here), f"{question}: {key} {there} in {table}, {here} in json")
                count += len(here)
    return count


def check_question(question, folder):
    folder.mkdir()
    said("compare", *question, "--by", "quarter", "--replications", "1", "--output", str(folder / "study"))
    said("run", *question, "--by", "quarter", "--output", str(folder / "run"))
    periods = list(csv.DictReader((folder / "run/plan.csv").read_text().splitlines()))
    document = json.loads(said("run", *question, "--by", "quarter", "--format", "json"))
    sheet = rows_of(read((folder / "run/results.xlsx").read_bytes())["plan"])
    database = sqlite3.connect(folder / "study/results.sqlite")
    database.row_factory = sqlite3.Row
    of_json = [{"strategy": strategy["name"], **period} for strategy in document["strategies"] for period in strategy["periods"]]
    by_format = {"plan.csv": periods, "json": of_json, "results.xlsx": sheet,
                 "results.sqlite": [dict(row) for row in database.execute("SELECT * FROM plan")]}
    results = json.loads((folder / "run/results.json").read_text())
    if "--from" in question:  # periods begin later than the race
        sums = {strategy["name"]: {column: strategy["total"][column] for column in SUMS} for strategy in document["strategies"]}
    else:
        sums = {strategy["name"]: {column: strategy["final"][name] for column, name in SUMS.items()}
                for strategy in results["strategies"]}
    check_totals(question, periods, sums, by_format, tables_of((folder / "run/report.html").read_text()),
                 totals_of_markdown(said("run", *question, "--by", "quarter", "--format", "markdown")),
                 [line.split() for line in said("run", *question, "--by", "quarter").splitlines() if line.startswith("total ")])
    count = check_actuals(question, periods, document, sheet, database)
    check((count > 0) == (question[0] == ACTUALS), f"{question}: {count} figures of actuals")
    database.close()


def main():
    if not PROGRAM:
        print("sums_test: skipped, the program is not built")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        for number, question in enumerate(QUESTIONS):
            check_question(question, pathlib.Path(temporary) / str(number))
    print("sums_test: passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
