"""What the reference says about rules that decide results, each by a number worked out by hand."""
import datetime
import math

from program import check, close, run_json

YEAR_H = 8766
H100 = 989.4e12  # FLOP/s
SAME_DAY = "B300, GB300"  # released on 2025-08-22
HEAD = "fleetrace: 1\nname: inline\n"


def race(text, *options):
    return run_json("run", "-", *options, text=HEAD + text)[1]


def years(race_start, date):
    start = datetime.datetime.fromisoformat(race_start)
    return (datetime.datetime.fromisoformat(date.replace("Z", "")) - start).total_seconds() / 31_557_600


# leapfrog: J falls with the price of what is on sale. B200 came 412 days before the start, the next comes 2 years after it at
# twice its FLOP/s per USD at launch; its price falls by 0.5 a year. With a discount rate of 0.1 it waits while
# ln 2 - 0.5 t - 0.1 (2 - t) > 0, t < 1.2329 years after the launch, that is 0.1049 years after the start: of monthly reviews the
# third is the first after that. Algorithms change nothing about it; a release beyond the horizon is not waited for.
LEAPFROG = """
horizon: {{start: 2026-01-01, length: {length}}}
hardware: {{model: generations, first: B200, cadence: 2 yr, price_performance_rate: 0.5 doublings/yr, price_decline: 0.5 /yr}}
operations: {{mfu: 0.4}}
progress: {progress}
loss: {{reference: 1e24 FLOP}}
strategies: {{a: {{buy: leapfrog, budget: 1e9 USD, discount_rate: 0.1 /yr}}}}
"""
for progress in ("none", "{model: exponential, rate: 2 doublings/yr}"):
    bought = race(LEAPFROG.format(length="4 yr", progress=progress))["a"]["cohorts"]
    close(years("2026-01-01", bought[0]["ordered"]), 2 / 12, "date of leapfrog's purchase")
bought = race(LEAPFROG.format(length="10 months", progress="none"))["a"]["cohorts"]
close(years("2026-01-01", bought[0]["ordered"]) + 1, 1, "date where the next release lies beyond the horizon")

# Grid: 1 MW, 3 MW a year later, 6 MW two years later, each late by a year and a half. An order of 1.75 years that comes half a
# year later counts on 1 MW and the 3 MW that the second phase adds, not on its total.
late = race("""
horizon: {start: 2026-01-01, length: 6 yr}
hardware: {model: trend, price_performance: 1e10 FLOP/s/USD, price_performance_doubling: none,
  power_per_flops: 1 W/(TFLOP/s), energy_efficiency_doubling: none}
supply: {lead_time: 6 months}
sites: {s: {power: 1 MW, grid: [{from: 1 yr, power: 3 MW}, {from: 2 yr, power: 6 MW}], grid_delay: 18 months}}
loss: {reference: 1e26 FLOP}
strategies: {a: {buy: schedule, purchases: [{at: 1.75 yr, amount: 2e9 USD}]}}
""")["a"]
close(late["final"]["capex_usd"], 4e8, "what is ordered while a phase is late")
close(late["final"]["energy_kwh"], 4e3 * 2.5 * YEAR_H, "energy of what waits for both phases")

# Initial fleet: the oldest is given room first, whatever the order of the list; what is past its life is nowhere, not in C0.
fleet = run_json("run", "-", text=HEAD + """
horizon: {start: 2026-01-01, length: 1 yr}
hardware: {model: catalog, accelerators: [H100, B200]}
operations: {mfu: 0.4, lifetime: 5 yr}
sites: {s: {power: 127.5 kW}}
initial_fleet: [{accelerator: B200, count: 100, installed: 2025-06-01}, {accelerator: H100, count: 100, installed: 2024-01-01},
  {accelerator: A100-80, count: 900, installed: 2020-12-01}]
strategies: {a: {buy: none}}
""")[1]["a"]
check([(c["accelerator"], c["in_service"]) for c in fleet["cohorts"]] == [("H100", 100), ("B200", 0)], "H100 stand first")
close(fleet["final"]["reference_compute_flop"], (100 * H100 + 100 * 2250e12) * 0.4 * 31_557_600, "C0 of what is alive")
# On a trend it draws what capacity does at the start, whenever it was installed.
for installed in ("2020-01-01", "2026-01-01"):
    old = race(f"""
horizon: {{start: 2026-01-01, length: 1 yr}}
hardware: {{model: trend, power_per_flops: 1 W/(TFLOP/s), energy_efficiency_doubling: 1 yr}}
initial_fleet: [{{capacity: 1 EFLOP/s, installed: {installed}}}]
strategies: {{a: {{buy: none}}}}
""")["a"]
    close(old["final"]["energy_kwh"], 1e3 * YEAR_H, "energy of capacity of " + installed)

# then: generations follow what was released last, of those of one day the last listed.
THEN = """
horizon: {{start: 2026-01-01, length: 4 yr}}
hardware: {{model: catalog, accelerators: [{listed}], then: {{cadence: 2 yr}}}}
operations: {{mfu: 0.4}}
loss: {{reference: 1e24 FLOP}}
strategies: {{a: {{buy: once, at: 3 yr, budget: 1e9 USD, choose: newest}}}}
"""
last_listed = SAME_DAY.split(", ")
for listed, follows in (("B200, H100", "B200"), ("H100, B200", "B200"), (", ".join(last_listed), last_listed[1]),
                        (", ".join(reversed(last_listed)), last_listed[0])):
    cohort = race(THEN.format(listed=listed))["a"]["cohorts"][0]
    check(cohort["accelerator"].startswith(follows + "+"), f"{follows} is followed in {listed}, not {cohort['accelerator']}")

# Fidelity: fresh batches work as they wear, but their energy is that of the stationary availability where failures are expected.
FRESH = """
horizon: {{start: 2026-01-01, length: 1 yr}}
operations: {{mfu: 0.4, failures: {{law: weibull, shape: 3, mtbf: 8766 h, repair: 4383 h, start: {start}}}}}
initial_fleet: [{{accelerator: H100, count: 1000}}]
loss: {{reference: 1e24 FLOP}}
strategies: {{a: {{buy: none}}}}
"""
fresh = race(FRESH.format(start="fresh"))["a"]["final"]
stationary = race(FRESH.format(start="stationary"))["a"]["final"]
close(fresh["energy_kwh"], 956.25 * YEAR_H * 2 / 3, "energy of a fresh batch")
close(stationary["energy_kwh"], fresh["energy_kwh"], "energy of a stationary batch")
check(fresh["effective_compute_flop"] > 1.1 * stationary["effective_compute_flop"], "what is fresh works more at first")

# exponential_growth: the last review has the money of what is left of the horizon.
GROWTH = """
horizon: {start: 2026-01-01, length: 2.5 yr}
hardware: {model: trend}
loss: {reference: 1e24 FLOP}
strategies: {a: {buy: exponential_growth, first: 1e6 USD/yr, growth: 0.5 /yr, every: 1 yr}}
"""
grown = race(GROWTH)["a"]
close(grown["final"]["capex_usd"], 1e6 * (math.exp(1.25) - 1) / 0.5, "what growing spend comes to")
check([round(c["cost_usd"]) for c in grown["cohorts"]] ==
      [round(2e6 * (math.exp(0.5 * b) - math.exp(0.5 * a))) for a, b in ((0, 1), (1, 2), (2, 2.5))], "money of each interval")

# capacity_triggered: twice a load of 1e17 at an MFU of 0.4 is 505.36 H100: 505, or 512 in lots of 8.
for supply, count in (("", 505), ("supply: {lot: 8}", 512)):
    cohort = race(f"""
horizon: {{start: 2026-01-01, length: 1 yr}}
hardware: {{model: catalog, accelerators: [H100]}}
operations: {{mfu: 0.4}}
{supply}
loss: {{reference: 1e24 FLOP}}
strategies: {{a: {{buy: capacity_triggered, budget: 1e9 USD, load: 1e17 FLOP/s, growth: 0 /yr}}}}
""")["a"]["cohorts"][0]
    check(cohort["size"] == count, f"{count} H100 carry the load, not {cohort['size']}")

# C0 contains goodput; the doublings are those of all compute, also where the loss is that of the best run.
JOB = """
horizon: {{start: 2026-01-01, length: 4 yr}}
operations: {{mfu: 0.4, job: {{interruption_mtbf: 50000 h, checkpoint: 1 min, restart: 10 min}}}}
initial_fleet: [{{accelerator: H100, count: 8000}}]
loss: {{compute: {compute}}}
strategies: {{a: {{buy: none}}}}
"""
all_compute = race(JOB.format(compute="cumulative"))["a"]["final"]
best_run = race(JOB.format(compute="{best_run: {length: 6 months}}"))["a"]["final"]
close(all_compute["reference_compute_flop"], 8000 * H100 * 0.4 * all_compute["goodput"] * 31_557_600, "C0 with goodput")
close(all_compute["compute_doublings"]["total"], math.log2(5), "doublings of four years after one")
close(best_run["compute_doublings"]["total"], math.log2(5), "doublings under best_run")
close(best_run["relative_loss"], 1, "loss of runs that are smaller than C0")

# A release, a purchase and an installation of one instant: the purchase sees the release, and its hardware stands at once.
same = race("""
horizon: {start: 2024-01-01, length: 2 yr}
hardware: {model: catalog, accelerators: [H100, B200]}
operations: {mfu: 0.4}
loss: {reference: 1e24 FLOP}
strategies: {a: {buy: once, at: 2024-11-15, budget: 1e8 USD, choose: newest}}
""")["a"]["cohorts"][0]
check(same["accelerator"] == "B200" and same["in_service"] == same["size"], "what is released is bought in the same instant")

# A ramp: gain^(t/ramp). Two years at 1, one of int 4^x dx = 3/ln 4, one at 4.
ramp = race("""
horizon: {start: 2026-01-01, length: 4 yr}
progress: {model: none, adoptions: [{at: 2 yr, gain: 4, ramp: 1 yr}]}
initial_fleet: [{capacity: 1 EFLOP/s}]
strategies: {a: {buy: none}}
""")["a"]["final"]
close(ramp["effective_compute_flop"] / ramp["reference_compute_flop"], 2 + 3 / math.log(4) + 4, "compute over a ramp")

# Resale where nothing is on sale: by the price of the unit itself on that day; proceeds go where a budget is.
RESALE = """
horizon: {{start: 2024-01-01, length: 2 yr}}
{hardware}
operations: {{mfu: 0.4, lifetime: 2 yr, resale: {{haircut: 0, life: 8 yr}}}}
initial_fleet: [{{accelerator: H100, count: 10, installed: 2023-01-01}}]
strategies: {{a: {{buy: none}}}}
"""
ALL_IN = 33_600 * 1.64 / 0.81
sold = race(RESALE.format(hardware="hardware: {model: catalog, accelerators: [VR200], price_decline: 0.3 /yr}"))["a"]["final"]
age = (datetime.date(2023, 1, 1) - datetime.date(2023, 7, 1)).days / 365.25 + 2  # years since the date of its price, when sold
close(sold["resale_usd"], 10 * ALL_IN * math.exp(-0.3 * age) * 0.75, "resale where nothing is on sale", 1e-6)

# refresh retires what waits for power, too, and sells it as new: 100 after a year of eight in service, 100 that never were.
# Without a decline of prices one is worth what it cost.
swapped = race("""
horizon: {start: 2026-01-01, length: 18 months}
hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}
operations: {mfu: 0.4, lifetime: 4 yr, resale: {haircut: 0, life: 8 yr, proceeds: owner}}
sites: {s: {power: 127.5 kW}}
loss: {reference: 1e24 FLOP}
strategies: {a: {buy: refresh, power: 255 kW, slots: 1, age: 1 yr, budget: 1e9 USD, power_limits: installation}}
""")["a"]
close(swapped["final"]["resale_usd"], ALL_IN * (100 * 7 / 8 + 100), "resale of what works and of what waits", 1e-6)

# Doublings by layer: 100 H100 for four years, 50 B200 for the last two, progress of one doubling a year; gamma of a fleet that
# does not change is that of progress.
LAYERS = """
horizon: {{start: 2026-01-01, length: 4 yr}}
hardware: {{model: catalog, accelerators: [B200]}}
progress: {{model: exponential, rate: 1 doublings/yr}}
operations: {{mfu: 0.4}}
initial_fleet: [{{accelerator: H100, count: 100}}]
loss: {{model: chinchilla}}
strategies: {{a: {strategy}}}
"""
grown = race(LAYERS.format(strategy="{buy: orders, orders: [{at: 2 yr, accelerator: B200, count: 50}]}"))["a"]["final"]
doublings = grown["compute_doublings"]
units = 1 + 4 + 0.5 * 2
peak = 1 + 4 + 0.5 * 2 * 2250e12 / H100
close(doublings["fleet"], math.log2(units), "doublings by the fleet")
close(doublings["hardware"], math.log2(peak / units), "doublings by hardware")
close(doublings["total"], sum(doublings[layer] for layer in ("fleet", "hardware", "utilisation", "algorithm")), "all doublings")
still = race(LAYERS.format(strategy="{buy: none}"))["a"]["final"]
close(still["gamma_per_joule"], 1, "gamma per joule of a fleet that does not change")
close(still["gamma_per_usd"], 1, "gamma per USD of a fleet that does not change")
floor = 1.8172 / (still["absolute_loss"] / still["relative_loss"])
close(still["reducible_loss"], (still["relative_loss"] - floor) / (1 - floor), "reducible loss, a ratio", 1e-8)
