"""Closed forms, lists and the optimiser: the same bytes as the program, and messages."""

import numpy as np
import pytest

import fleetrace as ft
from conftest import program


def assert_same_bytes(result, *arguments):
    for form in result.formats:
        assert result.write(form) == program(*arguments, "--format", form), form


def test_theory(in_folder):
    assert_same_bytes(ft.theory(), "theory")
    other = ft.theory(price_performance_doubling=2 * ft.yr, algorithm_doubling=None, lifetime=None, opex=0.1, horizon=6)
    assert_same_bytes(other, "theory", "--price-performance-doubling", "2 yr", "--algorithm-doubling", "none", "--lifetime", "unlimited",
                      "--opex", "0.1 /yr", "--horizon", "6 yr")
    assert_same_bytes(ft.theory(table=True, lifetime=[None, "5 yr"]), "theory", "--table")
    assert ft.theory().svg("horizon").encode() == program("theory", "--plot", "horizon")
    assert ft.theory().values.accountings[0].break_even.value > 0
    with pytest.raises(ValueError):
        ft.theory(opex=0.1)
    with pytest.raises(ValueError, match="purchase"):
        ft.theory().svg("purchse")
    with pytest.raises(ValueError, match="several lifetimes"):
        ft.theory(lifetime=["4 yr", "5 yr"])


def test_milestones():
    assert_same_bytes(ft.milestones(), "milestones")
    assert_same_bytes(ft.milestones(kappa=0.07, gammas=[1, 2.5], losses=[0.5]), "milestones", "--kappa", "0.07", "--gamma", "1,2.5",
                      "--loss", "0.5")
    for wrong in ({"kappa": 0}, {"gammas": [101]}, {"losses": [0]}):
        with pytest.raises(ValueError):
            ft.milestones(**wrong)
    assert ft.milestones(losses=0.5, gammas=1).json() == ft.milestones(losses=[0.5], gammas=[1]).json()
    for wrong in ("0.05", {"uniform": [0.04, 0.06]}):
        with pytest.raises(TypeError, match="kappa is a number, or a distribution"):
            ft.milestones(kappa=wrong)
    with pytest.raises(TypeError, match="losses is a number or a list of numbers"):
        ft.milestones(losses="0.5")
    # Beyond the range of numbers in every row.
    assert np.isnan(ft.milestones(kappa=0.01, losses=[.0001], gammas=[0]).to_dataframe().years).all()


def test_milestones_of_any_law():
    assert_same_bytes(ft.milestones(kappa=ft.uniform(0.04, 0.06), gammas=[1], range=0.5), "milestones", "--kappa",
                      "{uniform: {low: 0.04, high: 0.06}}", "--gamma", "1", "--range", "0.5")
    law = ft.milestones(law={"model": "chinchilla", "tokens_per_parameter": 20}, reference="3.8e25 FLOP", losses=[0.98, 0.5])
    assert_same_bytes(law, "milestones", "--law", "{model: chinchilla, tokens_per_parameter: 20}", "--reference", "3.8e25 FLOP", "--loss",
                      "0.98,0.5")
    assert law.values.warnings and law.values.rows[-1].below_floor
    assert ft.milestones(gammas=[1, 0.5]).svg("loss", "8 yr", [1, 10]).encode() == program(
        "milestones", "--plot", "loss", "--years", "8 yr", "--gamma", "1,0.5", "--fleets", "1,10")
    assert law.notes == law.values.warnings and not ft.milestones().notes
    for wrong in ({"law": "chinchilla"}, {"range": 1}, {"kappa": ft.uniform(0.04, 0.06), "law": "relative"},
                  {"kappa": 0.06, "law": "kaplan", "reference": 1e22}):
        with pytest.raises(ValueError):
            ft.milestones(**wrong)
    with pytest.raises(ft.InvalidScenario):
        ft.milestones(law="chinchila")
    with pytest.raises(ValueError, match="as many fleets"):
        ft.milestones().svg(fleets=[2])


def test_tokens_and_roadmap():
    assert_same_bytes(ft.tokens_needed([2, 1.8], [1e9, 7e10]), "frontier", "--loss", "2,1.8", "--parameters", "1e9,7e10")
    assert ft.tokens_needed(2, [1e9]).rows[0].tokens is None
    plan = ft.roadmap({"chips": ["1e9 USD", 1], "kernels": [5e7, 0.5, "4 yr"]}, budget=2e9 * ft.USD, horizon=4)
    assert_same_bytes(plan, "roadmap", "--layer", "chips=1e9 USD,1", "--layer", "kernels=5e7 USD,0.5,4 yr", "--budget", "2e9 USD",
                      "--horizon", "4 yr")
    assert sum(row.share for row in plan.values.rows) == pytest.approx(1)
    for wrong in ({}, {"chips": [1]}, {"chips": ["1 MW", 1]}, {"chips": [0, 1]}):
        with pytest.raises(ValueError):
            ft.roadmap(wrong)


    for wrong, named in ((["chips=1e9 USD,1"], "layers is a dict"), ({"chips": "1e9 USD,1"}, "a layer is a list")):
        with pytest.raises(TypeError, match=named):
            ft.roadmap(wrong)
    with pytest.raises(TypeError, match="parameters is a number or a list of numbers"):
        ft.tokens_needed(2.0, "1e9..1e12")


def test_frontier():
    for alone in (1e24, "1e24 FLOP", 1e24 * ft.FLOP):
        assert ft.frontier(alone).json() == ft.frontier([1e24]).json()
    for name in ("hoffmann", "kaplan", "2.5x"):
        assert_same_bytes(ft.frontier(tokens_per_parameter=20, data_exponent=name), "frontier", "--tokens-per-parameter", "20",
                          "--data-exponent", name)
    with pytest.raises(ValueError, match='"hoffmann", "kaplan" or "2.5x"'):
        ft.frontier(tokens_per_parameter=20, data_exponent="3x")
    ruled = ft.frontier(["1e24 FLOP"], tokens_per_parameter=20, data_exponent=0.74, rule_at=1e10)
    assert_same_bytes(ruled, "frontier", "--compute", "1e24 FLOP", "--tokens-per-parameter", "20", "--data-exponent", "kaplan", "--rule-at",
                      "1e10")
    assert_same_bytes(ft.frontier(), "frontier")
    models = ft.frontier(["1e5 PF-days", 5.76e23], fit="hoffmann", tokens_per_parameter=20)
    assert_same_bytes(models, "frontier", "--compute", "1e5 PF-days,5.76e23 FLOP", "--fit", "hoffmann", "--tokens-per-parameter", "20")
    assert models.models[1].split.tokens == pytest.approx(20 * models.models[1].split.parameters)
    for wrong in ({"compute": ["3 yr"]}, {"compute": []}, {"fit": "hofmann"}, {"tokens_per_parameter": 0}):
        with pytest.raises(ValueError):
            ft.frontier(**wrong)


def test_lists():
    for words in ((), ("scenarios",), ("accelerators", "H100"), ("loss", "relative"), ("format",)):
        assert_same_bytes(ft.list(*words), "list", *words)
    assert ft.schema().encode() == program("schema") and ft.init().encode() == program("init", "-")
    with pytest.raises(KeyError, match="H100"):
        ft.list("accelerators", "H10")
    ft.validate("hare-and-turtle", ft.load("two-sites"))
    with pytest.raises(ft.InvalidScenario) as caught:
        ft.validate("hare-and-turtle", "no-such-scenario", {"fleetrace": 1})
    assert len(caught.value.findings) > 1


def test_optimize():
    best = ft.optimize("capacity-what-if", strategy="turtle", within=[0.001, 0.01])
    assert_same_bytes(best, "optimize", "capacity-what-if", "--strategy", "turtle", "--within", "0.1%,1%")
    assert best.values.bound <= best.values.value and best.values.flat[0].least_usd <= best.values.flat[0].most_usd
    assert ft.run(best.plan)["optimum"].final.relative_loss == best.values.value
    assert best.to_dataframe().shape[0] == len(best.values.schedule)
    lumpy = ft.optimize("lumpy-orders", strategy="monthly", smallest_order=20e6 * ft.USD, nodes=50)
    assert_same_bytes(lumpy, "optimize", "lumpy-orders", "--strategy", "monthly", "--smallest-order", "20e6 USD", "--nodes", "50")
    with pytest.raises(ft.OptimizeError, match="strateg"):
        ft.optimize("capacity-what-if", strategy="tortoise")
    with pytest.raises(ValueError, match="calendar"):
        ft.optimize("capacity-what-if", strategy="turtle", dates="calender")
    with pytest.raises(ValueError, match="every"):
        ft.optimize("capacity-what-if", strategy="turtle", every="3 MW")


def test_optimize_for_many_draws():
    plan = ft.optimize("race-under-uncertainty", strategy="hare", replications=3, batches=2)
    assert plan.values.draws == 3 and plan.values.value.low <= plan.values.value.mean
    assert "at_medians" in plan.plan.strategies
    mean = ft.optimize("race-under-uncertainty", strategy="hare", every=6 * ft.month, replications=3, batches=2, objective="mean_loss")
    assert_same_bytes(mean, "optimize", "race-under-uncertainty", "--strategy", "hare", "--every", "6 months", "--replications", "3",
                      "--batches", "2", "--objective", "mean_loss")
    with pytest.raises(ft.OptimizeError, match="mean_loss"):
        ft.optimize("race-under-uncertainty", strategy="hare", replications=3, batches=2, objective="npv")


def test_a_live_page_or_why_there_is_none():
    try:
        assert ft.live("hare-and-turtle").startswith("<!")
    except RuntimeError as error:
        assert "FLEETRACE_LIVE" in str(error)
