"""Charts: what is drawn is what the results say, in colours that the page has."""

import re

import numpy as np
import pytest

import fleetrace as ft
from conftest import SOURCE

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.dates import date2num  # noqa: E402


@pytest.fixture(autouse=True)
def figures():
    yield
    plt.close("all")


def lines(ax):
    return {line.get_label(): line for line in ax.get_lines()}


def test_loss_of_a_race():
    race = ft.run("hare-and-turtle")
    ax = ft.plot.loss(race)
    assert list(lines(ax)) == race.names and ax.get_ylabel() == "relative loss"
    for i, name in enumerate(race.names):
        series = race._answer.series(i)
        np.testing.assert_array_equal(lines(ax)[name].get_ydata(), series["relative_loss"])
        np.testing.assert_array_equal(date2num(lines(ax)[name].get_xdata()), date2num(series["time"]))
    colours = [line.get_color() for line in ax.get_lines()]
    assert len(set(colours)) == 4 and len({str(line.get_linestyle()) + line.get_color() for line in ax.get_lines()}) == 4


def test_loss_of_a_comparison_has_bands():
    study = ft.compare("race-under-uncertainty", replications=40)
    ax = ft.plot.loss(study)
    bands = np.asarray(study.bands.strategies)
    for i, name in enumerate(study.names):
        np.testing.assert_array_equal(lines(ax)[name].get_ydata(), bands[i, :, 2])
        outer, inner = ax.collections[2 * i], ax.collections[2 * i + 1]
        for area, low, high in ((outer, 0, 4), (inner, 1, 3)):
            drawn = area.get_paths()[0].vertices[:, 1]
            assert drawn.min() == bands[i, :, low].min() and drawn.max() == bands[i, :, high].max()


def test_an_axis_is_drawn_into():
    _, ax = plt.subplots()
    assert ft.plot.loss(ft.run("hare-and-turtle"), ax) is ax


def test_fleets():
    race = ft.run("hare-and-turtle")
    ax = ft.plot.fleets(race)
    assert ax.get_ylabel() == "capacity [FLOP/s]"
    np.testing.assert_array_equal(lines(ax)["turtle"].get_ydata(), race._answer.series(1)["capacity_flop_per_s"])
    assert ft.plot.fleets(race, what="accelerators").get_ylabel() == "accelerators"
    assert ft.plot.RUNNING_UP < set(race.series.columns)
    ax = ft.plot.fleets(race, what="effective_compute_flop")
    assert ax.get_ylim()[0] == 0 and lines(ax)["turtle"].get_drawstyle() == "default"
    ax.set_yscale("log")
    low, high = ax.get_ylim()
    assert low > 0 and high / low < 1e9
    with pytest.raises(KeyError, match="accelerators"):
        ft.plot.fleets(race, what="fleet")


def test_schedule_of_a_race_and_of_a_plan():
    race = ft.run("hare-and-turtle")
    ax = ft.plot.schedule(race)
    for name in race.names:
        spent = race[name].final.capex / 1e9
        assert lines(ax)[name].get_ydata()[-1] == pytest.approx(spent, rel=1e-6) and lines(ax)[name].get_ydata()[0] == 0
    plan = ft.optimize("capacity-what-if", strategy="turtle")
    drawn = lines(ft.plot.schedule(plan))["plan"]
    table = plan.tables["schedule"]
    assert drawn.get_ydata()[-1] == pytest.approx(table["spend_usd"].sum() / 1e9)
    assert len(drawn.get_xdata()) == len(table) + 2
    start = np.datetime64(plan.values.start)
    assert drawn.get_xdata()[0] == start and drawn.get_xdata()[-1] - start > drawn.get_xdata()[1] - start


def test_winner_map():
    grid = ft.sweep("winner-map", {"horizon.length": [1, 2, 4] * ft.yr, "hardware.price_performance_doubling": [1, 4.4] * ft.yr})
    ax = ft.plot.winner_map(grid)
    cells = ax.images[0].get_array()
    assert cells.shape == (2, 3, 3)
    for place, point in enumerate(grid.points):
        column, row = divmod(place, 2)
        expected = matplotlib.colors.to_rgb(ft.plot.COLOURS[point.best])
        np.testing.assert_allclose(cells[row, column], expected)
    assert len({point.best for point in grid.points}) == 2
    assert ax.get_xlabel() == "horizon length [yr]" and [each.get_text() for each in ax.get_yticklabels()] == ["1", "4.4"]
    with pytest.raises(ValueError, match="two axes"):
        ft.plot.winner_map(ft.sweep("winner-map", {"horizon.length": [1, 2] * ft.yr}))


def test_winner_map_shows_doubt():
    grid = ft.sweep("race-under-uncertainty", {"horizon.length": [3.5, 4] * ft.yr, "operations.mfu": [0.3, 0.4]}, replications=20)
    ax = ft.plot.winner_map(grid)
    doubtful = sum(point.best is None for point in grid.points)
    assert len(ax.patches) == doubtful
    for place, point in enumerate(grid.points):
        first = max(range(len(point.strategies)), key=lambda i: point.strategies[i].p_best)
        drawn = np.asarray(ax.images[0].get_array()[place % 2, place // 2])
        full = np.array(matplotlib.colors.to_rgb(ft.plot.COLOURS[first]))
        assert (drawn >= full - 1e-12).all() and ((drawn - full).sum() > 0) == (point.strategies[first].p_best < 1)


def test_tornado():
    found = ft.sensitivity("race-under-uncertainty", of="turtle", against="hare", points=8)
    ax = ft.plot.tornado(found)
    values = found.values
    assert len(ax.patches) == 2 * len(values.inputs)
    order = sorted(values.inputs, key=lambda each: abs(each.at_high - each.at_low))
    for i, each in enumerate(order):
        low, high = ax.patches[2 * i], ax.patches[2 * i + 1]
        assert low.get_x() + low.get_width() == pytest.approx(each.at_low) and low.get_y() + 0.3 == pytest.approx(i)
        assert high.get_x() + high.get_width() == pytest.approx(each.at_high)
    assert ax.get_xlabel() == "final loss of turtle less hare"


def test_colours_are_those_of_the_light_page():
    style = (SOURCE / "sim/output/page/page_style.cpp").read_text()
    light = style[style.index(":root,.light"):style.index("@media")]
    assert re.findall(r"--c\d:(#\w{6})", light) == list(ft.plot.COLOURS)


def test_text_of_vector_figures_stays_text(in_folder):
    ax = ft.plot.loss(ft.run("hare-and-turtle"))
    with plt.rc_context(ft.plot.STYLE):
        ax.figure.savefig("loss.svg")
    assert ">relative loss</text>" in (in_folder / "loss.svg").read_text()


def test_a_chart_of_something_else_says_what_it_takes():
    race = ft.run("hare-and-turtle")
    for chart, given, said in ((ft.plot.loss, 3, "ft.Run or ft.Comparison, not of int"), (ft.plot.fleets, "x", "ft.Run, not of str"),
                               (ft.plot.winner_map, race, "ft.Sweep, not of Run"), (ft.plot.tornado, race, "ft.Sensitivity"),
                               (ft.plot.schedule, None, "ft.Run or ft.Optimum or ft.UncertainOptimum")):
        with pytest.raises(TypeError, match=said):
            chart(given)
