"""What is written can be read back: in the unit and kind in which the scenario writes it, and to the same bits.

Draws are kept as the quantity that the scenario names, every column ends in its unit, and no cell holds one.
"""
import csv
import datetime
import io
import json
import pathlib
import re
import sqlite3
import tempfile

from cells import UNIT_IN_CELL, is_number
from program import HERE, check, close, run, run_json

def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def without_comments(text):
    return re.sub(r" *# .*", "", text)


def check_cells(text, what):
    table = list(csv.reader(io.StringIO(text)))
    for line in table[1:]:
        for name, cell in zip(table[0], line):
            is_date = re.match(r"^\d{4}-\d\d-\d\d", cell)
            check(is_date or is_number(cell) or not UNIT_IN_CELL.match(cell), f"{what}: the cell {cell!r} of {name} holds a unit")
            check(cell.count(" ") < 3, f"{what}: the cell {cell!r} of {name} is prose")
    return rows(text)


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0] * len(values)
    for rank, index in enumerate(order):
        result[index] = rank
    return result


def spearman(a, b):
    a, b = ranks(a), ranks(b)
    middle = (len(a) - 1) / 2
    return (sum((x - middle) * (y - middle) for x, y in zip(a, b)) / sum((x - middle) ** 2 for x in a))


def columns_of(database, table):
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


with tempfile.TemporaryDirectory() as folder:
    # Doubling times from 1 to 3 yr, and lifetimes that rise with them: 500 draws of a rank correlation of 0.9 come out within
    # five standard errors, (1 - 0.81) / sqrt(500) = 0.0085 each (Bonett and Wright: 1.06 times that).
    run("compare", "draws-inverted", "--output", f"{folder}/draws", "--quiet")
    database = sqlite3.connect(f"file:{folder}/draws/results.sqlite?mode=ro", uri=True)
    times, lives = zip(*database.execute(
        'SELECT "hardware.price_performance_doubling_yr", "operations.lifetime_yr" FROM draws ORDER BY replication'))
    check(len(times) == 500, "a row a replication")
    for name, values in (("doubling times", times), ("lifetimes", lives)):
        check(1 <= min(values) < 1.1 and 2.9 < max(values) <= 3, f"{name} from {min(values)} to {max(values)} yr")
    close(spearman(times, lives), 0.9, "the rank correlation of what is kept", relative=0.05)
    lines = [json.loads(line) for line in run("compare", "draws-inverted", "--format", "jsonl", "--quiet")[0].splitlines()]
    close(lines[7]["inputs"]["hardware.price_performance_doubling_yr"], times[7], "a draw in JSON lines")
    one = run_json("run", "draws-inverted", "--replication", "7")[0]["inputs"]
    # In the unit of the scenario: the law reads "low: 1 yr".
    check([(each["unit"], each["taken"]) for each in one] == [("yr", "drawn")] * 2, "the inputs of a run")
    close(one[0]["value"], times[7], "a draw in the JSON of a run")
    # Set to the value that is written there, the input is the very draw.
    written = json.loads(run("run", "draws-inverted", "--replication", "7", "--format", "json")[0], parse_float=str)["inputs"]
    again = run_json("run", "draws-inverted", *(
        part for each in written for part in ("--set", f"{each['path']}={each['value']} {each['unit']}")),
        "--set", "study.correlations=[]")[1]
    drawn = run_json("run", "draws-inverted", "--replication", "7")[1]
    check(again["hare"]["final"] == drawn["hare"]["final"], "a draw is read back to the same bits")

    # As docs/results.md promises: every column ends in its unit.
    run("compare", "units-promised", "--output", f"{folder}/units", "--quiet")
    database = sqlite3.connect(f"file:{folder}/units/results.sqlite?mode=ro", uri=True)
    check({"npv_usd", "spend_usd", "energy_kwh", "effective_compute_flop", "time_to_target_yr"}
          <= set(columns_of(database, "replications")), "columns of replications")
    check({"mean_usd", "sd_usd", "ci_low_usd"} <= set(columns_of(database, "summary")), "columns of the summary")
    check(columns_of(database, "draws") == ["replication", "supply.lead_time_months", "progress.doubling_months"],
          f"columns of draws: {columns_of(database, 'draws')}")
    low, high = database.execute('SELECT min("supply.lead_time_months"), max("supply.lead_time_months") FROM draws').fetchone()
    check(3 <= low < high <= 12, f"lead times from {low} to {high} months")
    summary = check_cells(pathlib.Path(f"{folder}/units/results.csv").read_text(encoding="utf-8"), "compare")
    check({"mean_usd", "sd_usd", "median_usd"} <= set(summary[0]), "columns of results.csv")
    line = json.loads(run("compare", "units-promised", "--format", "jsonl", "--quiet")[0].splitlines()[0])
    check("npv_usd" in line and "npv" not in line, "members of JSON lines")
    shown = run("show", "units-promised")[0]
    # sqrt(5 x 14) = 8.366600265340756 months, sqrt(27) / ... of the triangle: 12 - sqrt(6 x 9 / 2) = 6.80384757729337 months.
    check("# median 8.36660026534" in shown and " months" in shown.split("# median 8.366")[1].split("\n")[0], "the median's unit")
    close(float(re.search(r"# median (\S+) months", shown.split("lead_time")[1]).group(1)), 12 - 27 ** 0.5, "the median lead time")

    # Sweeps, sensitivities, what-ifs and solutions hold numbers, dates and names.
    sweep = check_cells(run("sweep", "units-promised", "--vary", "horizon.length=18 months,4 yr", "--vary",
                            "progress.doubling=6 months,{uniform: {low: 5 months, high: 9 months}}", "--format", "csv", "--quiet")[0],
                        "sweep")
    check([row["horizon.length_months"] for row in sweep] == ["18", "18", "48", "48"], "an axis in the unit of its column")
    check([row["progress.doubling_number"] for row in sweep] == ["1", "2", "1", "2"], "an axis of sections")
    effects = check_cells(run("sensitivity", "units-promised", "--points", "8", "--format", "csv", "--quiet")[0], "sensitivity")
    by_input = {row["input"]: row for row in effects}
    close(float(by_input["supply.lead_time"]["median_months"]), 12 - 27 ** 0.5, "the median of a sensitivity")
    check("result_05_usd" in effects[0], "the results of a sensitivity are in USD")
    what_if = check_cells(run("whatif", "units-promised", "--set", "sites.hall.power=1 MW", "--format", "csv", "--quiet")[0], "whatif")
    check({"spend_usd", "spend_difference_usd", "effective_compute_flop"} <= set(what_if[0]), "columns of a what-if")

# 4e6 USD rent 4e6 / (2,160 h x p) accelerators for 90 days: 600 of them at p = 4e6 / 2,160 / 600 = 3.08642 USD/h, six digits of
# which are on the side that meets the goal at 3.08641.
COMPUTE = f"{599.5 * 989.4e12 * 0.38 * 90 * 86400:.9e}"
price = run_json("solve", "solve-units", "--for", "rental.price", "--until", f"renter.physical_compute_flop >= {COMPUTE}")[0]
check((price["unit"], price["written"]) == ("USD/h", "3.08641 USD/h"), f"a rent by the hour: {price['written']}")
close(price["value"], 3.08641, "its number", relative=0)
length = run_json("solve", "solve-units", "--for", "horizon.length", "--until", "owner.energy_kwh >= 1e8")[0]
check(length["unit"] == "days" and re.fullmatch(r"[0-9.]+ days", length["written"]), f"a length: {length['written']}")
date = run_json("solve", "solve-units", "--for", "sites.hall.grid.0.from", "--until", "owner.energy_kwh >= 1.5e8")[0]
check(re.fullmatch(r"2026-\d\d-\d\d", date["written"]), f"a date: {date['written']}")
check(date["value"] == date["written"], "the value is the date")
for asked, path, goal in ((price, "rental.price", f"renter.physical_compute_flop < {COMPUTE}"),
                          (length, "horizon.length", "owner.energy_kwh < 1e8"),
                          (date, "sites.hall.grid.0.from", "owner.energy_kwh < 1.5e8")):
    # What is written is read, and meets the goal.
    run("run", "solve-units", "--set", f"{path}={asked['written']}", "--fail-if", goal)
table = check_cells(run("solve", "solve-units", "--for", "sites.hall.grid.0.from", "--until", "owner.energy_kwh >= 1.5e8", "--format",
                        "csv")[0], "solve")
check(all(re.match(r"\d{4}-\d\d-\d\d", row["value"]) for row in table), "the dates that were tried")
money = run("solve", "units-promised", "--for", "strategies.plan.budget", "--until", "plan.spend_usd >= 4.85e9")[0]
check(re.search(r"budget of at least 4\.\d+ billion USD \(strategies\.plan\.budget\)", " ".join(money.split())), f"a sum of money: {money.splitlines()[0]}")

# What is shown is read: lists of seconds and of bytes as well.
listed = """fleetrace: 1
name: listed
horizon: {start: 2026-01-01, length: 2 yr}
hardware: {model: catalog, accelerators: [H100]}
operations:
  mfu: 0.4
  failures: {law: exponential, mtbf: 50000 h, repair: {empirical: {values: [1.234567 h, 0.1 s, 77.7 min, 3 days]}}}
loss: {reference: 1e25 FLOP}
strategies: {plan: {buy: front_loaded, budget: {choice: {values: [1e8 USD, 0.3 B USD]}}}}
"""
shown = run("show", "-", text=listed)[0]
check("values: [1.234567 h, 0.1 s, 77.7 min, 3 days]" in shown, "a list is shown as it is written")
check(without_comments(run("show", "-", text=shown)[0]) == without_comments(shown), "what is shown is shown again")
run("validate", "-", text=shown)

# As json.dumps and PyYAML write scenarios: quantities and dates in quotes, dates as Python has them.
scenario = {"fleetrace": 1, "name": "python", "horizon": {"start": "2026-01-01", "length": "2 yr"},
            "hardware": {"model": "catalog", "accelerators": ["H100"]}, "operations": {"mfu": "0.4", "lifetime": "18 months"},
            "initial_fleet": [{"accelerator": "H100", "count": 100, "installed": str(datetime.date(2025, 1, 1))}],
            "strategies": {"plan": {"buy": "once", "budget": "1e8 USD",
                                    "at": str(datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.timezone.utc))}}}
plain = """fleetrace: 1
name: python
horizon: {start: 2026-01-01, length: 2 yr}
hardware: {model: catalog, accelerators: [H100]}
operations: {mfu: 0.4, lifetime: 18 months}
initial_fleet: [{accelerator: H100, count: 100, installed: 2025-01-01}]
strategies: {plan: {buy: once, budget: 1e8 USD, at: 2026-07-01T12:00:00Z}}
"""
pyyaml = """fleetrace: 1
hardware:
  accelerators:
  - H100
  model: catalog
horizon:
  length: 2 yr
  start: '2026-01-01'
initial_fleet:
- accelerator: H100
  count: 100
  installed: 2025-01-01
name: python
operations:
  lifetime: 18 months
  mfu: 0.4
strategies:
  plan:
    at: 2026-07-01 12:00:00+00:00
    budget: 1e8 USD
    buy: once
"""
expected = run_json("run", "-", text=plain)[1]["plan"]
for what, text in (("json.dumps", json.dumps(scenario)), ("json.dumps with an indent", json.dumps(scenario, indent=2)),
                   ("json.dumps with tabs", json.dumps(scenario | {"description": "\U0001F422"}, indent="\t")), ("PyYAML", pyyaml)):
    check(run_json("run", "-", text=text)[1]["plan"] == expected, f"a scenario by {what}")

# 32.76 MW are 32,760,000 W: of accelerators of N W, as many fit as decimals say. The first power of two digits after the point at
# which a product of doubles falls short of the whole number is tried, with what a single accelerator takes at a PUE of 1.
full = """fleetrace: 1
name: full
horizon: {{start: 2026-01-01, length: 1 yr}}
hardware: {{model: catalog, accelerators: [H100]}}
operations: {{mfu: 0.4}}
sites: {{hall: {{power: {power} MW, pue: 1}}}}
loss: {{reference: 1e25 FLOP}}
strategies: {{plan: {{buy: front_loaded, budget: 2e9 USD}}}}
"""
WATTS = 1275  # of an H100 with its share of the server
short = [count for count in range(1, 40_000)
         if float(f"{count * WATTS / 1e6:.6f}") * 1e6 < count * WATTS]
check(short, "there are products that fall short")
for count in short[:3] + short[-3:]:
    power = f"{count * WATTS // 10**6}.{count * WATTS % 10**6:06d}"
    bought = run_json("run", "-", text=full.format(power=power))[1]["plan"]["final"]["accelerators"]
    check(bought == count, f"{power} MW hold {bought} accelerators of {WATTS} W, and should hold {count}")
