"""What held a purchase back: reserves, targets, prices, slots, plans and what stands on the books for nothing."""
import program

check, close, run, run_json = program.check, program.close, program.run, program.run_json


def bought(strategy):
    return sum(each["count"] for each in strategy["bought"])


def most_in_place(strategy):
    """The most accelerators that were in service at any sample, owned and rented together."""
    return max(strategy["series"]["accelerators"])


# Reserves are at the tariffs of the time reserved for: an H100 costs 33,600 USD and its energy from 2025 to 2028
# 0.75 x 1,275 W x 1.25 (PUE) x 26,298 h x 0.1 USD/kWh = 3,143.2 USD; 1e7 / 36,743.2 = 272.16. The 5 USD/kWh of 2040 are nobody's.
_, race = run_json("run", "reserve-dearest")
check(bought(race["once"]) == 272, f"once buys {bought(race['once'])}, not 272")
final = race["once"]["final"]
close(final["energy_cost_usd"], 272 * 0.75 * 1.275 * 1.25 * 26298 * 0.1, "the energy of 272")
close(final["capex_usd"], 272 * 33600, "the price of 272")
for each in race.values():
    spent = each["final"]["capex_usd"] + each["final"]["energy_cost_usd"]
    check(1e7 - 36744 * 1.2 < spent <= 1e7, f"{each['name']} spends {spent} of 10 M USD")

# 127.5 kW are 100 H100 of 1,275 W, owned and rented together; a load of 4e16 FLOP/s is met by as many with rent as without.
_, race = run_json("run", "rented-power")
check(most_in_place(race["ref"]) <= 100, f"ref has up to {most_in_place(race['ref'])} accelerators for a target of 100")
for name in ("own", "rent"):
    check(most_in_place(race[name]) == 100, f"{name} has up to {most_in_place(race[name])} accelerators for a target of 100")
for name, alone in (("cap", "cap0"), ("lot", "lot0")):
    check(abs(most_in_place(race[name]) - most_in_place(race[alone])) <= 1, f"{name}: {most_in_place(race[name])}")

# A quote holds until the next, and after the last one unless the scenario says otherwise. 0.1 /yr after 2023-01-01 until
# 2024-12-31 (1 yr = 365.25 days from 2024-01-01: 730.25 days after the quote).
_, race = run_json("run", "by-date-declines")
close(race["a"]["final"]["capex_usd"], 30000, "an H100 at its only quote")
import math
for decline in (0.1, 0.153):
    _, race = run_json("run", "by-date-declines", "--set", f"hardware.price_decline={decline} /yr")
    close(race["a"]["final"]["capex_usd"], 30000 * math.exp(-decline * 730.25 / 365.25), "with a stated decline")
shown = run("show", "by-date-declines")[0]
check("price_decline" not in shown, "show writes a default out that would then count")
_, race = run_json("run", "-", text=shown)
close(race["a"]["final"]["capex_usd"], 30000, "the scenario that show writes")

# A price before its date is the price: 33,600 x 1.64 / 0.81 = 68,029.63, not e^(0.153 x 0.75) times as much.
EARLY = """
fleetrace: 1
name: early
horizon: {start: 2022-10-01, length: 1 yr}
hardware: {model: catalog, accelerators: [H100]}
operations: {mfu: 0.4}
loss: {reference: 1e24 FLOP}
strategies: {a: {buy: orders, orders: [{at: 2022-10-01, accelerator: H100, count: 1}]}}
"""
_, race = run_json("run", "-", text=EARLY)
close(race["a"]["final"]["capex_usd"], 33600 * 1.64 / 0.81, "an H100 ordered before the date of its price", 1e-10)

# What fits: 140.25 kW / 1.1 = 127.5 kW = 100 x 1,275 W.
_, race = run_json("run", "pue-floor")
check(bought(race["a"]) == 100, f"{bought(race['a'])} of 100 fit")
_, race = run_json("run", "pue-floor", "--set", "sites.main.power=unlimited", "--set", "sites.main.cooling=127.5 kW")
check(bought(race["a"]) == 100 and race["a"]["obstacles"]["cooling"] == 1, "cooling is an obstacle in json")
table = run("run", "pue-floor", "--set", "sites.main.power=unlimited", "--set", "sites.main.cooling=127.5 kW")[0]
check("cooling held back 1 of 1 purchase" in " ".join(table.split()), "cooling is named in the notes")
check("held by" in table and "cooling" in table, "cooling is in the table")
_, race = run_json("run", "pue-floor", "--set", "sites.main={racks: 10, accelerators_per_rack: 8}")
check(bought(race["a"]) == 80 and race["a"]["obstacles"]["space"] == 1, "space is an obstacle in json")

# Slots carry over what they could not buy, whether they are of 31.9 kW (17.9 accelerators of 2030) or of 1.6 kW (0.9 of one).
# B200+n draw 1.8 kW x 2^(n/2.07 - n/2.06), that is 1.785 kW in 2030 (n = 5) and 1.779 kW in 2033 (n = 8): 71 fit 127.5 kW.
_, race = run_json("run", "refresh-slots")
for name in ("coarse", "fine"):
    check(race[name]["final"]["accelerators"] == 71, f"{name} holds {race[name]['final']['accelerators']} where 71 fit")

# What is paid for and never comes: 158 H100, for all of the capex.
_, race = run_json("run", "never-delivered")
final = race["hare"]["final"]
check(final["undelivered_accelerators"] == bought(race["hare"]) > 0, "undelivered accelerators are counted")
close(final["undelivered_usd"], final["capex_usd"], "what they cost", 1e-9)
check(race["hare"]["bought"][0]["undelivered"] == bought(race["hare"]), "the purchase says so, too")
check("not delivered by the end" in " ".join(run("run", "never-delivered")[0].split()), "and so does the table")

# Orders are paid as they come: nothing idles, and nothing binds.
_, race = run_json("run", "orders-idle")
check(race["plan"]["final"]["idle_usd_years"] == 0, f"the plan idles {race['plan']['final']['idle_usd_years']} USD yr")
check([each["constraint"] for each in race["plan"]["binding"]] == ["none"], "and something binds")
check(race["plan"]["final"]["accelerators"] == 2000, "both orders were placed")
_, race = run_json("run", "orders-idle", "--set", "strategies.plan.budget=500e6 USD")
check(race["plan"]["final"]["idle_usd_years"] == 0, "what a budget holds beside the plan is not released")
# 1,000 GB200 are 1,000 x 39,700 USD x 1.1/0.81 = 53.9e6 USD: 80e6 USD pay for the first order and half of the second.
_, race = run_json("run", "orders-idle", "--set", "strategies.plan.budget=80e6 USD")
check(race["plan"]["binding"][-1]["constraint"] == "budget", "a budget that is too small binds")

# What was bought is said, and that it was old; once the old ones are off sale, the swept input decides again.
result, race = run_json("run", "old-chips-on-sale")
first = race["in-2029"]["bought"][0]
check(first["accelerator"] == "GB200" and first["newer_on_sale"] == "VR200+1", f"bought is {first}")
close(first["cost_usd"], race["in-2029"]["final"]["capex_usd"], "the cost of what was bought", 1e-9)
table = " ".join(run("run", "old-chips-on-sale")[0].split())
check(f"in-2029 bought: GB200 {first['count']:,} at" in table and "(2029-06)" in table, "the table lists what was bought")
check("beside VR200+1 of 2028-09" in table, "the table says that something newer was on sale")
OFF = "hardware.off_sale=[{accelerator: GB200, date: 2027-06-01}, {accelerator: VR200, date: 2029-01-01}]"
capacities = set()
for doubling in ("1.5 yr", "2 yr", "3 yr"):
    _, race = run_json("run", "old-chips-on-sale", "--set", OFF, "--set", f"hardware.then.price_performance_doubling={doubling}")
    check([each["accelerator"] for each in race["in-2029"]["bought"]] == ["VR200+1"], "what is off sale is not bought")
    check(race["in-2029"]["bought"][0]["newer_on_sale"] is None, "and nothing newer is on sale")
    capacities.add(race["in-2029"]["final"]["capacity_flop_per_s"])
check(len(capacities) == 3, "the growth of price-performance has no influence")
