"""Slips that are warned about with their size, and what is said twice."""
from program import call, check

RACE = """fleetrace: 1
name: slips
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: catalog, accelerators: [H100]}
operations: {mfu: 0.4}
sites: {hall: {power: 20 MW, electricity: 0.08 USD/kWh}}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
strategies: {a: {buy: once, budget: 1e7 USD, at: 1 yr}}
"""


def said(old, new, code=0):
    check(old in RACE, f"there is no {old}")
    return call("validate", "-", text=RACE.replace(old, new), code=code)[1]


check(said("mfu: 0.4", "mfu: 0.40") == "", "a warning about nothing")
for old, new, words in (
        ("power: 20 MW", "power: 0.02 TW", "warning: sites.hall.power: 0.02 TW is unusually high (2 times the 10 GW"),
        ("mfu: 0.4", "mfu: 0.4, failures: {law: exponential, repair: 72 days}", "warning: operations.failures.repair: 72 days is unusually high (2.4 times the"),
        ("mfu: 0.4", "mfu: 0.4, shares: [{training: 0.5, serving: 0, research: 0.2}]", "warning: operations.shares.0.research: it changes nothing"),
        ("buy: once, budget: 1e7 USD, at: 1 yr", "buy: none, budget_covers: all", "warning: strategies.a.budget_covers: it changes nothing"),
        ("buy: once, budget: 1e7 USD, at: 1 yr", "buy: none, sites: [hall]", "warning: strategies.a.sites: it changes nothing"),
        ("buy: once, budget: 1e7 USD, at: 1 yr", "buy: real_option, budget: 1e7 USD, break_even: 1e10 FLOP/s/USD, learns: true",
         "warning: strategies.a.learns: it changes nothing (buy: real_option does not read it here)")):
    check(words in said(old, new), f"{new}: {said(old, new)}")
# What begins at the end of the horizon or later changes nothing.
for old, new, path in (
        ("power: 20 MW", "power: 20 MW, grid: [{from: 2030-01-01, power: 30 MW}]", "sites.hall.grid.0.from: 2030-01-01"),
        ("0.08 USD/kWh", "0.08 USD/kWh, tariffs: [{from: 5 yr, electricity: 0.1 USD/kWh}]", "sites.hall.tariffs.0.from: 2031-01-01"),
        ("[H100]", "[H100], off_sale: [{accelerator: H100, date: 2031-01-01}]", "hardware.off_sale.0.date: 2031-01-01")):
    check(f"warning: {path} is beyond the horizon" in said(old, new), f"{new}: {said(old, new)}")
check(said("power: 20 MW", "power: 20 MW, grid: [{from: 2029-12-31, power: 30 MW}]") == "", "a phase on the last day")
# A whole split of the fleet is said in full without a warning, and a budget that is covered is read.
check(said("mfu: 0.4", "mfu: 0.4, shares: [{training: 0.5, serving: 0.3, research: 0.2}]") == "", "a whole split")
check("loss.targets: 0.9 is listed twice" in said("operations: {mfu: 0.4}", "operations: {mfu: 0.4}\nloss: {targets: [0.9, 0.8, 0.9]}", code=3),
      "a target twice")
