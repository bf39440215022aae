"""Stages of the horizon, of what is on sale and how it is delivered, of sites, and of how the fleet is run."""
from base import base, instead
from walk import Stage

NEXT = {"cadence": "1 yr", "price_performance_doubling": "2 yr", "energy_efficiency_doubling": "2 yr"}


def horizon(reference):
    stage = Stage(reference, ("scenario", "horizon"), base(), "horizon")
    stage.takes("start", "2026-07-01").takes("length", "3 yr").takes("sample_every", "10 days")
    dated = base(horizon=instead(start="2026-01-01", end="2030-01-01"))
    Stage(reference, ("scenario", "horizon"), dated, "horizon").takes("end", "2029-06-01")
    top = Stage(reference, ("scenario", "scenario"), base(), "")
    top.takes("horizon", {"start": "2026-01-01", "length": "3 yr"}).takes("hardware", {"model": "catalog", "accelerators": ["H100"]})
    top.takes("supply", {"lead_time": "6 months"}).takes("progress", "exponential").takes("operations", {"mfu": 0.3})
    top.is_refused("demand", {"load": "1e19 FLOP/s"}, "nothing serves").takes("sites", None).takes("finance", {"discount_rate": 0.1})
    top.takes("initial_fleet", [{"accelerator": "H100", "count": 900, "installed": "2025-01-01"}])
    top.takes("strategies", {"b": {"buy": "front_loaded", "budget": "1e8 USD"}})


def actuals(reference):
    """A forecast: counts and money are corrected, and what is metered is set beside the plan alone."""
    row = {"strategy": "a", "date": "2027-01-01", "site": "hall", "accelerator": "H100", "count": 900, "power": "1 MW", "spend": "3e7 USD"}
    late = {"strategy": "a", "date": "2027-01-01", "site": "hall", "accelerator": "B200", "count": 100, "expected": "2027-09-01"}
    scenario = base(horizon={"from": "2027-02-01"}, actuals=[row, late],
                    strategies={"b": {"buy": "incremental", "budget": "2e8 USD", "every": "6 months"}})
    entry = ("scenario", "actuals")
    stage = Stage(reference, entry, scenario, "actuals.0")
    stage.takes("strategy", "b").is_refused("date", "2027-01-15", "there is no count of").is_refused("site", "annex", "there is no site")
    stage.is_refused("accelerator", "B200", "counted twice").takes("count", 800).takes("spend", "5e7 USD")
    stage.is_idle("power", "2 MW", why="it is set beside the plan and corrects nothing")
    Stage(reference, entry, scenario, "actuals.1").takes("strategy", "every").takes("expected", "2028-03-01").takes("count", 50)
    Stage(reference, ("scenario", "horizon"), scenario, "horizon").takes("from", None)
    Stage(reference, ("scenario", "scenario"), scenario, "").takes("actuals", None)


def hardware(reference):
    entry = ("hardware", "catalog")
    stage = Stage(reference, entry, base(hardware={"then": NEXT}), "hardware")
    stage.takes("accelerators", ["H100"]).takes("then", None).takes("precision", "fp8").takes("server_overhead", 1.8).takes("interconnect_share", 0.25).moves("price_decline")
    stage.takes("price", {"model": "learning", "learning_rate": 0.3})
    stage.takes("then.cadence", "18 months").takes("then.regularity", 4)
    stage.takes("then.price_performance_doubling", "18 months").takes("then.energy_efficiency_doubling", "18 months")
    random = Stage(reference, entry, base(hardware={"then": {**NEXT, "regularity": 4}}), "hardware")
    random.takes("then.matched", "log")
    ends = Stage(reference, entry, base(hardware={"off_sale": [{"accelerator": "B200", "date": "2027-01-01"}]}), "hardware")
    ends.takes("off_sale", None).takes("off_sale.N.accelerator", "H100").takes("off_sale.N.date", "2027-09-01")

    entry = ("hardware", "generations")
    series = base(hardware=instead(model="generations", first="H100", **NEXT))
    stage = Stage(reference, entry, series, "hardware")
    stage.takes("first", "B200").takes("cadence", "18 months").takes("regularity", 4).takes("precision", "fp8")
    stage.takes("price_performance_doubling", "18 months").takes("energy_efficiency_doubling", "18 months")
    stage.takes("server_overhead", 1.8).takes("interconnect_share", 0.25).moves("price_decline").takes("price", {"model": "learning", "learning_rate": 0.3})
    Stage(reference, entry, base(hardware=instead(model="generations", first="H100", **NEXT, regularity=4)), "hardware").takes("matched", "log")
    ends = base(hardware=instead(model="generations", first="H100", **NEXT, off_sale=[{"accelerator": "H100+4", "date": "2026-12-01"}]))
    stage = Stage(reference, entry, ends, "hardware").takes("off_sale", None).takes("off_sale.N.accelerator", "H100+3").takes("off_sale.N.date", "2027-03-01")

    entry = ("hardware", "trend")
    trend = base(hardware=instead(model="trend", power_per_flops="2 W/(TFLOP/s)"), operations=None,
                 initial_fleet=[{"capacity": "1e18 FLOP/s"}])
    stage = Stage(reference, entry, trend, "hardware")
    stage.moves("price_performance", "power_per_flops").takes("price_performance_doubling", "18 months").takes(
        "energy_efficiency_doubling", "18 months")


def accelerators(reference):
    """Accelerators of one's own: what nothing reads of them is warned about."""
    top = Stage(reference, ("scenario", "scenario"), base(), "")
    top.takes("accelerators", {"B200": {"price": "20000 USD"}})
    entry = ("scenario", "accelerators")
    mine = {"like": "B200", "released": "2025-01-01", "off_sale": "2029-01-01", "bf16": "3 PFLOP/s", "fp8": "6 PFLOP/s", "fp4": "12 PFLOP/s",
            "int8": "6 POP/s", "memory": "192 GB", "bandwidth": "8 TB/s", "tdp": "1000 W", "server_power": "1.8 kW", "average_draw": 0.7,
            "price": "35000 USD", "priced": "2025-06-01", "server_overhead": 1.5, "interconnect_share": 0.15, "mfu": 0.35, "lifetime": "3 yr",
            "end_of_life": "2029-06-01", "vendor": "us", "architecture": "one", "source": "an offer"}
    mine["int8"] = "6 PFLOP/s"
    other = {"like": "H200", "released": "2026-06-01", "off_sale": "2028-01-01", "end_of_life": "2029-01-01", "bf16": "3.3 PFLOP/s",
             "memory": "96 GB", "bandwidth": "4 TB/s", "tdp": "900 W", "server_power": "2 kW", "average_draw": 0.8, "price": "30000 USD",
             "priced": "2026-01-01", "server_overhead": 1.6, "interconnect_share": 0.2, "mfu": 0.3, "lifetime": "2 yr", "fp8": "7 PFLOP/s",
             "fp4": "13 PFLOP/s", "int8": "7 PFLOP/s", "vendor": "them", "architecture": "two", "source": "another offer"}
    stage = Stage(reference, entry, base(accelerators={"MINE": mine}, hardware={"accelerators": ["MINE"]}), "accelerators.MINE")
    described = ("vendor", "architecture", "source", "memory", "bandwidth", "tdp")
    idle = {**{key: "it describes the accelerator for a report; no model reads it" for key in described},
            "like": "every number of it is stated here", "fp4": "the scenario counts in bf16", "int8": "it counts where there is no fp8"}
    for key, value in other.items():
        if key in idle:
            stage.is_idle(key, value, why=idle[key])
        elif key != "released":
            stage.takes(key, value)
    coarse = base(accelerators={"MINE": mine}, hardware={"accelerators": ["MINE"], "precision": "fp4"},
                  initial_fleet=[{"accelerator": "MINE", "count": 1000}])
    Stage(reference, entry, coarse, "accelerators.MINE").takes("fp4", "13 PFLOP/s")
    whole = {key: mine[key] for key in ("released", "bf16", "int8", "server_power", "price")}
    Stage(reference, entry, base(accelerators={"MINE": whole}, hardware={"accelerators": ["MINE"]}), "accelerators.MINE").takes("int8", "9 PFLOP/s").takes(
        "released", "2026-06-01")
    Stage(reference, entry, base(accelerators={"MINE": {"like": "B200"}}, hardware={"accelerators": ["MINE"]}), "accelerators.MINE").takes(
        "like", "H200")


def prices(reference):
    quotes = [{"accelerator": "B200", "date": "2026-01-01", "price": "40000 USD"}, {"accelerator": "B200", "date": "2027-01-01", "price": "30000 USD"}]
    stage = Stage(reference, ("price", "by_date"), base(hardware={"price": {"model": "by_date", "quotes": quotes}}), "hardware.price")
    stage.takes("quotes", quotes[:1]).takes("quotes.N.accelerator", "H100").takes("quotes.N.date", "2027-02-01", set_path="hardware.price.quotes.1.date").takes(
        "quotes.N.price", "41000 USD")
    learning = base(hardware={"price": {"model": "learning", "volume": 100000}})
    stage = Stage(reference, ("price", "learning"), learning, "hardware.price")
    stage.moves("learning_rate", "volume").takes("volume_doubling", "2 yr")


def supply(reference):
    entry = ("scenario", "supply")
    stage = Stage(reference, entry, base(supply={"lead_time": "6 months", "lead_time_variation": 0.3, "lot": 8, "order_cost": "1e4 USD"}),
                  "supply")
    stage.takes("lead_time", "8 months").moves("lead_time_variation").takes("transit", "1 months").takes("yearly_limit", "200 /yr")
    stage.takes("lot", 16, 1).takes("order_cost", "2e4 USD").takes("production", {"rate": "300 /yr"})
    stage.takes("allocations", [{"accelerator": "B200", "count": 300}]).takes("cancel", {"fee": 0.1})
    two = {"sites": {"other": {"power": "20 MW", "electricity": "0.02 USD/kWh"}}}
    allocations = base(supply={"allocations": [{"accelerator": "B200", "count": 300, "from": "6 months", "site": "hall"}]}, **two)
    stage = Stage(reference, entry, allocations, "supply")
    stage.takes("allocations.N.accelerator", "H100").takes("allocations.N.count", 200).takes("allocations.N.from", "1 yr").takes(
        "allocations.N.site", "other")
    production = base(supply={"production": {"rate": "600 /yr", "ramp": "2 yr", "shipped_every": "1 months"}})
    stage = Stage(reference, entry, production, "supply")
    stage.takes("production.rate", "500 /yr").takes("production.ramp", "1 yr").takes("production.shipped_every", "2 months")
    cancel = base(supply={"lead_time": "18 months", "cancel": {"fee": 0.1}}, hardware={"then": {**NEXT, "price_performance_doubling": "6 months"}},
                  strategies={"a": {"buy": "incremental", "every": "3 months"}})
    Stage(reference, entry, cancel, "supply").takes("cancel.fee", 0.3).takes("cancel", None)


def operations(reference):
    entry = ("scenario", "operations")
    old = base(operations={"lifetime": "2 yr"}, initial_fleet=[{"accelerator": "H100", "count": 1000}])
    stage = Stage(reference, entry, old, "operations")
    stage.takes("lifetime", "18 months").takes("mfu", 0.35).takes("training_share", 0.8)
    stage.takes("shares", [{"training": 0.5}]).takes("job", {}).takes("hand_down", {"age": "1 yr"}).takes("resale", {})
    shares = base(operations={"shares": [{}, {"from": "1 yr", "training": 0.5, "serving": 0.2, "research": 0.2}]},
                  demand={"load": "1e17 FLOP/s"}, progress={"model": "research"})
    stage = Stage(reference, entry, shares, "operations")
    for key, value in (("from", "18 months"), ("training", 0.4), ("serving", 0.1), ("research", 0.1)):
        stage.takes(f"shares.N.{key}", value, set_path=f"operations.shares.1.{key}")
    needed = base(operations={"shares": [{"serving": "as_needed"}]}, demand={"load": "1e17 FLOP/s", "doubling": "6 months"})
    Stage(reference, entry, needed, "operations").takes("shares.N.every", "6 months", set_path="operations.shares.0.every").takes(
        "shares.N.serving", 0.2, set_path="operations.shares.0.serving")
    stage = Stage(reference, entry, base(operations={"job": {"size": 500, "checkpoint": "1 h"}}), "operations")
    stage.moves("job.interruption_mtbf", "job.checkpoint", "job.restart").takes("job.interval", "1 h", "daly", "young")
    stage.takes("job.size", 400, "fleet")
    Stage(reference, entry, base(operations={"job": {}}), "operations").takes("job.fidelity", "aggregate")
    down = base(operations={"hand_down": {"age": "2 yr", "credit": 0.5}, "lifetime": "5 yr", "resale": {}}, demand={"load": "5e17 FLOP/s"})
    Stage(reference, entry, down, "operations").takes("hand_down.age", "18 months").takes("hand_down.credit", 0.3)
    resale = base(operations={"lifetime": "2 yr", "resale": {"life": "6 yr", "decay": "0.1 /yr"}})
    stage = Stage(reference, entry, resale, "operations")
    stage.moves("resale.haircut").takes("resale.life", "5 yr", None).takes("resale.decay", "0.2 /yr").takes("resale.proceeds", "owner").takes(
        "resale.salvage", False)


def demand(reference):
    entry = ("scenario", "demand")
    serves = {"operations": {"shares": [{"serving": 0.3}]}}
    stage = Stage(reference, entry, base(demand={"load": "1e17 FLOP/s", "doubling": "1 yr", "mfu": 0.2}, **serves), "demand")
    stage.moves("load", "doubling", "mfu").takes("target", {"model": "utilisation", "most": 0.8})
    thought = base(demand={"load": "1e17 FLOP/s", "difficulty": [{"share": 0.7, "compute": 1.5}, {"share": 0.3, "compute": 4}]}, **serves)
    Stage(reference, entry, thought, "demand").takes("difficulty", None).moves("difficulty.N.compute").is_refused(
        "difficulty.N.share", 0.5, "add up to")
    Stage(reference, ("service_target", "utilisation"), base(demand={"load": "1e17 FLOP/s", "target": {"model": "utilisation", "most": 0.7}}, **serves),
          "demand.target").moves("most")
    waiting = {"model": "waiting_time", "wait": "1 s", "request": "1e16 FLOP"}
    Stage(reference, ("service_target", "waiting_time"), base(demand={"load": "1e17 FLOP/s", "target": waiting}, **serves), "demand.target").moves(
        "wait", "request", "server", by=2)


def sites(reference):
    entry = ("scenario", "sites")
    hall = {"power": "3 MW", "electricity": "0.08 USD/kWh", "pue": 1.3, "fixed_overhead": 0.5, "facility_cost": "10 USD/W", "carbon": {"intensity": "0.3 kg/kWh"}}
    stage = Stage(reference, entry, base(sites=instead(hall=hall)), "sites.hall")
    stage.moves("power").takes("pue", 1.2).moves("fixed_overhead", "electricity", "facility_cost", "carbon.intensity", "carbon.embodied", "water")
    stage.takes("redundancy", 1.5).takes("cooling", "2 MW").takes("carbon", None)
    stage.takes("tariffs", [{"from": "2027-01-01", "electricity": "0.1 USD/kWh"}])
    stage.takes("grid", [{"from": "2027-01-01", "power": "6 MW"}]).takes("power_tree", {"hall": {"capacity": "2 MW"}})
    stage.takes("projects", {"more": {"power": "1 MW", "tasks": {"build": {"duration": "6 months"}}}})
    contract = {"from": "3 months", "until": "3 yr", "take_or_pay": "2.8 MW", "price": "0.05 USD/kWh", "demand_charge": "0.01 USD/W"}
    contracts = base(sites=instead(hall={**hall, "facility_life": "15 yr", "contracts": [contract]}))
    stage = Stage(reference, entry, contracts, "sites.hall").takes("contracts", None).takes("facility_life", "20 yr")
    stage.takes("contracts.N.from", "6 months").takes("contracts.N.until", "2 yr").takes("contracts.N.take_or_pay", "2.9 MW")
    stage.takes("contracts.N.price", "0.06 USD/kWh").takes("contracts.N.demand_charge", "0.02 USD/W")
    racks = base(sites=instead(hall={**hall, "racks": 40, "accelerators_per_rack": 32}))
    Stage(reference, entry, racks, "sites.hall").takes("racks", 45).takes("accelerators_per_rack", 40)
    less = base(sites=instead(hall={**hall, "grid": [{"from": "2027-01-01", "power": "1 MW"}]}))
    Stage(reference, entry, less, "sites.hall").takes("displaced", "retires")
    grid = base(sites=instead(hall={**hall, "grid": [{"from": "2027-01-01", "power": "5 MW"}], "grid_delay": "3 months"}))
    Stage(reference, entry, grid, "sites.hall").takes("grid.N.from", "2027-06-01").takes("grid.N.power", "4 MW").takes("grid_delay", "6 months")
    tariffs = base(sites=instead(hall={**hall, "tariffs": [{"from": "2027-01-01", "electricity": "0.1 USD/kWh", "intensity": "0.2 kg/kWh"}]}))
    Stage(reference, entry, tariffs, "sites.hall").takes("tariffs.N.from", "2028-01-01").takes("tariffs.N.electricity", "0.2 USD/kWh").takes(
        "tariffs.N.intensity", "0.3 kg/kWh")
    feed = {"capacity": "0.9 MW", "count": 2, "mtbf": "100 days", "repair": "5 days"}
    tree = base(sites=instead(hall={**hall, "power_tree": {"feed": feed, "room": {"capacity": "1.5 MW", "from": ["feed"]}}}))
    stage = Stage(reference, entry, tree, "sites.hall", names=["feed"])
    stage.takes("power_tree.NAME.capacity", "0.8 MW").takes("power_tree.NAME.count", 3).takes("power_tree.NAME.mtbf", "200 days").takes(
        "power_tree.NAME.repair", "10 days")
    Stage(reference, entry, tree, "sites.hall", names=["room"]).takes("power_tree.NAME.from", None)
    tasks = {"dig": {"duration": "3 months"}, "build": {"duration": "6 months", "after": ["dig"]}}
    more = {"start": "3 months", "announced": "2027-01-01", "power": "2 MW", "cooling": "1 MW", "racks": 10, "facility_cost": "8 USD/W", "tasks": tasks}
    built = base(sites=instead(hall={**hall, "power": "2 MW", "cooling": "1.6 MW", "racks": 45, "accelerators_per_rack": 32, "projects": {"more": more}}),
                 supply={"lead_time": "8 months"})
    stage = Stage(reference, entry, built, "sites.hall", names=["more", "dig"])
    stage.takes("projects.NAME.start", "6 months", None).takes("projects.NAME.announced", "2026-10-01", None).takes("projects.NAME.power", "1 MW")
    stage.takes("projects.NAME.cooling", "0.5 MW").takes("projects.NAME.racks", 3).takes("projects.NAME.facility_cost", "9 USD/W", None)
    stage.takes("projects.NAME.tasks", {"dig": {"duration": "1 yr"}}).takes("projects.NAME.tasks.NAME.duration", "5 months")
    Stage(reference, entry, built, "sites.hall", names=["more", "build"]).takes("projects.NAME.tasks.NAME.after", None)


def walk(reference):
    for part in (horizon, actuals, hardware, accelerators, prices, supply, operations, demand, sites):
        part(reference)
