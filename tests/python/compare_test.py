"""Comparisons: the same bytes as the program, every replication as arrays, and studies that end early."""

import _thread
import threading
import time

import numpy as np
import pandas
import pytest

import fleetrace as ft
from conftest import SANITIZED, program

SCENARIO = "race-under-uncertainty"


@pytest.fixture(scope="module")
def study():
    return ft.compare(SCENARIO, replications=100, seed=2)


def test_all_formats_have_the_bytes_of_the_program(study):
    for form in study.formats:
        shown = program("compare", SCENARIO, "--replications", "100", "--seed", "2", "--format", form)
        assert study.write(form) == shown, form


def test_replications_are_those_of_json_lines(study):
    frame = study.replications
    lines = pandas.read_json(study.write("jsonl").decode(), lines=True)
    assert list(frame.columns) == [name for name in lines.columns if name != "inputs"]
    for name in frame.columns[2:]:
        np.testing.assert_allclose(frame[name], lines[name], rtol=1e-11, err_msg=name)
    assert list(frame["strategy"]) == list(lines["strategy"]) and frame["strategy"].dtype == "category"
    # A target that is not reached has no date.
    assert frame["time_to_target_yr"].isna().sum() == (frame["target_reached"] == 0).sum()
    drawn = pandas.DataFrame([each for each in lines["inputs"][::len(study.names)]])
    for name in drawn.columns:
        np.testing.assert_allclose(study.draws[name], drawn[name], rtol=1e-9, err_msg=name)
    assert study.draws.attrs["units"] and study.draws.attrs["distributions"]


def test_values_are_those_of_the_summary(study):
    assert list(study.summary["strategy"]) == study.names
    for name in study.names:
        row = study.summary.set_index("strategy").loc[name]
        assert study[name].objective.mean == pytest.approx(row["mean"], rel=1e-11)
        assert study[name].objective.mean == pytest.approx(study.metrics["final_loss"][:, study.names.index(name)].mean())
        assert study[name].mean.low < study[name].objective.mean < study[name].mean.high
    pair = study.values.pairs[0]
    assert study.pairs["mean_difference"][0] == pair.difference.mean and study.pairs["a"][0] == study.names[pair.a]
    assert study.leader in study.answer and study.stopping.rule.kind == "fixed" and study.values.objective == "final_loss"


def test_metrics_are_not_copied_again(study):
    loss = study.metrics["final_loss"]
    assert loss.shape == (100, len(study.names)) and not loss.flags.owndata
    assert np.shares_memory(loss, study.tables["replications"]["final_loss"])


def test_xarray_has_strategies_replications_and_times(study, in_folder):
    data = study.to_xarray()
    assert list(data.sizes)[:2] == ["strategy", "replication"] and data.sizes["quantile"] == 5 and data.sizes["time"] > 10
    assert data["spend_usd"].attrs["units"] == "USD"
    drawn = data[study.tables["draws"].names[1]]
    assert drawn.dims == ("replication",) and drawn.attrs["distribution"]
    data.to_netcdf("study.nc")
    assert (in_folder / "study.nc").stat().st_size > 10_000


def test_results_depend_on_no_thread_count(study):
    assert ft.compare(SCENARIO, replications=100, seed=2, jobs=1).json() == study.json()


def test_rules_and_objectives():
    selected = ft.compare(SCENARIO, select=0.05, seed=1)
    assert selected.stopping.rule.kind == "select" and selected.stopping.selected is not None
    by_money = ft.compare(SCENARIO, replications=20, objective="npv")
    assert by_money.values.objective == "npv"
    with pytest.raises(ValueError, match="Did you mean|Valid values"):
        ft.compare(SCENARIO, objective="npw")
    with pytest.raises(ValueError, match="two rules"):
        ft.compare(SCENARIO, select=0.1, half_width=0.1)
    with pytest.raises(ValueError, match="replications"):
        ft.compare(SCENARIO, replications=0)
    for wrong in ("many", 1e2, True):
        with pytest.raises(TypeError, match="replications is a whole number"):
            ft.compare(SCENARIO, replications=wrong)
    for name in ("confidence", "half_width"):
        with pytest.raises(TypeError, match=f"{name} is a number"):
            ft.compare(SCENARIO, **{name: "0.9"})


def test_progress_is_told_on_the_thread_of_the_caller():
    seen = []
    ft.compare(SCENARIO, replications=400, progress=lambda done, total: seen.append((done, total, threading.get_ident())))
    assert seen[-1][:2] == (400, 400) and {each[2] for each in seen} == {threading.get_ident()}
    with pytest.raises(ZeroDivisionError):
        ft.compare(SCENARIO, replications=10**6, progress=lambda done, total: 1 / 0)
    with pytest.raises(TypeError, match="function of"):
        ft.compare(SCENARIO, progress="yes")


def test_a_bar_is_shown(capsys):
    ft.compare(SCENARIO, replications=50, progress=True)
    assert "50" in capsys.readouterr().err


def test_interruption_keeps_what_is_finished():
    asked = []

    def interrupt(done, total):
        # A thread that has to wait on a busy machine may keep the first of all from being finished for a while.
        if not asked and done >= 500:
            asked.append(time.monotonic())
            _thread.interrupt_main()

    with pytest.raises(ft.Interrupted) as caught:
        ft.compare(SCENARIO, replications=10**6, progress=interrupt)
    assert time.monotonic() - asked[0] < (20 if SANITIZED else 5)  # a second, but for machines that are busy
    left = caught.value.result
    assert 0 < left.values.replications < 10**6
    whole = ft.compare(SCENARIO, replications=left.values.replications)
    np.testing.assert_array_equal(left.metrics["final_loss"], whole.metrics["final_loss"])


def test_two_threads_run_studies_at_once():
    results = {}

    def work(seed):
        results[seed] = ft.compare(SCENARIO, replications=100, seed=seed, jobs=1).json()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in (1, 2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert results == {seed: ft.compare(SCENARIO, replications=100, seed=seed).json() for seed in (1, 2)}
