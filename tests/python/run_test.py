"""One race: the same bytes as the program, typed values, and arrays that look at the memory of the library."""

import gc

import numpy as np
import pandas
import pytest

import fleetrace as ft
from conftest import program


@pytest.fixture(scope="module")
def race():
    return ft.run("hare-and-turtle", seed=1)


def test_all_formats_have_the_bytes_of_the_program(race):
    for form in race.formats:
        assert race.write(form) == program("run", "hare-and-turtle", "--format", form), form
    assert race.json().encode() == race.write("json")
    with pytest.raises(ValueError, match="json"):
        race.write("jsn")


def test_values_are_those_of_the_report(race):
    final = race["turtle"].final
    assert final.relative_loss == pytest.approx(0.5360, abs=5e-5) and final.spend == pytest.approx(2.175e9, rel=1e-3)
    assert final.time == np.datetime64("2034-01-01") and final.finance.npv_usd < 0
    assert final.accelerators["in_service"] + final.accelerators["in_repair"] <= sum(final.accelerators.values())
    assert [str(each.reached)[:7] for each in race["turtle"].targets] == ["2027-02", "2028-06", "2030-03"]
    assert race["turtle"].series[-1].relative_loss == final.relative_loss
    assert "bought" in dir(race["turtle"]) and race["turtle"].bought[0].accelerator == "GB300"
    assert [(str(each.time)[:10], each.leader, each.behind) for each in race.overtakes][0] == ("2026-12-25", "lab", "turtle")
    assert "GB300.price (43000 USD)" in race.unverified_inputs
    with pytest.raises(KeyError, match="hare, turtle, heron, lab"):
        race["tortoise"]
    with pytest.raises(AttributeError):
        final.relative_loss = 0


def test_values_outlive_their_result():
    summary = ft.run("hare-and-turtle")["turtle"].final
    sample = ft.run("hare-and-turtle")["turtle"].series[3]
    column = ft.run("hare-and-turtle")._answer.series(1)["relative_loss"]
    gc.collect()
    assert summary.relative_loss == column[-1] and sample.relative_loss == column[3]


def test_columns_are_looked_at_where_they_lie(race):
    columns = race._answer.series(0)
    loss = columns["relative_loss"]
    assert not loss.flags.owndata and not loss.flags.writeable and loss.base is not None
    assert columns["time"].dtype == "datetime64[ms]" and not columns["time"].flags.owndata
    with pytest.raises(ValueError):
        loss[0] = 0


def test_the_series_is_results_csv(race, in_folder):
    frame = race.series
    (in_folder / "results.csv").write_bytes(program("run", "hare-and-turtle", "--format", "csv"))
    expected = pandas.read_csv("results.csv", parse_dates=["time"])
    assert list(frame.columns) == list(expected.columns) and len(frame) == len(expected)
    assert frame["time"].dtype == "datetime64[ns]" and frame.attrs["units"]["spend_usd"] == "USD"
    assert frame.attrs["scenario_sha256"] == race.scenario.hash and frame.attrs["seed"] == 1
    for name in frame.columns:
        if name == "strategy":
            assert list(frame[name]) == list(expected[name])
        elif name == "time":
            assert (frame[name] == expected[name].dt.tz_localize(None)).all()
        else:
            np.testing.assert_allclose(frame[name], expected[name], rtol=1e-11, err_msg=name)


def test_the_other_tables_are_those_of_the_folder(race):
    bought = race.to_dataframe("bought")
    assert bought["count"].sum() == sum(each.count for name in race for each in race[name].bought)
    assert bought["ordered"].dtype == "datetime64[ns]" and bought.attrs["units"]["cost_usd"] == "USD"
    assert list(race.to_dataframe("returns")["strategy"]) == race.names
    with pytest.raises(KeyError, match="series, bought, returns"):
        race.tables["orders"]


def test_xarray_has_units_and_sources(race, in_folder):
    data = race.to_xarray()
    assert dict(data.sizes) == {"strategy": 4, "time": len(race["hare"].series)}
    assert data["spend_usd"].attrs["units"] == "USD" and "Epoch" in data.attrs["scenario_with_sources"]
    assert float(data["relative_loss"].sel(strategy="turtle")[-1]) == race["turtle"].final.relative_loss
    data.to_netcdf("race.nc")
    assert (in_folder / "race.nc").stat().st_size > 10_000


def test_replications_plans_and_traces():
    drawn = ft.run("race-under-uncertainty", seed=3, replication=7)
    assert drawn.json().encode() == program("run", "race-under-uncertainty", "--seed", "3", "--replication", "7", "--format", "json")
    planned = ft.run("hare-and-turtle", by="quarter", fiscal_year_begins=10)
    shown = program("run", "hare-and-turtle", "--by", "quarter", "--fiscal-year-begins", "october", "--format", "csv")
    assert planned.plan("csv").encode() == shown
    assert planned.plans[1].periods[0].name in planned.to_dataframe("plan")["period"].values
    lines = []
    ft.run("hare-and-turtle", trace=lines.append)
    assert len(lines) > 100 and all(isinstance(line, str) for line in lines)


def test_errors_of_a_race():
    with pytest.raises(ValueError, match="month, quarter, year|Did you mean"):
        ft.run("hare-and-turtle", by="quater")
    with pytest.raises(ValueError, match="month"):
        ft.run("hare-and-turtle", by="year", fiscal_year_begins=13)
    with pytest.raises(ValueError, match="no plan"):
        ft.run("hare-and-turtle").plan()
    with pytest.raises(TypeError, match="seed is a whole number from 0 to 4294967295, not 'one'"):
        ft.run("hare-and-turtle", seed="one")
    with pytest.raises(ValueError, match="seed is a whole number from 0 to 4294967295, not -1"):
        ft.run("hare-and-turtle", seed=-1)
    with pytest.raises(TypeError, match="fail_if is a text or a list of texts"):
        ft.run("hare-and-turtle", fail_if=5)


def test_records_show_their_fields():
    turtle = ft.run("hare-and-turtle")["turtle"]
    assert repr(turtle).startswith("StrategyResult(strategy='turtle', ")
    assert f"relative_loss={turtle.final.relative_loss:.6g}" in repr(turtle.final)
    assert all(len(repr(each)) < 3000 for each in (turtle, turtle.final)) and " more]" in repr(turtle)
    with pytest.raises(ZeroDivisionError):
        ft.run("hare-and-turtle", trace=lambda line: 1 / 0)


def test_it_looks_like_the_page_in_a_notebook(race):
    assert "<iframe" in race._repr_html_() and str(race) == race.table()
    assert race.table() == program("run", "hare-and-turtle").decode()
    assert race.attrs["fleetrace"] == ft.__version__
