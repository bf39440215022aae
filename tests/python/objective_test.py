"""Objectives in Python: in every verb that has one, by the same statistics as those of the library, and refused where they are none."""

import math
import pathlib
import threading

import numpy as np
import pytest

import fleetrace as ft


def test_an_objective_of_ones_own():
    c = ft.compare("race-under-uncertainty", replications=60, seed=3)
    # The study's own objective, as a function, comes to the same numbers.
    same = c.judge(lambda o: o.final_loss)
    for name in c.names:
        assert same[name].objective.mean == c[name].objective.mean and same[name].p_best == c[name].p_best
        assert same[name].regret_mean_interval.low == c[name].regret_mean_interval.low
    assert same.best == c.best and same.leader == c.leader
    money = c.judge(lambda o: o.spend_usd * (2 if o.strategy == "turtle" else 1))
    spend = c.metrics["spend_usd"]
    np.testing.assert_array_equal(money.objective[:, c.names.index("turtle")], 2 * spend[:, c.names.index("turtle")])
    assert money["hare"].objective.mean == pytest.approx(spend[:, c.names.index("hare")].mean())
    with pytest.raises(ValueError, match="gives nan for hare in replication 0"):
        c.judge(lambda o: math.nan)
    with pytest.raises(ZeroDivisionError):
        c.judge(lambda o: 1 / 0)


def dear(o):
    """Three for each billion of USD above the first."""
    return o.final_loss + 3 * max(0.0, o.spend_usd / 1e9 - 1)


def test_an_objective_of_ones_own_in_every_verb():
    name = "race-under-uncertainty"
    c = ft.compare(name, replications=40, seed=3, objective=dear, jobs=2)
    judged = ft.compare(name, replications=40, seed=3).judge(dear)
    np.testing.assert_array_equal(c.metrics["dear"], judged.objective)
    for strategy in c.names:
        assert c[strategy].objective.mean == judged[strategy].objective.mean and c[strategy].p_best == judged[strategy].p_best
    assert c.leader == judged.leader and c.values.objective == "dear" and "lowest dear" in c.answer
    assert c.notes == ["one thread, since its objective is a function in Python"]
    axes = {"horizon.length": ["4 yr", "6 yr"]}
    g = ft.sweep(name, axes, replications=10, objective=dear)
    assert [p.strategies[0].objective.mean for p in g.points] == [
        g.comparison(i)["hare"].objective.mean for i in range(2)] and g.comparison(1).values.objective == "dear"
    known = ft.sensitivity(name, points=16, objective="mean_loss")
    own = ft.sensitivity(name, points=16, objective=lambda o: o.mean_loss)
    assert own.values.at_medians == known.values.at_medians and own.values.variance == known.values.variance > 0
    found = ft.solve(name, "strategies.turtle.budget", "turtle.relative_loss <= 0.75", replications=10)
    assert found.comparison(objective=dear).values.objective == "dear"
    case = ft.what_if(name, {"poor": {"strategies.hare.budget": "1e8 USD"}}, replications=5).comparison("poor", objective=dear)
    assert case.values.objective == "dear"
    best = ft.optimize("hare-and-turtle", strategy="turtle", objective=dear)
    raced = best.comparison(replications=1)
    assert best.values.bound is None and best.values.objective == "dear" and best.values.value < 0.535
    assert raced["optimum"].objective.mean == pytest.approx(best.values.value, rel=1e-12)
    assert "one of your own" in best.write("table").decode().replace("\n", " ") and best.notes == c.notes


def test_an_objective_of_ones_own_that_cannot_be():
    name = "race-under-uncertainty"
    with pytest.raises(TypeError, match="the name of one or a function of an outcome, not 3"):
        ft.compare(name, objective=3)
    with pytest.raises(ft.StudyError, match='replication 0 .* the objective "own objective" gives nan for hare'):
        ft.compare(name, replications=5, objective=lambda o: math.nan)
    with pytest.raises(ft.StudyError, match="ZeroDivisionError: division by zero") as caught:
        ft.sweep(name, {"horizon.length": ["4 yr"]}, replications=5, objective=lambda o: 1 / 0)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    with pytest.raises(ft.StudyError, match="TypeError"):
        ft.sensitivity(name, points=2, objective=lambda o: "small")
    with pytest.raises(ft.OptimizeError, match="takes nothing out of service"):
        ft.optimize("hare-and-turtle", strategy="turtle", objective=dear, retire=True)

    def npv(o):
        return o.final_loss

    with pytest.raises(ValueError, match='"npv" is one of fleetrace'):
        ft.compare(name, replications=2, objective=npv)
    def spend_usd(o):
        return o.final_loss

    with pytest.raises(ValueError, match="a column of every comparison"):
        ft.sweep(name, {"horizon.length": ["4 yr"]}, replications=2, objective=spend_usd)
    with pytest.raises(ValueError, match="cannot be kept"):
        ft.compare(name, replications=2, objective=dear, output="kept")
    with pytest.raises(ValueError, match="cannot be kept"):
        ft.sweep(name, {"horizon.length": ["4 yr"]}, replications=2, objective=dear, output="kept", shard="1/2")
    assert not pathlib.Path("kept").exists()


def test_objectives_of_one_name_do_not_mix():
    name = "race-under-uncertainty"
    factors = [1.0, 2.0]
    both = [lambda o, factor=factor: factor * o.final_loss for factor in factors]
    found = {}
    threads = [threading.Thread(target=lambda i=i: found.update({i: ft.compare(name, replications=300, objective=both[i])}))
               for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[1]["hare"].objective.mean == pytest.approx(2 * found[0]["hare"].objective.mean, rel=1e-12)
    # Far more than the library keeps objectives: each takes the place of one that is gone.
    for i in range(1100):
        assert ft.compare(name, replications=1, objective=lambda o: i)["hare"].objective.mean == i
