"""Loading scenarios and changing their values; everything that can be wrong with them is an exception with its place."""

import copy
import datetime

import numpy as np
import pytest

import fleetrace as ft
from conftest import SOURCE, program

TEXT = (SOURCE / "scenarios" / "hare-and-turtle.yaml").read_text()


def test_names_paths_texts_and_dicts_are_the_same_scenario():
    by_name = ft.load("hare-and-turtle")
    by_path = ft.load(SOURCE / "scenarios" / "hare-and-turtle.yaml")
    by_text = ft.load(TEXT)
    assert by_name.hash == by_path.hash == by_text.hash
    small = ft.load({
        "fleetrace": 1, "name": "small", "horizon": {"start": datetime.date(2026, 1, 1), "length": 2 * ft.yr},
        "hardware": {"model": "catalog", "accelerators": ["H100"]}, "progress": {"model": "exponential", "doubling": "8 months"},
        "loss": {"model": "relative", "kappa": ft.uniform(0.04, 0.06)}, "operations": {"mfu": 0.38},
        "initial_fleet": [{"accelerator": "H100", "count": 64, "installed": np.datetime64("2025-01-01")}],
        "strategies": {"hare": {"buy": "front_loaded", "budget": 1e7 * ft.USD}}})
    assert small.strategies == ["hare"]
    assert small["horizon.start"] == "2026-01-01"
    assert "fleetrace: 1" in small.text and ft.load(small.text).strategies == ["hare"]


def test_values_go_in_as_texts_numbers_quantities_dates_and_distributions():
    s = ft.load("hare-and-turtle")
    for path, value, shown in [
        ("strategies.turtle.budget", "3e9 USD", ft.Quantity("3e9 USD")), ("strategies.turtle.budget", 2.5e9 * ft.USD, 2.5e9 * ft.USD),
        ("operations.mfu", 0.4, 0.4), ("operations.mfu", np.float64(0.41), 0.41), ("initial_fleet.0.count", np.int32(100), 100),
        ("horizon.start", datetime.date(2027, 1, 1), "2027-01-01"), ("horizon.length", 9 * ft.yr, 9 * ft.yr),
        ("sites.main.electricity", 0.05 * ft.USD / ft.kWh, ft.Quantity("0.05 USD/kWh")),
        ("loss.targets", [0.9, 0.7], "[0.9, 0.7]"),
    ]:
        s[path] = value
        assert s[path] == shown, path
    for law in (ft.lognormal("5 months", "14 months", mass=0.95), ft.normal(mean="8 months", sd="1 month"),
                ft.uniform(0.5 * ft.yr, "1 yr"), ft.triangular("3 months", "6 months", "1 yr"),
                ft.choice(["6 months", "1 yr"], weights=[3, 1]), ft.empirical([0.5, 0.75, 1] * ft.yr)):
        s["progress.doubling"] = law
        assert law.law in s["progress.doubling"]


def test_copies_do_not_see_changes():
    s = ft.load("hare-and-turtle")
    others = [s.copy(), copy.copy(s), copy.deepcopy(s), ft.load(s)]
    changed = s.replace({"operations.mfu": 0.5})
    s["operations.mfu"] = 0.3
    assert [each["operations.mfu"] for each in others] == [0.38] * 4 and changed["operations.mfu"] == 0.5


def test_a_path_that_there_is_not_is_a_key_error_with_a_suggestion():
    s = ft.load("hare-and-turtle")
    with pytest.raises(KeyError, match='Did you mean "strategies.turtle.budget"'):
        s["strategies.turtle.budgte"]
    with pytest.raises(KeyError, match="budget"):
        s["strategies.turtle.budgte"] = 3
    assert "operations.mfu" in s and "operations.mfx" not in s
    with pytest.raises(TypeError, match="a path is a text"):
        s[3]


def test_findings_have_their_places():
    broken = TEXT.replace("kappa: 0.05", "kappa: -1").replace("mfu: 0.38", "mfu: 38")
    with pytest.raises(ft.InvalidScenario) as caught:
        ft.load(broken)
    findings = {each.path: each for each in caught.value.findings}
    assert set(findings) == {"loss.kappa", "operations.mfu"}
    mfu = findings["operations.mfu"]
    assert broken.splitlines()[mfu.line - 1].strip() == "mfu: 38" and mfu.column > 0 and mfu.problem and mfu.reason
    assert str(mfu) in str(caught.value)
    s = ft.load("hare-and-turtle")
    with pytest.raises(ft.InvalidScenario) as caught:
        s["operations.mfu"] = 38
    assert caught.value.findings[0].path == "operations.mfu" and s["operations.mfu"] == 0.38
    with pytest.raises(ValueError):
        ft.load("no-such-scenario")


@pytest.mark.parametrize("value", [object(), b"3e9 USD", 1j, None, {1, 2}])
def test_wrong_types_name_what_is_accepted(value):
    with pytest.raises(TypeError, match="ft.Quantity, a distribution"):
        ft.load("hare-and-turtle")["operations.mfu"] = value


def test_what_is_no_number_is_refused():
    s = ft.load("hare-and-turtle")
    for value in (float("nan"), float("inf"), float("nan") * ft.yr):
        with pytest.raises(ValueError):
            s["operations.mfu"] = value
    for wrong in (object(), None, True, "three years"):
        with pytest.raises((TypeError, ValueError)):
            ft.Quantity(wrong)
    with pytest.raises(TypeError, match="a name, a path"):
        ft.load(3)


def test_quantities_count():
    years = np.linspace(1, 4, 7) * ft.yr
    assert len(years) == 7 and str(years[1]) == "1.5 yr" and years.unit == "yr"
    assert ft.Quantity("1.5 billion USD").to("USD") == ft.Quantity(1.5e9, "USD") and (90 * ft.day).to("h") == 2160 * ft.h
    assert ft.Quantity("0.05 USD/kWh").to("USD/MWh") == ft.Quantity(50, "USD/MWh")
    assert (np.array([1, 2]) * ft.GW).to("MW") == ft.Quantity([1000, 2000], "MW") and float(ft.Quantity(3)) == 3
    with pytest.raises(ValueError, match='"yr" measures a duration, and "USD" an amount of money'):
        ft.yr.to("USD")
    with pytest.raises(ValueError, match='no unit "furlong"'):
        ft.yr.to("furlong")
    # 4.8 of what? A number that was meant in billions passes for one in dollars.
    with pytest.raises(TypeError, match="no number without its unit"):
        float(ft.Quantity("4.8 billion USD"))
    assert 3 * ft.yr == ft.yr * 3 == ft.Quantity("3 yr") and -(3 * ft.yr) == ft.Quantity(-3, "yr")
    assert str(0.0826 * ft.USD / ft.kWh) == "0.0826 USD/kWh" and (2 * ft.MW).value == 2


def test_text_is_what_show_prints():
    s = ft.load("hare-and-turtle")
    s["operations.mfu"] = 0.4
    assert s.text.encode() == program("show", "hare-and-turtle", "--set", "operations.mfu=0.4")
