"""The page's charts in matplotlib, at the quality of a journal: each function draws into an axis, or makes one, and returns it.

Lines differ in colour and in dash, and the colours are told apart by the colour-blind; they are those of the page.

>>> import matplotlib; matplotlib.use("Agg")
>>> import fleetrace as ft
>>> ax = ft.plot.loss(ft.run("hare-and-turtle"))
>>> ax.get_ylabel()
'relative loss'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Union

import numpy as np
import numpy.typing as npt

from fleetrace.compare import Comparison
from fleetrace.optimize import Optimum, UncertainOptimum
from fleetrace.result import Result
from fleetrace.run import Run, run
from fleetrace.sensitivity import Sensitivity
from fleetrace.sweep import Sweep

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["COLOURS", "STYLE", "fleets", "line", "loss", "schedule", "tornado", "winner_map"]

# Of the light page, in its order; each keeps a contrast of 3:1 against white.
COLOURS = ("#0072b2", "#c24e00", "#00795c", "#a63a82", "#57606a", "#6a4fc0", "#8a6d00", "#b3261e")
DASHES: tuple[Any, ...] = ("solid", (0, (7, 3)), (0, (3, 2)), (0, (9, 3, 2, 3)))
# A column of a journal is some 3.4 inches wide, and its text 8 points high. Text in PDF and SVG stays text.
STYLE = {
    "figure.figsize": (3.4, 2.4), "figure.dpi": 150, "figure.constrained_layout.use": True, "font.size": 8, "axes.titlesize": 8,
    "axes.labelsize": 8, "xtick.labelsize": 7, "ytick.labelsize": 7, "legend.fontsize": 7, "legend.frameon": False,
    "axes.linewidth": 0.6, "lines.linewidth": 1.2, "axes.spines.top": False, "axes.spines.right": False, "pdf.fonttype": 42,
    "svg.fonttype": "none", "svg.hashsalt": "fleetrace",
}
# Columns of a race's series that run up or down between the dates; all others change at events, in steps.
RUNNING_UP = {"relative_loss", "effective_compute_flop", "physical_compute_flop", "energy_kwh", "energy_cost_usd", "research_usd",
              "rent_usd", "revenue_usd", "opex_usd", "spend_usd", "unmet_demand_flop"}
WORDS = {"final_loss": "final loss", "mean_loss": "mean loss", "time_to_target": "time to the target [yr]",
         "cost_to_target": "cost to the target [USD]", "npv": "net present value [USD]", "discounted_loss": "discounted loss",
         "cost_per_effective_compute": "cost per effective compute [USD/PF-day]"}


def _axis(ax: Axes | None) -> Axes:
    """The axis, or that of a new figure in the style of a journal."""
    if ax is not None:
        return ax
    try:
        import matplotlib
        import matplotlib.pyplot as plt
    except ImportError:
        raise ImportError("charts need matplotlib (python3-matplotlib in Debian)") from None
    with plt.rc_context(STYLE):
        axis: Axes = plt.subplots()[1]
        interactive = matplotlib.is_interactive()
    # The first figure loads the backend, which may have turned it on, as in notebooks; leaving the context turns it off again.
    matplotlib.interactive(interactive)
    return axis


def _of(result: object, *kinds: type) -> None:
    """Refuses a result of another kind than a chart shows."""
    if not isinstance(result, kinds):
        names = [f"ft.{kind.__name__}" for kind in kinds]
        raise TypeError(f"the chart is of {' or '.join(names)}, not of {type(result).__name__}")


def line(i: int) -> dict[str, Any]:
    """Colour, dash and width of the line of that index, for lines of one's own beside these."""
    return {"color": COLOURS[i % len(COLOURS)], "linestyle": DASHES[i % len(DASHES)], "linewidth": 1.2}


def _years(ax: Axes) -> None:
    """Dates as years, as far as they fit."""
    import matplotlib.dates as dates

    locator = dates.AutoDateLocator(minticks=3, maxticks=6)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))


def _dates(times: Any) -> npt.NDArray[Any]:
    return np.asarray(times, dtype="datetime64[ms]")


def loss(result: Union[Run, Comparison], ax: Axes | None = None) -> Axes:
    """Relative loss over time: of one race, or of a comparison the median with the bands from 25 to 75 and from 5 to 95 % of the
    replications. Raises ValueError for a comparison without bands."""
    _of(result, Run, Comparison)
    axis = _axis(ax)
    if isinstance(result, Comparison):
        bands = result.bands
        if not bands.replications:
            raise ValueError("the comparison has no loss over time")
        times = _dates(bands.times)
        for i, (name, quantiles) in enumerate(zip(result.names, np.asarray(bands.strategies))):
            colour = COLOURS[i % len(COLOURS)]
            axis.fill_between(times, quantiles[:, 0], quantiles[:, 4], color=colour, alpha=0.12, linewidth=0)
            axis.fill_between(times, quantiles[:, 1], quantiles[:, 3], color=colour, alpha=0.22, linewidth=0)
            axis.plot(times, quantiles[:, 2], label=name, **line(i))
    else:
        for i, name in enumerate(result.names):
            series = result._answer.series(i)
            axis.plot(_dates(series["time"]), series["relative_loss"], label=name, **line(i))
    axis.set_ylabel("relative loss")
    _years(axis)
    axis.legend(frameon=False)
    return axis


def fleets(result: Run, ax: Axes | None = None, *, what: str = "capacity_flop_per_s") -> Axes:
    """The fleets of a race over time: a column of its series, such as "capacity_flop_per_s", "accelerators" or
    "average_site_power_w". Raises KeyError for a column that there is not."""
    _of(result, Run)
    table = result.tables["series"]
    if what not in table.names:
        from fleetrace.errors import UnknownName

        raise UnknownName(f'there is no column "{what}". Valid names are: {", ".join(table.names[2:])}.')
    axis = _axis(ax)
    for i, name in enumerate(result.names):
        series = result._answer.series(i)
        axis.plot(_dates(series["time"]), series[what], label=name, drawstyle="default" if what in RUNNING_UP else "steps-post", **line(i))
    unit = table.units.get(what, "")
    words = what[:-len(unit.lower().replace("/", "_per_")) - 1] if unit else what
    axis.set_ylabel(words.replace("_", " ") + (f" [{unit}]" if unit else ""))
    axis.set_ylim(bottom=0, auto=True)  # a scale without 0 that is set afterwards chooses limits of its own
    _years(axis)
    axis.legend(frameon=False)
    return axis


def schedule(result: Result, ax: Axes | None = None) -> Axes:
    """What is spent on hardware by when: of every strategy of a race, or of the plan of `ft.optimize`. A step is an order."""
    _of(result, Run, Optimum, UncertainOptimum)
    assert isinstance(result, (Run, Optimum, UncertainOptimum))
    is_run = isinstance(result, Run)
    table = result.tables["bought" if is_run else "schedule"]
    when, cost = table["ordered" if is_run else "time"], table["cost_usd" if is_run else "spend_usd"]
    names = result.names if isinstance(result, Run) else ["plan"]
    owner = table["strategy"] if is_run else np.full(len(table), "plan", dtype=object)
    # From the start of the horizon to its end, so that one order alone is a step, too.
    race = result if isinstance(result, Run) else run(result.plan)
    horizon = _dates(race._answer.series(0)["time"])
    axis = _axis(ax)
    for i, name in enumerate(names):
        mine = owner == name
        order = np.argsort(_dates(when[mine]), kind="stable")
        times, spent = _dates(when[mine])[order], np.cumsum(np.asarray(cost[mine], dtype=float)[order]) / 1e9
        if len(times):
            axis.plot(np.concatenate([horizon[:1], times, horizon[-1:]]), np.concatenate([[0.0], spent, spent[-1:]]), label=name,
                      drawstyle="steps-post", marker="o", markersize=2, markevery=slice(1, -1), **line(i))
    axis.set_ylabel("hardware ordered so far [billion USD]")
    axis.set_ylim(bottom=0)
    _years(axis)
    axis.legend(frameon=False)
    return axis


def winner_map(result: Sweep, ax: Axes | None = None) -> Axes:
    """Who is best at each point of a grid of two axes, the first along the bottom; the lighter a cell, the less likely its best
    strategy is the best in a draw. Points without a best strategy by the evidence are hatched. Raises ValueError for another number
    of axes."""
    _of(result, Sweep)
    if len(result.axes) != 2:
        raise ValueError(f"a map has two axes, and this sweep has {len(result.axes)}")
    import matplotlib.colors as colors
    from matplotlib.patches import Patch, Rectangle

    axis = _axis(ax)
    names = [each.name for each in result.points[0].strategies]
    (x, x_unit), (y, y_unit) = (result._coordinate(each) for each in result.axes)
    cells = np.ones((len(y), len(x), 3))
    shown: list[int] = []
    for place, point in enumerate(result.points):
        column, row = divmod(place, len(y))
        first = max(range(len(names)), key=lambda i: point.strategies[i].p_best)
        # In full where it is always the best, and halfway to white where it is so by chance alone.
        share = (point.strategies[first].p_best - 1 / len(names)) / (1 - 1 / len(names)) if len(names) > 1 else 1.0
        full = np.array(colors.to_rgb(COLOURS[first % len(COLOURS)]))
        cells[row, column] = full + (1 - full) * 0.6 * (1 - max(0.0, share))
        shown += [first] if first not in shown else []
        if point.best is None:
            axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, hatch="////", edgecolor="#57606a", linewidth=0))
    axis.imshow(cells, origin="lower", aspect="auto", interpolation="nearest")
    axis.set_xticks(range(len(x)), [_tick(each) for each in x])
    axis.set_yticks(range(len(y)), [_tick(each) for each in y])
    for label, path, unit in ((axis.set_xlabel, result.axes[0].path, x_unit), (axis.set_ylabel, result.axes[1].path, y_unit)):
        label(_words(path) + (f" [{unit}]" if unit else ""))
    axis.legend(handles=[Patch(color=COLOURS[i % len(COLOURS)], label=names[i]) for i in sorted(shown)], frameon=False, ncol=4,
                loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
    return axis


def _words(path: str) -> str:
    """What a path ends in, as words; "doubling" alone does not say of what."""
    *before, last = path.split(".")
    return " ".join([*before[-1:], last] if last in ("doubling", "rate", "length", "budget", "lifetime") else [last]).replace("_", " ")


def _tick(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, (float, np.floating)) else str(value)


def tornado(result: Sensitivity, ax: Axes | None = None) -> Axes:
    """What each uncertain input does to the result: bars from its 5 % to its 95 % quantile, all others at their medians, the longest
    on top; the line is the result with all of them there."""
    _of(result, Sensitivity)
    values = result.values
    middle = values.at_medians
    # Infinite results have no bar.
    bars = [each for each in values.inputs if np.isfinite(each.at_low) and np.isfinite(each.at_high)]
    bars.sort(key=lambda each: abs(each.at_high - each.at_low))
    axis = _axis(ax)
    for row, each in enumerate(bars):
        for end, colour, words in ((each.at_low, COLOURS[0], "5 % quantile"), (each.at_high, COLOURS[1], "95 % quantile")):
            axis.barh(row, end - middle, left=middle, height=0.6, color=colour, label=words if row == 0 else None)
    axis.axvline(middle, color="#1b1f23", linewidth=0.8)
    axis.locator_params(axis="x", nbins=4)
    axis.set_yticks(range(len(bars)), [_words(result.inputs[each.input]) for each in bars])
    names = result.strategies
    of = names[values.strategy] + (f" less {names[values.against]}" if values.against is not None else "")
    axis.set_xlabel(f"{WORDS.get(values.objective, values.objective)} of {of}")
    axis.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncol=2, borderaxespad=0.2)
    return axis
