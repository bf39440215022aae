"""Every other study: the same bytes as the program, typed values, and messages."""

import numpy as np
import pytest

import fleetrace as ft
from conftest import program


def assert_same_bytes(result, *arguments):
    for form in result.formats:
        assert result.write(form) == program(*arguments, "--format", form), form


def test_sweep(in_folder):
    grid = ft.sweep("hare-and-turtle", {"horizon.length": ["7 yr", "8 yr"],
                                        "hardware.then.price_performance_doubling": np.linspace(1, 4, 3) * ft.yr})
    assert_same_bytes(grid, "sweep", "hare-and-turtle", "--vary", "horizon.length=7 yr,8 yr", "--vary",
                      "hardware.then.price_performance_doubling=1 yr,2.5 yr,4 yr")
    data = grid.to_xarray()
    assert dict(data.sizes) == {"horizon.length": 2, "hardware.then.price_performance_doubling": 3, "strategy": 4}
    assert data["horizon.length"].attrs["units"] == "yr" and list(data["horizon.length"].values) == [7, 8]
    point = data["mean"].sel({"horizon.length": 8, "hardware.then.price_performance_doubling": 2.5, "strategy": "hare"})
    s = ft.load("hare-and-turtle").replace({"horizon.length": 8 * ft.yr, "hardware.then.price_performance_doubling": 2.5 * ft.yr})
    # Every point is measured against the reference of the scenario, which neither axis changes.
    assert float(point) == pytest.approx(ft.run(s)["hare"].final.relative_loss, rel=1e-12)
    assert len(grid.to_dataframe()) == 2 * 3 * 4
    data.to_netcdf("grid.nc")


def test_a_shorter_horizon():
    grid = ft.sweep("hare-and-turtle", {"horizon.length": ["4 yr", "6 yr"],
                                        "hardware.then.price_performance_doubling": np.linspace(1, 4, 7) * ft.yr}).to_xarray()
    assert dict(grid.sizes) == {"horizon.length": 2, "hardware.then.price_performance_doubling": 7, "strategy": 4}
    # The heron would buy in 2032, which neither of them sees: it runs what it began with.
    assert (grid["mean_spend_usd"].sel(strategy="heron") < grid["mean_spend_usd"].sel(strategy="hare") - 1.9e9).all()
    with pytest.raises(ft.InvalidScenario, match="outside the horizon"):
        ft.load("hare-and-turtle")["horizon.length"] = "4 yr"


def test_sweeps_that_make_no_sense():
    with pytest.raises(TypeError, match="np.linspace"):
        ft.sweep("hare-and-turtle", {"horizon.length": "7 yr"})
    with pytest.raises(TypeError, match="one value"):
        ft.sweep("hare-and-turtle", {"horizon.length": 7 * ft.yr})
    with pytest.raises(TypeError, match="list"):
        ft.sweep("hare-and-turtle", {"horizon.length": 7})
    with pytest.raises(ValueError, match="one axis or more"):
        ft.sweep("hare-and-turtle", {})
    with pytest.raises(ft.InvalidScenario, match="mfu"):
        ft.sweep("hare-and-turtle", {"operations.mfu": [0.3, 38]})


def test_sensitivity():
    found = ft.sensitivity("race-under-uncertainty", of="turtle", against="hare", points=16)
    assert_same_bytes(found, "sensitivity", "race-under-uncertainty", "--difference", "turtle,hare", "--points", "16")
    # Means and indices are those of the races that are kept (Saltelli et al. 2010, formula b; Jansen 1999).
    races = found.replications.pivot(index="replication", columns="strategy", values="final_loss")
    result = (races["turtle"] - races["hare"]).to_numpy().reshape(-1, 2 + len(found.inputs))
    assert found.values.mean == pytest.approx(result[:, :2].mean(), rel=1e-12)
    variance = result[:, :2].var()
    assert found.values.variance == pytest.approx(variance, rel=1e-9)
    for each in found.values.inputs:
        assert each.total.value == pytest.approx(((result[:, 0] - result[:, 2 + each.input]) ** 2).mean() / 2 / variance, rel=1e-9)
    draws = found.draws
    assert list(draws["inputs"][:3]) == ["A", "B", found.inputs[0]] and len(draws) == found.values.runs
    values = draws.to_numpy()[:, 4:].astype(float)
    assert (values[2, 0], *values[2, 1:]) == (values[1, 0], *values[0, 1:])
    missed = ft.sensitivity("race-under-uncertainty", of="turtle", objective="time_to_target", target=0.75, points=4)
    assert missed.replications["time_to_target_yr"].isna().any()
    first = found.values.inputs[0]
    assert found.inputs[first.input] and first.total.low <= first.total.value <= first.total.high
    assert found.strategies[found.values.strategy] == "turtle"
    with pytest.raises(ft.InvalidScenario, match="uncertain"):
        ft.sensitivity("hare-and-turtle")
    with pytest.raises(ValueError, match="power of two|points"):
        ft.sensitivity("race-under-uncertainty", points=3)


def test_solve():
    found = ft.solve("hare-and-turtle", "sites.main.power", "hare.relative_loss <= 0.68", between=(10 * ft.MW, "200 MW"))
    assert_same_bytes(found, "solve", "hare-and-turtle", "--for", "sites.main.power", "--until", "hare.relative_loss <= 0.68",
                      "--between", "10 MW,200 MW")
    assert found.values.end == "found" and found.input.unit == "MW" and found.strategy == "hare"
    s = ft.load("hare-and-turtle")
    s["sites.main.power"] = found.input
    assert ft.run(s)["hare"].final.relative_loss <= 0.68
    likely = ft.solve("race-under-uncertainty", "strategies.turtle.budget", "turtle.relative_loss <= 0.8", probability=0.9,
                      replications=50)
    assert likely.values.probability == 0.9
    kept = likely.comparison()
    assert len(kept.metrics["final_loss"]) == 50 and (kept.metrics["final_loss"][:, kept.names.index("turtle")] <= 0.8).mean() >= 0.9
    # It is measured against the C0 of the scenario, which the input would change.
    fleet = ft.solve("capacity-what-if", "initial_fleet.0.count", "turtle.relative_loss <= 0.62")
    assert fleet.comparison(jobs=1)["turtle"].objective.mean == fleet.values.best.reached
    for wrong in (("sites.main.pwoer", "hare.relative_loss <= 0.68"), ("sites.main.power", "hare.relative_lost <= 0.68"),
                  ("sites.main.power", "relative_loss <= 0.68")):
        with pytest.raises(ValueError):
            ft.solve("hare-and-turtle", *wrong)


def test_what_if():
    changed = ft.what_if("capacity-what-if", {"sites.main.power": 30 * ft.MW}, replications=20)
    assert_same_bytes(changed, "whatif", "capacity-what-if", "--set", "sites.main.power=30 MW", "--replications", "20")
    case = changed.values.cases[1]
    assert case.name == "changed" and case.differs
    metric = case.strategies[0].metrics["final_loss"]
    assert metric.has_difference and metric.difference.mean > 0
    named = ft.what_if("capacity-what-if", cases=["later-chips"], replications=20, by="year")
    shown = program("whatif", "capacity-what-if", "--case", "later-chips", "--replications", "20", "--by", "year", "--format", "csv")
    assert named.plan("csv").encode() == shown
    two = ft.what_if("capacity-what-if", {"less": {"sites.main.power": "30 MW"}, "more": {"sites.main.power": "300 MW"}},
                     replications=20)
    assert [each.name for each in two.values.cases] == ["base", "less", "more"]
    with pytest.raises(KeyError, match="later-chips"):
        ft.what_if("capacity-what-if", cases=["later-chip"])
    with pytest.raises(ft.InvalidScenario):
        ft.what_if("capacity-what-if", {"sites.main.power": "30 USD"})
    with pytest.raises(ValueError, match="no plan"):
        changed.plan()


def test_diff(in_folder):
    s = ft.load("hare-and-turtle")
    (in_folder / "other.yaml").write_text(s.text.replace("mfu: 0.38", "mfu: 0.4"))
    difference = ft.diff("hare-and-turtle", "other.yaml")
    assert_same_bytes(difference, "diff", "hare-and-turtle", "other.yaml")
    assert "operations.mfu" in [each.path for each in difference.values.inputs] and not difference.values.empty
    with pytest.raises(ft.InvalidScenario):
        ft.diff("hare-and-turtle", "no-such-scenario")


def test_pages_are_shown_in_notebooks():
    for result in (ft.sweep("hare-and-turtle", {"horizon.length": [7, 8] * ft.yr}), ft.what_if("capacity-what-if", replications=1),
                   ft.diff("hare-and-turtle", "hare-and-turtle")):
        assert ("<iframe" in result._repr_html_()) == (not isinstance(result, ft.Diff))


def test_guards():
    guards = ft.run("hare-and-turtle", fail_if=["relative_loss > 0.6", "turtle.spend_usd > 1e9 USD at 2030-01-01"]).guards
    assert [(each.strategy, each.verdict.met) for each in guards[:4]] == [("hare", True), ("turtle", False), ("heron", False), ("lab", False)]
    assert guards[4].strategy == "turtle" and guards[4].goal.startswith("turtle.spend_usd")
    program("run", "hare-and-turtle", "--fail-if", "relative_loss > 0.6", code=4)
    likely = ft.compare("race-under-uncertainty", replications=50, fail_if=["P(turtle.relative_loss > 0.1) > 0.1"]).guards
    assert likely[0].verdict.met and likely[0].verdict.chance.low > 0.1
    cases = ft.what_if("capacity-what-if", cases=["later-chips"], replications=5, fail_if=["turtle.relative_loss > 0.1"]).guards
    assert [(each.case, each.strategy, each.verdict.met) for each in cases] == [("base", "turtle", True), ("later-chips", "turtle", True)]
    with pytest.raises(ValueError, match="relative_loss"):
        ft.run("hare-and-turtle", fail_if=["relative_lost > 0.6"])
    with pytest.raises(ValueError, match="no probabilities"):
        ft.run("hare-and-turtle", fail_if=["P(relative_loss > 0.6) > 0.1"])


def test_plans_over_many_draws():
    bands = ft.compare("race-under-uncertainty", replications=20).plan("year")
    assert_same_bytes_of_formats(bands, ("table", "csv", "json"), "compare", "race-under-uncertainty", "--replications", "20", "--by", "year")


def assert_same_bytes_of_formats(result, formats, *arguments):
    for form in formats:
        assert result.write(form) == program(*arguments, "--format", form), form


def test_folders_differ(in_folder):
    ft.run("hare-and-turtle", output="september")
    ft.run(ft.load("hare-and-turtle").replace({"operations.mfu": 0.4}), output="october")
    difference = ft.diff("september", "october")
    assert_same_bytes(difference, "diff", "september", "october")
    assert [each.path for each in difference.values.inputs] == ["operations.mfu"]


def test_sweeps_and_what_ifs_give_the_replications_of_a_point():
    """On the same draws and measured against the same C0, to the same bits, whatever else is asked."""
    s = ft.load("race-under-uncertainty")
    s["operations.lifetime"] = "5 yr"
    grid = {"horizon.length": ["6 yr", "8 yr"], "operations.mfu": [0.3, 0.4]}
    g = ft.sweep(s, grid, replications=12, seed=7, objective="mean_loss", confidence=0.8)
    for place in (0, 3, -1):
        c, point = g.comparison(place), g.points[place]
        assert c.values.confidence == 0.8 and c.values.objective == "mean_loss"
        assert [each.objective.mean for each in c.strategies] == [each.objective.mean for each in point.strategies]
        assert [pair.mean.low for pair in c.values.pairs] == [pair.mean.low for pair in point.pairs]
        assert c.replications.shape[0] == 12 * len(c.names)
    with pytest.raises(IndexError):
        g.comparison(4)
    w = ft.what_if("capacity-what-if", replications=4, seed=2)
    for case in w.values.cases:
        c = w.comparison(case.name)
        for each in case.strategies:
            assert c[each.name].objective.mean == each.metrics["final_loss"].value.mean, case.name
    with pytest.raises(KeyError, match='there is no case "x". Valid names are: base, '):
        w.comparison("x")


def test_names_that_there_are_not_are_key_errors_with_a_suggestion():
    for call, said in ((lambda: ft.sensitivity("race-under-uncertainty", of="turtel", points=2), 'there is no strategy "turtel". Did you mean "turtle"?'),
                       (lambda: ft.what_if("capacity-what-if", cases="late-chips"), 'Did you mean "later-chips"?'),
                       (lambda: ft.what_if("hare-and-turtle", cases="x"), "The scenario defines none."), (lambda: ft.list("los"), '"loss"')):
        with pytest.raises(ft.UnknownName) as raised:
            call()
        assert said in str(raised.value) and isinstance(raised.value, KeyError)
