"""Energy that is not modelled is no number in any result of any study, and not 0."""
import csv
import io
import json
import pathlib
import sqlite3
import tempfile

from program import call, check

RACE = """fleetrace: 1
name: powerless
horizon: {start: 2026-01-01, length: 2 yr}
hardware: {model: trend}
operations: {mfu: {uniform: {low: 0.3, high: 0.5}}}
initial_fleet: [{capacity: 1e18 FLOP/s}]
strategies: {a: {buy: front_loaded, budget: 1e7 USD}, b: {buy: incremental, budget: 1e7 USD}}
"""
POWERED = RACE.replace("model: trend", "model: trend, power_per_flops: 2 W/(TFLOP/s)")


def rows(verb, *options, text=RACE):
    return list(csv.DictReader(io.StringIO(call(verb, "-", *options, "--format", "csv", "--quiet", text=text)[0])))


def ask(verb, *options, text=RACE):
    return json.loads(call(verb, "-", *options, "--format", "json", "--quiet", text=text)[0])


three = ("--replications", "3")
for verb, options in (("compare", three), ("sweep", (*three, "--vary", "horizon.length=1 yr,2 yr")), ("whatif", (*three, "--set", "operations.mfu=0.3"))):
    for row in rows(verb, *options):
        cells = {name: cell for name, cell in row.items() if "energy" in name}
        check(cells and not any(cells.values()), f"{verb}: {cells}")
    powered = [cell for row in rows(verb, *options, text=POWERED) for name, cell in row.items() if name in ("mean_energy_kwh", "energy_kwh")]
    check(powered and all(float(cell) > 0 for cell in powered), f"{verb}: {powered} where power is known")

compared = ask("compare", *three)
check(all(each["mean_energy_kwh"] is None and each["pareto_energy"] is None for each in compared["strategies"]), "compare in JSON")
check(any(each["pareto_energy"] for each in ask("compare", *three, text=POWERED)["strategies"]), "a front where power is known")
check(all(each["mean_energy_kwh"] is None for point in ask("sweep", *three, "--vary", "horizon.length=1 yr,2 yr")["points"]
          for each in point["strategies"]), "sweep in JSON")
futures = ask("whatif", *three, "--set", "operations.mfu=0.3")["futures"]
check(all("energy" not in each["measures"] for future in futures for each in future["strategies"]), "whatif in JSON")
lines = call("compare", "-", *three, "--format", "jsonl", "--quiet", text=RACE)[0].splitlines()
check(len(lines) == 6 and all(json.loads(line)["energy_kwh"] is None for line in lines), "compare in JSONL")
table = call("compare", "-", *three, "--quiet", text=RACE)[0]
check("energy" not in table, f"the table speaks of energy: {table}")

# A folder: its database, its page, and the page that is written anew from what was kept.
with tempfile.TemporaryDirectory() as top:
    folder = pathlib.Path(top, "study")
    call("compare", "-", *three, "--output", str(folder), "--quiet", text=RACE)
    database = sqlite3.connect(f"file:{folder}/results.sqlite?mode=ro", uri=True)
    for query in ("SELECT energy_kwh FROM replications", "SELECT mean_energy_kwh FROM summary", "SELECT energy_kwh FROM series"):
        values = {value for (value,) in database.execute(query)}
        check(values == {None}, f"{query}: {values}")
    page = (folder / "report.html").read_text(encoding="utf-8")
    check("objective and energy" not in page, "the page ranks by energy")
    call("report", str(folder))
    check((folder / "report.html").read_text(encoding="utf-8") == page, "another page")
    # Replications that are kept are taken up again, no number and all.
    call("compare", "-", "--replications", "5", "--output", str(folder), "--quiet", text=RACE)
    check(len(json.loads((folder / "results.json").read_text(encoding="utf-8"))["strategies"]) == 2, "a study that goes on")

# Where one strategy draws power and another does not, each has what it has.
mixed = RACE.replace("b: {buy: incremental, budget: 1e7 USD}",
                     "b: {buy: incremental, budget: 1e7 USD, with: {hardware: {power_per_flops: 2 W/(TFLOP/s)}}}")
energy = {each["name"]: each["mean_energy_kwh"] for each in ask("compare", *three, text=mixed)["strategies"]}
check(energy["a"] is None and energy["b"] > 0, f"one of two: {energy}")
