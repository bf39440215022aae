"""Fits: the same bytes as the program, data in all their forms, and messages."""

import datetime

import numpy as np
import pytest

import fleetrace as ft
from conftest import SOURCE, program

TREND = {"date": ["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01"], "value": [1, 2.1, 3.9, 8.1]}


def csv_of(columns):
    return "\n".join(",".join(str(cell) for cell in row) for row in [columns, *zip(*columns.values())]) + "\n"


def test_same_bytes_as_the_program(in_folder):
    (in_folder / "trend.csv").write_text(csv_of(TREND))
    fitted = ft.fit("trend", "trend.csv", predict=["2025-01-01"], scenario="hare-and-turtle")
    for form in fitted.formats:
        assert fitted.write(form) == program("fit", "trend", "trend.csv", "--predict", "2025-01-01", "--scenario", "hare-and-turtle",
                                             "--format", form), form
    (in_folder / "lives.csv").write_text("age_yr,failed\n0.5,yes\n1.5,yes\n2,no\n2.5,yes\n")
    stepped = ft.fit("life", "lives.csv", law="stepped", steps=[0, 1 * ft.yr, "2 yr"], confidence=0.8)
    assert stepped.json().encode() == program("fit", "life", "lives.csv", "--law", "stepped", "--steps", "0 yr,1 yr,2 yr",
                                              "--confidence", "0.8", "--format", "json")


def test_every_form_of_data_is_the_same():
    pandas = pytest.importorskip("pandas")
    text = ft.fit("trend", csv_of(TREND)).json()
    assert ft.fit("trend", TREND).json() == text
    frame = pandas.DataFrame(TREND)
    assert ft.fit("trend", frame)["rate"].value == ft.fit("trend", TREND)["rate"].value
    frame["date"] = pandas.to_datetime(frame["date"])
    assert ft.fit("trend", frame)["rate"].value == ft.fit("trend", TREND)["rate"].value
    renamed = frame.rename(columns={"date": "when", "value": "flop per usd"})
    assert ft.fit("trend", renamed, x="when", y="flop per usd")["rate"].value == ft.fit("trend", TREND)["rate"].value
    lives = {"age_yr": [1.0, 2.0, 3.0], "failed": [True, False, True]}
    assert ft.fit("life", lives)["rate"].value == pytest.approx(2 / 6)
    assert ft.fit("life", pandas.DataFrame(lives))["rate"].value == pytest.approx(2 / 6)


def test_a_trend_goes_on_with_a_wider_slope_than_it_was_fitted_with():
    wider = ft.fit("trend", TREND, predict=["2025-01-01"])
    fitted = ft.fit("trend", TREND, predict=["2025-01-01"], widening=1)
    assert wider["rate"].low == fitted["rate"].low
    assert wider.values.predictions[0].high > fitted.values.predictions[0].high
    assert wider.inputs != fitted.inputs and wider.inputs == ft.fit("trend", TREND, widening=3).inputs
    with pytest.raises(ValueError, match="widening"):
        ft.fit("trend", TREND, widening=0.5)


def test_typed_records_and_a_scenario_that_takes_them():
    fitted = ft.fit("trend", TREND, at=np.datetime64("2024-01-01"), predict=["2025-01-01"], scenario="hare-and-turtle")
    doubling = fitted["doubling"]
    assert doubling.low < doubling.value < doubling.high and doubling.unit == "yr"
    assert [effect.strategy for effect in fitted.values.effects] == ["hare", "turtle", "heron", "lab"]
    assert fitted.values.predictions[0].date == np.datetime64("2025-01-01")
    assert len(fitted.values.points) == 4 and fitted.values.points[0].line == 2
    changed = ft.load("hare-and-turtle")
    changed.update(fitted.inputs)
    turtle = {effect.strategy: effect.after for effect in fitted.values.effects}["turtle"]
    assert ft.run(changed)["turtle"].final.relative_loss == pytest.approx(turtle, rel=1e-12)
    assert "price_performance_rate" in fitted.yaml and fitted._repr_html_().startswith("<iframe")
    assert list(fitted.to_dataframe()["kind"]).count("constant") == 5
    with pytest.raises(KeyError, match="halving"):
        fitted["halving"]


def test_chinchilla_does_not_depend_on_threads():
    runs = SOURCE / "tests/oracle/data/chinchilla_runs.csv"
    one = ft.fit("chinchilla", runs, resamples=20, jobs=1)
    assert one.json() == ft.fit("chinchilla", runs, resamples=20, jobs=3).json()
    assert one.json() != ft.fit("chinchilla", runs, resamples=20, seed=2).json()


@pytest.mark.parametrize("model, data, law", [
    ("kaplan", {"compute_flop": [1e20, 1e21, 1e22, 1e23], "loss": [3, 2.6, 2.4, 2.1]}, ""),
    ("chinchilla", SOURCE / "tests/oracle/data/chinchilla_runs.csv", ""),
    ("life", {"age_yr": [0.5, 1.5, 2, 2.5], "failed": [True, True, False, True]}, "stepped"),
    ("life", {"age_yr": [0.5, 1.5, 2, 2.5], "failed": [True, True, False, True]}, "weibull"),
    ("life", {"age_yr": [0.5, 1.5, 2, 2.5], "failed": [True, True, False, True]}, "exponential"),
    ("repair", {"duration_h": [1, 5, 20, 3, 100, 7]}, "")])
def test_a_scenario_takes_every_model_by_update(model, data, law):
    fitted = ft.fit(model, data, law=law, resamples=20, scenario="hare-and-turtle")
    changed = ft.load("hare-and-turtle")
    changed.update(fitted.inputs)
    again = ft.load("hare-and-turtle").replace(fitted.inputs)
    again.update(fitted.inputs)
    for scenario in (changed, again):
        for path, value in fitted.inputs.items():
            if path.endswith((".law", ".model")):
                assert scenario.paths()[path] == value
        # Losses are relative to the scenario's own first year, which failures are a part of, too.
        loss = ft.run(scenario)["turtle"].final.relative_loss
        after = {effect.strategy: effect.after for effect in fitted.values.effects}["turtle"]
        assert loss == pytest.approx(after, rel=1e-12 if model in ("kaplan", "chinchilla") else 1e-3)


def test_a_date_or_an_age_may_stand_alone():
    many = ft.fit("trend", TREND, predict=["2025-01-01", "2026-01-01"])
    assert ft.fit("trend", TREND, predict="2025-01-01, 2026-01-01").json() == many.json()
    one = ft.fit("trend", TREND, predict=["2025-01-01"]).json()
    assert ft.fit("trend", TREND, predict="2025-01-01").json() == one
    assert ft.fit("trend", TREND, predict=np.datetime64("2025-01-01")).json() == one
    assert ft.fit("trend", TREND, predict=datetime.date(2025, 1, 1)).json() == one
    lives = {"age_yr": [0.5, 1.5, 2, 2.5], "failed": [True, True, False, True]}
    steps = ft.fit("life", lives, law="stepped", steps=[0, 1]).json()
    assert ft.fit("life", lives, law="stepped", steps="0 yr,1 yr").json() == steps


def test_a_text_that_is_left_aside_may_have_lines():
    pandas = pytest.importorskip("pandas")
    noted = {**TREND, "note": ["one", "two\nlines", "three", "a \"quote\""]}
    one = ft.fit("trend", TREND)["rate"].value
    assert ft.fit("trend", noted)["rate"].value == one
    assert ft.fit("trend", pandas.DataFrame(noted))["rate"].value == one


def test_messages():
    with pytest.raises(ft.InvalidScenario) as caught:
        ft.fit("trend", {"date": ["2020-01-01", "2021-01-01"], "value": [1, -2]})
    assert [finding.line for finding in caught.value.findings] == [3]
    with pytest.raises(ft.InvalidScenario, match="the cell is empty"):
        ft.fit("trend", {"date": ["2020-01-01", "2021-01-01"], "value": [1, float("nan")]})
    for wrong, message in (({"model": "trnd"}, "trend"), ({"law": "weibull"}, "exponential"), ({"of": "prices"}, "price"),
                           ({"confidence": 2}, "confidence"), ({"at": "soon"}, "no date")):
        with pytest.raises(ValueError, match=message):
            ft.fit(wrong.pop("model", "trend"), TREND, **wrong)
    with pytest.raises(TypeError, match="DataFrame"):
        ft.fit("trend", 5)
    with pytest.raises(ValueError, match="different lengths"):
        ft.fit("trend", {"date": ["2020-01-01"], "value": [1, 2]})
