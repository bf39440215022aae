"""Values at a date come from the events of that date, and totals weigh what they say they weigh."""
import csv
import io

from program import check, close, run, run_json

# 1,000 H100 draw 956.25 W each on average: 1,195.3125 kW at PUE 1.25, 119.53125 USD/h at 0.1 USD/kWh. They take 0.497885 yr of
# 8,766 h to the target, whatever the density of the series: 521,689.40 USD.
for every in ("1 days", "15 days", "1 months", "3 yr"):
    report, strategies = run_json("compare", "cost-by-sampling", "--set", f"horizon.sample_every={every}")
    close(strategies["a"]["mean"], 521689.40, f"the cost to the target at samples every {every}", 1e-8)

# 1,000 accelerators, and 100 more on 2025-01-01: 1,100 nine days later, though no sample lies in between.
run("run", "accelerators-at", "--fail-if", "a.accelerators < 1100 at 2025-01-10")
run("run", "accelerators-at", "--fail-if", "a.accelerators > 1000 at 2024-12-31")
run("run", "accelerators-at", "--fail-if", "a.accelerators < 1100 at 2025-01-01")
run("run", "accelerators-at", "--fail-if", "a.accelerators >= 1100 at 2025-01-10", code=4)
run("whatif", "accelerators-at", "--fail-if", "a.accelerators < 1100 at 2025-01-10", "--set",
    "strategies.a.orders.0.count=200")
run("compare", "accelerators-at", "--fail-if", "a.accelerators < 1100 at 2025-01-10")
# 62 orders make 1,062 by that date; a value read off the samples would not move.
output, _ = run("solve", "accelerators-at", "--for", "initial_fleet.0.count", "--until", "a.accelerators >= 1062 at 2025-01-10")
check("962" in output, f"solve finds no initial fleet of 962:\n{output}")

# From day 364.25 of 730.5 on half of the fleet trains and is interrupted half as often: of 5,668.14 about three quarters.
_, strategies = run_json("run", "goodput-with-shares")
still = strategies["still"]["final"]
close(still["interruptions"], 5668.14 * (364.25 + 366.25 / 2) / 730.5, "interruptions", 1e-6)
check(.906 < still["goodput"] < .953, f"goodput {still['goodput']}")
close(still["mfu"], 0.4, "mfu")

# 18,000 H100 a year old are written off by four of six years, those that wait for power like the others.
_, strategies = run_json("run", "negative-depreciation")
fleet = strategies["fleet"]
cost = sum(cohort["cost_usd"] for cohort in fleet["cohorts"])
close(fleet["final"]["accounting_depreciation_usd"], cost * 4 / 6, "what was written off")

# 10,000 H100 of 1,275 W: 15.3 MW with PUE 1.2 by nameplate, three quarters of it on average. The names say which is which.
output, _ = run("run", "two-powers", "--format", "csv")
rows = list(csv.DictReader(io.StringIO(output)))
close(max(float(row["average_site_power_w"]) for row in rows), 0.75 * 15.3e6, "the average draw")
close(max(float(row["nameplate_site_power_w"]) for row in rows), 15.3e6, "the nameplate power")
_, strategies = run_json("run", "two-powers")
close(strategies["fleet"]["final"]["peak_site_power_w"], 15.3e6, "the peak")
output, _ = run("run", "two-powers")
check("nameplate" in output, "the table does not say what its peak is of")

# 1,000 H100 draw 1.275 MW, and 30 MW / 1.5 x 0.5 = 10 MW of overhead are drawn from the phase of 2028 on.
_, strategies = run_json("run", "peak-after-phase")
close(strategies["a"]["final"]["peak_site_power_w"], 11.275e6, "the peak after the phase")

# Capacity of a trend that does not say what it draws: energy is not 0, it is not modelled.
unpowered = """fleetrace: 1
name: unpowered
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: trend, price_performance: 1e10 FLOP/s/USD, price_performance_doubling: 2 yr}
operations: {mfu: 0.4}
initial_fleet: [{capacity: 1e18 FLOP/s}]
strategies: {a: {buy: none}}
"""
_, strategies = run_json("run", "-", text=unpowered)
for key in ("energy_kwh", "peak_site_power_w"):
    check(strategies["a"]["final"][key] is None, f"{key} is {strategies['a']['final'][key]!r} where power is not modelled")
check(all(value is None for value in strategies["a"]["series"]["energy_kwh"]), "the series has energy")
output, _ = run("run", "-", "--format", "csv", text=unpowered)
check(all(row["energy_kwh"] == "" for row in csv.DictReader(io.StringIO(output))), "the CSV has energy")
_, messages = run("run", "-", "--fail-if", "energy_kwh < 1", text=unpowered, code=2)
check("nothing in the scenario says what power it draws" in messages, f"a guard on energy says:\n{messages}")
