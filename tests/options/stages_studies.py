"""Stages of studies: their settings, their distributions, their cases, and what a single run cannot show."""
from base import base
from walk import Stage

COMPARE = ("compare",)
DOUBLING = {"uniform": {"low": "6 months", "high": "12 months"}}
MFU = {"uniform": {"low": 0.3, "high": 0.5}}
DRAWN = {"progress": {"model": "exponential", "doubling": DOUBLING}, "operations": {"mfu": MFU},
         "strategies": {"b": {"buy": "front_loaded", "budget": "1e8 USD"}}}


def settings(reference):
    study = {"replications": 8, "objective": "time_to_target", "target": 0.9, "confidence": 0.9,
             "correlations": [{"between": ["operations.mfu", "progress.doubling"], "rank": 0.5}]}
    scenario = base(**{**DRAWN, "sites": {"hall": {"electricity": {"uniform": {"low": "0.05 USD/kWh", "high": "0.2 USD/kWh"}}}}},
                    loss={"targets": [0.9]}, study=study)
    stage = Stage(reference, ("scenario", "study"), scenario, "study", verb=COMPARE)
    stage.takes("replications", 6).takes("objective", "final_loss", "mean_loss", "cost_to_target", "npv", "cost_per_effective_compute")
    stage.takes("target", 0.88).takes("confidence", 0.8).takes("correlations", None).takes("correlations.N.rank", -0.5)
    stage.takes("correlations.N.between", ["operations.mfu", "sites.hall.electricity"])
    top = Stage(reference, ("scenario", "scenario"), scenario, "", verb=COMPARE)
    top.takes("study", {"replications": 5})


def distributions(reference):
    laws = {
        "choice": ({"values": [0.3, 0.5], "weights": [1, 2]}, {"values": [0.3, 0.4], "weights": [2, 1]}),
        "empirical": ({"values": [0.3, 0.4, 0.5]}, {"values": [0.3, 0.4, 0.45]}),
        "normal": ({"mean": 0.4, "sd": 0.01}, {"mean": 0.41, "sd": 0.02}),
        "triangular": ({"low": 0.3, "mode": 0.4, "high": 0.5}, {"low": 0.31, "mode": 0.41, "high": 0.51}),
        "uniform": ({"low": 0.3, "high": 0.5}, {"low": 0.31, "high": 0.51}),
        "lognormal": ({"median": 0.2, "sigma": 0.1}, {"median": 0.21, "sigma": 0.12}),
    }
    intervals = {"normal": {"low": 0.38, "high": 0.42, "mass": 0.8}, "lognormal": {"low": 0.18, "high": 0.22, "mass": 0.8}}
    for law, (values, others) in laws.items():
        # Laws without bounds cannot be shares: the price of electricity takes them.
        path, unit = ("sites.hall.electricity", " USD/kWh") if law in ("normal", "lognormal") else ("operations.mfu", "")
        for stated, changed in ((values, others), (intervals.get(law, {}), {"low": 0.17, "high": 0.43, "mass": 0.7})):
            if not stated:
                continue

            def written(key, value, unit=unit):
                return f"{value}{unit}" if unit and key not in ("sigma", "mass") else value

            section = {law: {key: written(key, value) for key, value in stated.items()}}
            scenario = base(study={"replications": 4}, **({"operations": {"mfu": section}} if path == "operations.mfu"
                                                          else {"sites": {"hall": {"electricity": section}}}))
            scenario["study"]["objective"] = "npv"
            stage = Stage(reference, ("distribution", law), scenario, f"{path}.{law}", verb=COMPARE)
            for key in stated:
                stage.takes(key, written(key, changed[key]))


def cases(reference):
    scenario = base(cases={"less": {"summary": "half of it", "set": ["operations.mfu=0.2"]}})
    stage = Stage(reference, ("scenario", "cases"), scenario, "cases.less", verb=("whatif",))
    stage.takes("summary", "a half").takes("set", ["operations.mfu=0.3"])
    Stage(reference, ("scenario", "scenario"), scenario, "", verb=("whatif",)).takes("cases", None)
    # A future against its own first year: a single run is measured against that anyhow.
    for law in ("relative", "kaplan", "chinchilla", "data_limited", "mixture_of_experts", "test_time"):
        halved = {**scenario, "loss": {"model": law}}
        Stage(reference, ("loss", law), halved, "loss", verb=("whatif",)).takes("reference", "own")


def walk(reference):
    for part in (settings, distributions, cases):
        part(reference)
