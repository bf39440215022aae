"""Several sites: where fleets stand, what orders foresee, and which accelerator is chosen where rules tie."""
from program import check, close, run_json

YEAR_H = 8766

# Both purchases are on s0 and s1 whole: 5 MW for three years, then 10 MW for two and a half.
result, by = run_json("run", "two-sites-room")
a = by["a"]
close(a["final"]["unspent_usd"], 0, "unspent of two-sites-room")
close(a["final"]["capex_usd"], 1.5e9, "capex of two-sites-room")
close(a["final"]["peak_site_power_w"], 15e6, "peak of two-sites-room")
close(a["final"]["energy_kwh"], (5e3 * 3 + 10e3 * 2.5) * YEAR_H, "energy of two-sites-room")

# The first purchase (5 MW) waits until the second year for s1; the second (1 MW) stands on s0 from its first day on.
result, by = run_json("run", "waits-forever")
a = by["a"]
close(a["final"]["capacity_flop_per_s"], 6e18, "capacity of waits-forever")
close(a["sites"][0]["energy_kwh"], 1e3 * 5 * YEAR_H, "energy of s0 of waits-forever")
close(a["sites"][1]["energy_kwh"], 5e3 * 4 * YEAR_H, "energy of s1 of waits-forever")

# 5 MW fit s1 alone, 2 MW s0.
result, by = run_json("run", "first-site-with-room")
close(by["a"]["final"]["energy_cost_usd"], 17.532e6 * 0.03 + 43.83e6 * 0.20, "energy cost of first-site-with-room")

# Generations of equal efficiency: whoever chooses by the watt buys the cheapest of them, as does who chooses by the dollar.
result, by = run_json("run", "watt-tie")
for figure in ("relative_loss", "accelerators", "spend_usd"):
    close(by["watt"]["final"][figure], by["usd"]["final"][figure], figure + " of watt-tie")
check(by["watt"]["final"]["accelerators"] == 14_694, "watt buys 14,694 of the last generation")

# Of 10 MW 4,273 H100 on their way take 5,448,075 W at their own 1,275 W, which leaves room for 2,528 B200 of 1,800 W.
result, by = run_json("run", "two-sites-two-types")
check([cohort["size"] for cohort in by["a"]["cohorts"]] == [4_273, 2_528], "4,273 H100, then 2,528 B200 of two-sites-two-types")

TREND = """
fleetrace: 1
name: inline
horizon: {{start: 2026-01-01, length: 6 yr}}
hardware: {{model: trend, price_performance: 1e10 FLOP/s/USD, price_performance_doubling: none,
  power_per_flops: 1 W/(TFLOP/s), energy_efficiency_doubling: none}}
loss: {{reference: 1e26 FLOP}}
{more}
strategies: {{a: {{buy: schedule, purchases: [{purchases}]}}}}
"""


def trend(more, *purchases):
    """The strategy's results where 1e8 USD buy 1 MW."""
    rows = ", ".join(f"{{at: {at} yr, amount: {megawatt * 1e8} USD}}" for at, megawatt in purchases)
    return run_json("run", "-", text=TREND.format(more=more, purchases=rows))[1]["a"]


# An order of 6 MW that comes in the second year finds s0 taken by what came before it (4 MW), and s1 open by then.
plan = trend("supply: {lead_time: 1 yr}\nsites: {s0: {power: 5 MW}, s1: {grid: [{from: 1.75 yr, power: 6 MW}]}}",
             (0, 4), (1, 6))
close(plan["final"]["unspent_usd"], 0, "unspent of an order for a site that opens")
close(plan["sites"][1]["energy_kwh"], 6e3 * 4 * YEAR_H, "energy of the site that opens")

# What comes before s0 opens stands on s1, so that the order that comes after it finds s0 whole.
plan = trend("supply: {lead_time: 1 yr}\nsites: {s0: {grid: [{from: 1.25 yr, power: 8 MW}]}, s1: {power: 5 MW}}", (0, 5), (0.5, 8))
close(plan["final"]["capex_usd"], 1.3e9, "capex of an order for the first site")
close(plan["sites"][0]["energy_kwh"], 8e3 * 4.5 * YEAR_H, "energy of the first site")

# A life shorter than the lead time: what comes before an order is gone when it comes.
plan = trend("supply: {lead_time: 1 yr}\noperations: {lifetime: 6 months}\nsites: {s0: {power: 5 MW}}", (0, 5), (0.75, 5))
close(plan["final"]["capex_usd"], 1e9, "capex of an order after a short life")
close(plan["final"]["energy_kwh"], 5e3 * 1 * YEAR_H, "energy of two short lives")

# A block of the initial fleet that fits nowhere takes no room from an order that fits.
plan = trend("sites: {s0: {power: 4 MW}}\ninitial_fleet: [{capacity: 5 EFLOP/s}]", (1, 3))
close(plan["final"]["capacity_flop_per_s"], 3e18, "capacity beside a block that fits nowhere")

# A fleet that stands on another site takes nothing of the room that lookahead plans with: it waits as it would without it.
LOOKAHEAD = """
fleetrace: 1
name: inline
horizon: {{start: 2026-01-01, length: 6 yr}}
hardware: {{model: trend, price_performance_doubling: 2 yr, power_per_flops: 1 W/(TFLOP/s), energy_efficiency_doubling: none}}
sites: {{s0: {{power: 30 MW}}, s1: {{power: 10 MW}}}}
initial_fleet: {fleet}
loss: {{reference: 1e26 FLOP}}
strategies: {{a: {{buy: lookahead, budget: 1e7 USD, sites: [s1]}}}}
"""
ordered = [run_json("run", "-", text=LOOKAHEAD.format(fleet=fleet))[1]["a"]["cohorts"][-1]["ordered"]
           for fleet in ("[]", "[{capacity: 20 EFLOP/s, site: s0}]")]
check(ordered[0] == ordered[1] and ordered[0] > "2027", f"lookahead buys on the same date: {ordered}")

# The newest accelerator is bought, neither the most efficient nor the cheapest: H20 came after H100, and is worse in both.
NEWEST = """
fleetrace: 1
name: inline
horizon: {start: 2026-01-01, length: 1 yr}
hardware: {model: catalog, accelerators: [H20, H100]}
operations: {mfu: 0.4}
loss: {reference: 1e24 FLOP}
strategies:
  newest: {buy: once, at: 0 days, budget: 1e7 USD, choose: newest}
  usd: {buy: once, at: 0 days, budget: 1e7 USD}
"""
result, by = run_json("run", "-", text=NEWEST)
check(by["newest"]["cohorts"][0]["accelerator"] == "H20", "the newest is H20")
check(by["usd"]["cohorts"][0]["accelerator"] == "H100", "the best by the dollar is H100")
