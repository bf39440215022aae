"""Comparisons at every point of a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Iterable, List, Mapping, Sequence, Tuple, Union, overload

import numpy as np
import numpy.typing as npt

from fleetrace import _core, values
from fleetrace._core import Axis, PointComparison
from fleetrace.command import Folder, folder, settings_words, study_options
from fleetrace.compare import Comparison, compare_future
from fleetrace.objective import Objective
from fleetrace.own import threads
from fleetrace.progress import Progress, kept, watched
from fleetrace.result import Result, netcdf_attrs
from fleetrace.scenario import Scenario, Source, load
from fleetrace.shards import Part, Shard, computed, numbered
from fleetrace.units import Quantity

if TYPE_CHECKING:
    import xarray

__all__ = ["Sweep", "sweep"]

Values = Union[Sequence[object], Quantity, "npt.NDArray[Any]"]
Grid = List[Tuple[str, List[str]]]


class Sweep(Result):
    """A comparison at every point of a grid; the last axis runs fastest.

    >>> import fleetrace as ft
    >>> g = ft.sweep("hare-and-turtle", {"horizon.length": ["7 yr", "8 yr"], "operations.mfu": [0.3, 0.4]})
    >>> len(g.points), dict(g.to_xarray().sizes)
    (4, {'horizon.length': 2, 'operations.mfu': 2, 'strategy': 4})
    """

    _answer: _core.SweepAnswer

    def __init__(self, answer: _core.SweepAnswer, scenario: Scenario, attrs: Mapping[str, object], grid: Grid,
                 options: Mapping[str, Any]) -> None:
        super().__init__(answer, scenario, attrs, options.get("objective"))
        self._grid, self._options = grid, dict(options)

    @property
    def axes(self) -> list[Axis]:
        """The axes, with their values as a scenario writes them."""
        return self._answer.axes

    @property
    def points(self) -> list[PointComparison]:
        """The comparison at each point, the last axis fastest."""
        return self._answer.points

    @property
    def answer(self) -> str:
        """The answer in a sentence."""
        return self._answer.answer

    def comparison(self, point: int, *, jobs: int = 0) -> Comparison:
        """The comparison at the point of that index in `points`, with every replication. It is raced once more, to the same bits. Raises
        IndexError.

        >>> import fleetrace as ft
        >>> g = ft.sweep("race-under-uncertainty", {"operations.mfu": [0.3, 0.4]}, replications=20)
        >>> c = g.comparison(1)
        >>> c.metrics["final_loss"].shape, c["hare"].objective.mean == g.points[1].strategies[0].objective.mean
        ((20, 3), True)
        """
        assert self._scenario is not None
        place = np.unravel_index(range(len(self.points))[point], [len(given) for _, given in self._grid])
        values_there = [(path, given[int(i)]) for (path, given), i in zip(self._grid, place)]
        return compare_future(self._scenario, values_there, jobs=jobs, **self._options)

    def _changes(self) -> Sequence[object]:
        return [axis.values for axis in self.axes]

    def _coordinate(self, axis: Axis) -> tuple[Any, str]:
        """The values of an axis as numbers of one unit where they are such, else as texts."""
        each = [values.read(text) for text in axis.values]
        units = {one.unit for one in each if isinstance(one, Quantity)}
        if all(isinstance(one, (int, float)) for one in each):
            return np.array(each, dtype=float), ""
        if all(isinstance(one, Quantity) for one in each) and len(units) == 1:
            return np.array([float(one.value) for one in each if isinstance(one, Quantity)]), units.pop()
        return list(axis.values), ""

    def to_xarray(self) -> xarray.Dataset:
        """An xarray.Dataset with a dimension for each axis and one for the strategies: the mean objective with its interval, the
        probability of being best and its regret, and the index of the best strategy of each point in `best`, -1 where the evidence
        names none. Raises ImportError without xarray."""
        import xarray

        shape = tuple(len(axis.values) for axis in self.axes)
        names = [each.name for each in self.points[0].strategies]
        dimensions = (*(axis.path for axis in self.axes), "strategy")
        numbers: dict[str, Callable[[_core.StrategyStanding], float]] = {
            "mean": lambda each: each.objective.mean, "ci_low": lambda each: each.mean.low, "ci_high": lambda each: each.mean.high,
            "median": lambda each: each.median, "p_best": lambda each: each.p_best, "regret_mean": lambda each: each.regret_mean,
            "mean_spend_usd": lambda each: each.mean_spend, "mean_energy_kwh": lambda each: each.mean_energy}
        data: dict[str, Any] = {
            name: (dimensions, np.array([[value(each) for each in point.strategies] for point in self.points]).reshape(*shape, -1))
            for name, value in numbers.items()}
        best = [-1 if point.best is None else point.best for point in self.points]
        data["best"] = (dimensions[:-1], np.array(best).reshape(shape))
        coordinates: dict[str, Any] = {"strategy": names}
        for axis in self.axes:
            numbers_of, unit = self._coordinate(axis)
            coordinates[axis.path] = ((axis.path,), numbers_of, {"units": unit} if unit else {})
        attrs = netcdf_attrs({**self._attrs, "objective": self.points[0].objective})
        if self._scenario is not None:
            attrs["scenario_with_sources"] = self._scenario.text
        return xarray.Dataset(data, coordinates, attrs)

    def _page(self) -> str | None:
        return None if self._scenario is None else self._answer.html(self._scenario._core)


def _axis(path: str, given: Values | str) -> list[str]:
    if isinstance(given, str):
        raise TypeError(f'the values of "{path}" are a list, an array or an array of quantities, such as '
                        f'np.linspace(1, 4, 7) * ft.yr, not one text')
    if isinstance(given, Quantity) and not given.value.ndim:
        raise TypeError(f'"{path}" has one value; an axis has a list of them, such as [1, 2, 4] * ft.yr')
    if not isinstance(given, Iterable):
        raise TypeError(f'the values of "{path}" are a list, an array or an array of quantities, not {type(given).__name__}')
    return [values.written(each) for each in given]


def grid_of(axes: Mapping[str, Values]) -> Grid:
    """Paths with the values of each axis, as a scenario writes them."""
    return [(path, _axis(path, given)) for path, given in axes.items()]


def vary_words(grid: Grid) -> dict[str, object]:
    """The axes as words of the command."""
    return {"vary": [f"{path}={','.join(given)}" for path, given in grid]}


@overload
def sweep(scenario: Source, axes: Mapping[str, Values], *, replications: int | None = None, seed: int = 1, jobs: int = 0,
          objective: Objective = None, target: float | None = None, confidence: float | None = None,
          output: Folder = None, shard: None = None, progress: Progress = False) -> Sweep: ...
@overload
def sweep(scenario: Source, axes: Mapping[str, Values], *, replications: int | None = None, seed: int = 1, jobs: int = 0,
          objective: Objective = None, target: float | None = None, confidence: float | None = None,
          output: Folder, shard: Shard, progress: Progress = False) -> Part: ...
def sweep(scenario: Source, axes: Mapping[str, Values], *, replications: int | None = None, seed: int = 1, jobs: int = 0,
          objective: Objective = None, target: float | None = None, confidence: float | None = None,
          output: Folder = None, shard: Shard | None = None, progress: Progress = False) -> Sweep | Part:
    """Compares the strategies at every point of the grid over `axes`: paths with lists or arrays of values, such as
    `{"horizon.length": np.linspace(2, 10, 9) * ft.yr}`. The other options are those of `compare`; `output` is a folder for
    the files that the program writes, and with `shard` for one part of the points, of which a Part is returned. All points are checked
    before the first one runs. Raises InvalidScenario with what is wrong at any point, StudyError, ValueError and TypeError; Ctrl-C raises
    KeyboardInterrupt, and a grid is finished or not kept at all.

    >>> import fleetrace as ft
    >>> print(ft.sweep("hare-and-turtle", {"horizon.length": [7, 8] * ft.yr}).answer)
    lab wins all 2 values of horizon length (lowest final loss).
    """
    loaded = load(scenario)
    grid = grid_of(axes)
    jobs = threads(loaded, jobs, grid, objective=objective)
    options = study_options(seed, jobs, replications, objective, target, confidence)
    words = {**vary_words(grid), **settings_words(seed, replications, objective, target, confidence)}
    if shard is not None:
        part = numbered(shard, output, loaded)
        keeps = folder(output, "sweep", loaded, {**words, "shard": "{}/{}".format(*part)})
        return computed(part, output, progress, lambda show: _core.sweep_part(
            loaded._core, loaded._source, grid, options, part, show, keeps))
    kept_in = folder(output, "sweep", loaded, words)
    answer, interruption = watched("sweep", progress, lambda show: _core.sweep(loaded._core, grid, options, show, kept_in))
    asked = {"replications": replications, "seed": seed, "objective": objective, "target": target, "confidence": confidence}
    return kept(Sweep(answer, loaded, {"seed": seed}, grid, asked), interruption, "the sweep")
