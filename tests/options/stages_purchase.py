"""Stages of the strategies: what each takes by itself, and what all take."""
from base import base
from walk import Stage, merged

# Two small sites of different prices, something to rent, and prices and algorithms that are not what a buyer believes.
WORLD = {
    "hardware": {"then": {"cadence": "2 yr", "regularity": 8, "price_performance_doubling": {"lognormal": {"low": "1 yr", "high": "5 yr", "mass": 0.9}}},
                 "price_decline": {"uniform": {"low": "0.05 /yr", "high": "0.4 /yr"}}},
    "progress": {"model": "exponential", "doubling": {"uniform": {"low": "6 months", "high": "30 months"}}},
    "operations": {"lifetime": "3 yr"},
    "rental": {"term": "3 months"},
    "sites": {"=": True, "near": {"power": "2.2 MW", "pue": 1.2, "electricity": "0.1 USD/kWh"},
              "far": {"power": "1.5 MW", "pue": 1.1, "electricity": "0.03 USD/kWh"}},
}
ONE_DRAW = ("run", "--replication", "1")
LOAD = "8e17 FLOP/s"

# By strategy: what it needs, the options of its own with other values, and the options of all that do not bind, each with its reason.
TIGHT = {"sites": {"=": True, "near": {"power": "1 MW"}, "far": {"power": "0.9 MW"}}}
# What leaves them money for orders at prices to come.
SOME = {"lot_sizing": {"load": "4.2e17 FLOP/s"}}
# What makes them want more than there is room for.
MORE = {
    "constant_power": {"power": "4 MW"},
    "capacity_triggered": {"load": "3e18 FLOP/s"},
    "orders": {"orders": [{"at": "1 yr", "accelerator": "B200", "count": 900}]},
    "real_option": {"break_even": "1e9 FLOP/s/USD"},
    "refresh": {"power": "4 MW"},
    "schedule": {"purchases": [{"at": "1 yr", "amount": "1e8 USD"}]},
    "constant_budget": {"per_year": "1e8 USD/yr"},
    "exponential_growth": {"first": "1e8 USD/yr"},
    "lot_sizing": {"load": "3e18 FLOP/s"},
}

RULES = {
    "capacity_triggered": ({"load": LOAD}, {"load": ["9e17 FLOP/s"], "growth": ["0.6 /yr"], "theta": [0.7], "up_to": [1.6], "every": ["2 months"]}),
    "constant_budget": ({"per_year": "2e7 USD/yr"}, {"per_year": ["3e7 USD/yr"], "every": ["2 months"]}),
    "constant_power": ({"power": "2 MW"}, {"power": ["1.8 MW"], "every": ["2 months"]}),
    "exponential_growth": ({"first": "1e7 USD/yr"}, {"first": ["2e7 USD/yr"], "growth": ["0.6 /yr"], "every": ["2 months"]}),
    "front_loaded": ({}, {}),
    "incremental": ({}, {"every": ["2 months"], "growth": ["0.2 /yr"]}),
    "leapfrog": ({}, {"discount_rate": ["0.1 /yr"], "every": ["2 months"]}),
    "lookahead": ({}, {"every": ["2 months"]}),
    "lot_sizing": ({"load": LOAD}, {"load": ["9e17 FLOP/s"], "growth": ["0.6 /yr"], "every": ["2 months"]}),
    "none": ({}, {}),
    "once": ({"at": "1 yr"}, {"at": ["2 yr"]}),
    "optimal": ({}, {"objective": ["mean_loss"], "every": ["5 months"], "yearly_spend": ["1e7 USD"]}),
    "orders": ({"orders": [{"at": "1 yr", "accelerator": "B200", "count": 300, "site": "near"}]},
               {"orders": [[{"at": "1 yr", "accelerator": "B200", "count": 200}]], "orders.N.at": ["2 yr"], "orders.N.accelerator": ["H100"],
                "orders.N.count": [200], "orders.N.site": ["far"], "orders.N.retire": ["2 yr"],
                "retire": [[{"at": "1 yr", "accelerator": "H100", "count": 400}]]}),
    "real_option": ({"break_even": "3e10 FLOP/s/USD"},
                    {"break_even": ["2e10 FLOP/s/USD"], "interest": ["0.05 /yr"], "payout": ["0.15 /yr"], "volatility": [0.5], "every": ["2 months"]}),
    "refresh": ({"power": "1.5 MW", "age": "18 months"}, {"power": ["1.2 MW"], "age": ["2 yr"], "slots": [3]}),
    "rolling": ({"every": "6 months"}, {"objective": ["mean_loss"], "every": ["5 months"], "yearly_spend": ["1e7 USD"]}),
    "schedule": ({"purchases": [{"at": "1 yr", "amount": "2e7 USD"}]},
                 {"purchases": [[{"at": "1 yr", "amount": "1e7 USD"}]], "purchases.N.at": ["2 yr"], "purchases.N.amount": ["1e7 USD"]}),
}


# Sites that are no limit, and orders that cost something, for those who plan with prices and algorithms.
WIDE = {"sites": {"=": True, "near": {"power": "20 MW", "electricity": "0.1 USD/kWh"}, "far": {"power": "20 MW"}},
        "supply": {"order_cost": "1e6 USD"}}
# A connection that comes late, for those who plan with what is on sale and with the room that they will have.
LATE = {"sites": {"=": True, "far": {"power": "1.8 MW", "grid": [{"from": "2027-01-01", "power": "6 MW"}],
                                     "grid_delay": {"uniform": {"low": "1 months", "high": "20 months"}}}},
        "supply": {"lead_time": "8 months"}}
RATES = {"progress": {"doubling": "3 yr"}, "hardware": {"price_decline": "0.5 /yr"}}
EARLIER = {"sites": {"far": {"grid": [{"from": "2026-08-01", "power": "6 MW"}]}}}
NO_RATE = ("capacity_triggered", "optimal", "real_option", "refresh")
# What all strategies take and these do not: the reason is in the words with which it is refused.
NO_PLAN = {"budget_covers": ("all", "pays energy out of its budget"), "choose": ("H100", "the plan says which accelerator"),
           "rented": (0.3, "a plan is of hardware to own")}
REFUSED = {
    "optimal": NO_PLAN,
    "rolling": {**NO_PLAN, "power_limits": ("installation", "only what will find room")},
    "orders": {"budget_covers": ("all", "there is no budget"), "choose": ("H100", "every order names its accelerator"),
               "rented": (0.3, "orders are of hardware to own"), "sites": (["far"], "the strategy does not use near")},
    "schedule": {"budget": ("1e6 USD", "does not cover the scheduled purchases")},
}


def rule(reference, buys, own, options):
    entry = ("purchase", buys)
    known = reference.options[entry]
    has_budget = "budget" in known and known["budget"]["required"]
    budget = {"budget": "6e7 USD"} if has_budget else {}

    def stage(*worlds, **more):
        scenario = base(**WORLD)
        for world in worlds:
            scenario = merged(scenario, world)
        return Stage(reference, entry, merged(scenario, {"strategies": {"=": True, "a": {"buy": buys, **budget, **own, **more}}}),
                     "strategies.a", verb=ONE_DRAW)

    one = stage()
    for key, values in options.items():
        one.takes(key, *values)
    one.takes("with", {"operations": {"mfu": 0.3}})
    for key, value in (("budget", "1e6 USD"), ("budget_covers", "all"), ("choose", "H100"), ("rented", 0.3), ("sites", ["far"])):
        if key in REFUSED.get(buys, {}):
            one.is_refused(key, *REFUSED[buys][key])
        else:
            one.takes(key, value)
    rent = {"at": "1 yr", "accelerator": "B200", "count": 20}
    move = {"at": "2 months", "accelerator": "H100", "count": 100, "from": "near", "to": "far", "cost": "1000 USD", "pause": "1 months"}
    one.takes("rents", [rent]).takes("moves", [move])
    planned = stage({"sites": {"third": {"power": "1 MW", "electricity": "0.2 USD/kWh"}}}, rents=[rent], moves=[move])
    planned.takes("rents.N.at", "18 months").takes("rents.N.accelerator", "H100").takes("rents.N.count", 30)
    planned.takes("moves.N.at", "18 months").takes("moves.N.accelerator", "B200").takes("moves.N.count", 50).takes("moves.N.from", "third")
    planned.takes("moves.N.to", "third").takes("moves.N.cost", "2000 USD").takes("moves.N.pause", "2 months")
    # More money than the sites take.
    rich = {"budget": "3e8 USD"} if has_budget else {}
    # What a plan orders finds room as it is believed; it is short of it where a connection comes later than that.
    tight = stage(LATE if buys == "optimal" else TIGHT, **rich, **MORE.get(buys, {}))
    if "power_limits" in REFUSED.get(buys, {}):
        tight.is_refused("power_limits", *REFUSED[buys]["power_limits"])
    else:
        tight.takes("power_limits", "installation")
    if "information" not in known:
        return
    if buys in NO_RATE:
        late = stage(LATE, **MORE.get(buys, {}))
        late.takes("information", "hindsight").takes("believes", EARLIER)
        # Their rules look at no rate of growth.
        late.takes("learns", True)
        stage(LATE, learns=True).takes("observation_error", 0.4)
    else:
        wide = stage(WIDE, **SOME.get(buys, {}))
        wide.takes("information", "hindsight").takes("believes", RATES).takes("learns", True)
        stage(WIDE, learns=True, observation_error=0.001, **SOME.get(buys, {})).takes("observation_error", 5)


def walk(reference, only=None):
    for buys, (own, options) in RULES.items():
        if only in (None, buys):
            rule(reference, buys, own, options)
    signed = {"at": "6 months", "accelerator": "B200", "count": 300, "unit_price": "60000 USD", "delivery": "10 months", "deposit": 0.2,
              "payment": "14 months"}
    contract = base(**WORLD, finance={"discount_rate": 0.08}, strategies={"=": True, "a": {"buy": "orders", "orders": [signed]}})
    stage = Stage(reference, ("purchase", "orders"), contract, "strategies.a", verb=ONE_DRAW)
    stage.takes("orders.N.unit_price", "65000 USD").takes("orders.N.delivery", "12 months").takes("orders.N.deposit", 0.3).takes(
        "orders.N.payment", "18 months")
    initial = [{"accelerator": "H100", "count": 200, "installed": "2025-01-01", "site": "far"},
               {"accelerator": "H100", "count": 300, "installed": "2025-01-01", "site": "near"},
               {"accelerator": "H100", "count": 300, "installed": "2025-03-01", "site": "near"},
               {"accelerator": "B200", "count": 300, "installed": "2025-03-01", "site": "near"}]

    def leaving(**which):
        early = {"at": "1 yr", "accelerator": "H100", "count": 100, "site": "near", **which}
        strategy = {"buy": "orders", "orders": [{"at": "1 yr", "accelerator": "B200", "count": 300}], "retire": [early]}
        aging = base(**WORLD, initial_fleet=initial, strategies={"=": True, "a": strategy})
        return Stage(reference, ("purchase", "orders"), aging, "strategies.a", verb=ONE_DRAW)

    leaving(installed="2025-01-01").takes("retire.N.at", "18 months").takes("retire.N.count", 50).takes(
        "retire.N.installed", "2025-03-01").takes("retire.N.site", "far")
    leaving().takes("retire.N.accelerator", "B200")
    for buys in ("optimal", "rolling"):
        def planned(world, **own):
            strategy = {"buy": buys, "budget": "6e7 USD", **own}
            return Stage(reference, ("purchase", buys), merged(base(**WORLD), {**world, "strategies": {"=": True, "a": strategy}}),
                         "strategies.a", verb=ONE_DRAW)

        planned({}, objective="mean_loss").takes("smallest_order", "2e7 USD")
        planned({}, objective="time_to_target", target=0.85).takes("target", 0.7)
        planned(LATE).takes("dates", "events")
    optimal = base(**WORLD, strategies={"=": True, "a": {"buy": "refresh", "budget": "6e7 USD", "power": "1.5 MW", "slots": 2}})
    Stage(reference, ("purchase", "refresh"), optimal, "strategies.a", verb=ONE_DRAW).takes("timing", "optimal")
