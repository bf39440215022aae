"""Stages of progress, throughput, networks, failures, loss and what is read from it."""
from base import base, instead
from walk import Stage

CAPABILITY = {"task": {"model": "threshold", "at": 1.95, "width": 0.05, "chance": 0.1, "target": 0.5}}
CHINCHILLA = ("floor", "parameter_scale", "token_scale", "alpha", "beta")


def common_progress(reference, model, progress, limit=50):
    """What all laws of progress take."""
    scenario = base(progress=instead(model=model, **progress, adoptions=[{"at": YEARS, "gain": 2, "ramp": "6 months"}]),
                    strategies={"a": {"budget": "4e8 USD"}})
    stage = Stage(reference, ("progress", model), scenario, "progress")
    stage.takes("adoptions", None)
    stage.takes("adoptions.N.at", "2 yr", "2028-06-01").moves("adoptions.N.gain", "adoptions.N.ramp")
    if model == "none":
        stage.takes("limit", 1.5)
        return
    stage.takes("limit", limit)
    stage.takes("embodied", True)
    stage.takes("cost", "2e6 USD/yr")


YEARS = "1 yr"


def progress(reference):
    Stage(reference, ("progress", "exponential"), base(progress={"model": "exponential"}), "progress").takes("doubling", "12 months")
    jumps = Stage(reference, ("progress", "jumps"), base(progress={"model": "jumps"}), "progress")
    jumps.takes("doubling", "12 months").moves("jumps", "sigma").takes("matched", "log")
    Stage(reference, ("progress", "logistic"), base(progress={"model": "logistic", "ceiling": 40}), "progress").takes(
        "doubling", "12 months").moves("ceiling")
    frontier = {"frontier_doubling": "8 months", "lead": 3, "delay": "1 yr", "share": 0.9}
    research = base(progress={"model": "research", "cost": "5e6 USD/yr", "fleet_share": 0.2, "field_doubling": "4 yr", "spillover": frontier})
    own = Stage(reference, ("progress", "research"), research, "progress")
    own.takes("doubling", "12 months").takes("field_doubling", "3 yr").moves(
        "returns", "parallelisation", "reference_cost", "fleet_share", "reference_share")
    spillover = base(progress={"model": "spillover", "doubling": "2 yr"})
    Stage(reference, ("progress", "spillover"), spillover, "progress").moves("doubling", "lead", "delay").takes(
        "frontier_doubling", "10 months").takes("share", 0.7)
    layers = {"kernels": {"doubling_cost": "2e6 USD", "returns": 0.5, "field_doubling": "2 yr"},
              "algorithms": {"doubling_cost": "3e6 USD", "returns": 1.25, "field_doubling": "3 yr"},
              "data": {"doubling_cost": "4e6 USD", "returns": 0.4, "field_doubling": "4 yr"}}
    stack = Stage(reference, ("progress", "roadmap"),
                  base(progress={"model": "roadmap", "cost": "5e6 USD/yr", **layers, "spillover": frontier}), "progress")
    for stage in (own, stack):
        stage.takes("spillover", None).moves("spillover.lead", "spillover.delay").takes(
            "spillover.frontier_doubling", "10 months").takes("spillover.share", 0.7)
    for layer in layers:
        stack.takes(layer, None).moves(f"{layer}.doubling_cost", f"{layer}.returns").takes(f"{layer}.field_doubling", "18 months")
    stack.takes("over", "2 yr").takes("split", "even")
    for model, section in (("exponential", {}), ("jumps", {}), ("logistic", {}), ("none", {}), ("research", {"cost": "1e6 USD/yr"}),
                           ("roadmap", {"cost": "1e6 USD/yr", "data": layers["data"]}), ("spillover", {})):
        common_progress(reference, model, section, limit=5)


def throughput(reference):
    for model in ("communication", "constant", "power_law"):
        entry = ("throughput", model)
        of_run = {"model": model, "largest_run": {"accelerators": 1200},
                  "retuning": {"share": 0.05, "length": "3 months", "delay": "1 months", "tuned_at": 500}}
        stage = Stage(reference, entry, base(operations={"throughput": of_run}), "operations.throughput")
        stage.takes("largest_run", None).takes("retuning", None).moves("largest_run.accelerators", "retuning.share", "retuning.length",
                                                                      "retuning.delay", "retuning.tuned_at")
        if model == "communication":
            stage.is_refused("critical_batch", {}, "the model communication holds the batch fixed")
            for key in ("tokens_per_accelerator", "tokens"):
                stage.is_refused(f"critical_batch.{key}", 1e5, "the model communication holds the batch fixed")
        else:
            batch = {"model": model, "critical_batch": {"tokens_per_accelerator": 30000}}
            Stage(reference, entry, base(operations={"throughput": batch}), "operations.throughput").takes("critical_batch", None).moves(
                "critical_batch.tokens_per_accelerator", "critical_batch.tokens")
        data = {"model": model, "data_movement": {"falls_past": "1e24 FLOP"}}
        Stage(reference, entry, base(operations={"throughput": data}), "operations.throughput").takes("data_movement", None).moves(
            "data_movement.length", "data_movement.falls_past", "data_movement.slope").takes("data_movement.wall", "4e24 FLOP")
        network = {"model": model, "network": {"model": "fat_tree", "ports": 16}}
        Stage(reference, entry, base(operations={"throughput": network}), "operations.throughput").takes("network", None)
        links = {"model": model, "site_links": {"bandwidth": "100 GB/s", "latency": "1e-5 s"}}
        two = {"sites": instead(s0={"power": "1.4 MW"}, s1={"power": "20 MW"})}
        stage = Stage(reference, entry, base(operations={"throughput": links}, **two), "operations.throughput")
        stage.takes("site_links", {"bandwidth": "300 GB/s"}).takes("site_links.bandwidth", "200 GB/s")
        stage.takes("site_links.latency", "0.01 s")
    stage = Stage(reference, ("throughput", "communication"), base(operations={"throughput": {"model": "communication", "overlap": 0.001}}),
                  "operations.throughput")
    stage.moves("parameters", "batch", "model_parallel", "gradient_bytes", "bandwidth", "latency").takes("overlap", 0.5)
    stage.takes("all_reduce", "tree")
    stage = Stage(reference, ("throughput", "power_law"), base(operations={"throughput": {"model": "power_law", "at_most": 0.5, "at": 4000}}),
                  "operations.throughput")
    stage.moves("exponent", "at").takes("at_most", 0.41, "mfu")
    operations = Stage(reference, ("scenario", "operations"), base(), "operations")
    operations.takes("throughput", {"model": "power_law", "at": 500}, "communication")


def networks(reference):
    def stage(model, **network):
        throughput = {"model": "communication", "network": {"model": model, **network}}
        return Stage(reference, ("network", model), base(operations={"throughput": throughput}), "operations.throughput.network")

    stage("dragonfly", terminals=4).takes("terminals", 3).takes("routers", 5).takes("global_links", 2).takes("crossing", 0.5)
    stage("fat_tree", ports=16, pods=8, oversubscription=2).takes("ports", 20).takes("pods", 10).moves("oversubscription").takes(
        "crossing", 0.5, "rings")
    stage("rail_optimised", oversubscription=4).takes("rails", 4).takes("nodes", 16).takes("units", 3).moves("oversubscription").takes(
        "crossing", 0.5)
    stage("torus", sides=[8, 8, 8]).takes("sides", [8, 8, 9]).takes("crossing", 0.5)
    links = [{"from": end, "to": switch, "bandwidth": "400 GB/s"}
             for end, switch in (("gpu0", "sw1"), ("gpu1", "sw1"), ("gpx0", "sw2"), ("gpx1", "sw2"))]
    links.append({"from": "sw1", "to": "sw2", "bandwidth": "300 GB/s"})
    graph = stage("graph", links=links, endpoints="gp", accelerators=600)
    graph.takes("links", links + [{"from": "sw1", "to": "gpx1", "bandwidth": "100 GB/s"}])
    graph.takes("links.N.from", "gpx1").takes("links.N.to", "sw2")
    graph.takes("links.N.bandwidth", "200 GB/s", set_path="operations.throughput.network.links.4.bandwidth")
    graph.takes("endpoints", "gpu").takes("accelerators", 700).takes("crossing", 0.5)


def failures(reference):
    Stage(reference, ("scenario", "operations"), base(), "operations").takes("failures", {"law": "exponential"}, "weibull")
    steps = {"hazard": [{"from": "0 s", "rate": "0.5 /yr"}, {"from": "6 months", "rate": "0.2 /yr"}]}
    lives = {"lives": [{"age": "3 months"}, {"age": "2 yr", "failed": False}, {"age": "3 yr"}, {"age": "2 yr", "entered": "1 months"}]}
    needed = {"stepped": steps, "observed": lives}
    for law, own in (("stepped", {}), ("observed", {}), ("exponential", {"mtbf": 1.3}), ("weibull", {"mtbf": 1.3, "shape": 1.3}),
                     ("bathtub", {"infant_shape": 1.3, "infant_mtbf": 1.3, "mtbf": 1.3, "wear_shape": 1.3, "wear_mtbf": 1.3})):
        entry = ("failure", law)
        domain = {"size": 72, "mtbf": "20000 h", "repair": "12 h", "shape": 1.5}
        # Only drawn ones know their law: expected ones know its mean.
        drawn = {"law": law, **needed.get(law, {}), "fidelity": "device", "domains": [domain], "lemons": {"share": 0.1, "factor": 20}, "start": "fresh"}
        small = base(operations={"failures": drawn}, initial_fleet=[{"accelerator": "H100", "count": 200, "installed": "2025-01-01"}],
                     strategies={"a": {"budget": "1e7 USD"}}, horizon={"length": "1 yr"})
        stage = Stage(reference, entry, small, "operations.failures")
        for key, factor in own.items():
            stage.moves(key, by=factor)
        if law == "stepped":
            stage.takes("hazard", steps["hazard"][:1]).takes("hazard.N.rate", "0.4 /yr")
            stage.takes("hazard.N.from", "4 months", set_path="operations.failures.hazard.1.from")
        if law == "observed":
            stage.takes("lives", lives["lives"][:3]).takes("lives.N.age", "4 months")
            stage.takes("lives.N.failed", True, set_path="operations.failures.lives.1.failed")
            stage.takes("lives.N.entered", "6 months", set_path="operations.failures.lives.3.entered")
        stage.moves("repair", "lemons.share", "lemons.factor", "domains.N.size", "domains.N.mtbf", "domains.N.shape", "domains.N.repair")
        stage.takes("repair_law", "lognormal").takes("spares", 0.1).takes("start", "stationary").takes("burn_in", "300 h")
        stage.takes("lemons", None).takes("domains", None).takes("domains.N.repair_law", {"model": "lognormal"})
        stage.takes("fidelity", "expected", "aggregate")
    lognormal = {"law": "exponential", "fidelity": "device", "repair_law": {"model": "lognormal", "sigma": 1.0}}
    Stage(reference, ("repair_law", "lognormal"), base(operations={"failures": lognormal}), "operations.failures.repair_law").moves("sigma")


def loss(reference):
    top = Stage(reference, ("scenario", "scenario"), base(), "")
    top.takes("loss", {"model": "chinchilla"}, "kaplan")
    laws = {
        "relative": (("kappa",), {}), "kaplan": (("exponent", "scale"), {}), "chinchilla": (CHINCHILLA, {}),
        "data_limited": ((*CHINCHILLA, "data_decay", "parameter_decay", "stock"), {"stock": 1e12}),
        "mixture_of_experts": ((*CHINCHILLA, "total_over_active", "weight"), {}),
        "test_time": ((*CHINCHILLA, "share", "exchange", "cap"), {"share": 0.3, "cap": 0.5}),
    }
    for law, (numbers, own) in laws.items():
        is_absolute = law != "relative"
        if CHINCHILLA[0] in numbers:  # all of a fit are stated, or none
            own = {**{key: float(reference.default(("loss", law), key)) for key in CHINCHILLA}, **own}
        section = {"model": law, "targets": [0.9], **own, **({"capabilities": CAPABILITY} if is_absolute else {})}
        stage = Stage(reference, ("loss", law), base(loss=section), "loss")
        stage.moves(*numbers, by=1.01)
        stage.takes("compute", {"model": "best_run"}).takes("reference", "1e25 FLOP")
        stage.is_idle("reference", "own", why="a single run is measured against its own first year anyhow; studies differ")
        stage.takes("targets", [0.9, 0.8], None).takes("beside", ["chinchilla"] if law == "kaplan" else ["kaplan"])
        if is_absolute:
            stage.takes("capabilities", None)
        else:
            stage.is_refused("capabilities", CAPABILITY, "the loss law has no absolute scale")
    chinchilla = Stage(reference, ("loss", "chinchilla"), base(loss={"model": "chinchilla", "tokens_per_parameter": 20, "data_exponent": 1.1}),
                       "loss")
    chinchilla.takes("tokens_per_parameter", 30).takes("data_exponent", "2.5x", 1.2).moves("rule_at")
    Stage(reference, ("loss", "data_limited"), base(loss={"model": "data_limited", "stock": 1e12}), "loss").takes("stock_doubling", "2 yr")
    Stage(reference, ("accounting", "best_run"), base(loss={"compute": {"model": "best_run", "inherits": 0.3}}), "loss.compute").moves(
        "length", "inherits").takes("share", 0.6)
    answers = base(loss={"model": "test_time", "share": 0.1, "parallel": 2.0})
    Stage(reference, ("loss", "test_time"), answers, "loss").moves("serving", "parallel").takes("answers", 3)
    threshold = base(loss={"model": "chinchilla", "capabilities": CAPABILITY})
    Stage(reference, ("capability", "threshold"), threshold, "loss.capabilities.task").moves("width", "chance").takes(
        "at", 1.96).takes("target", 0.6)
    steps = base(loss={"model": "chinchilla", "capabilities": {"task": {"model": "steps", "steps": 5, "target": 0.4}}})
    Stage(reference, ("capability", "steps"), steps, "loss.capabilities.task").moves("steps").takes("perfect", 1.7).takes("target", 0.5)
    horizon = base(loss={"capabilities": {"task": {"model": "task_horizon", "task": "8 h", "target": 0.4}}})
    Stage(reference, ("capability", "task_horizon"), horizon, "loss.capabilities.task").moves("task", "at_start", "slope").takes(
        "doubling", "5 months").takes("field_doubling", "4 months").takes("target", 0.5)


def walk(reference):
    for part in (progress, throughput, networks, failures, loss):
        part(reference)
