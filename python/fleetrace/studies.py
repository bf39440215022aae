"""Studies beside compare: grids, which input decides, the input that meets a goal, changed plans, and differences."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, Any, Callable, Iterable, List, Mapping, Sequence, Tuple, Union, overload

import numpy as np
import numpy.typing as npt

from fleetrace import _core, checks, values
from fleetrace._core import Axis, DiffValues, Interval, PointComparison, SensitivityValues, Solution, WhatIfValues
from fleetrace.command import Folder, folder, settings_words, study_options, unless
from fleetrace.compare import Comparison, compare
from fleetrace.guards import Guard, guards_of
from fleetrace.own import threads
from fleetrace.progress import Progress, kept, watched
from fleetrace.result import Result, lookup, netcdf_attrs
from fleetrace.scenario import Scenario, Source, load
from fleetrace.shards import Part, Shard, computed, numbered
from fleetrace.table import Table
from fleetrace.units import Quantity

if TYPE_CHECKING:
    import xarray

__all__ = ["Diff", "Sensitivity", "Solve", "Sweep", "WhatIf", "diff", "sensitivity", "solve", "sweep", "what_if"]

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
        super().__init__(answer, scenario, attrs)
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
        there = Scenario(self._scenario._core.future(values_there), self._scenario._source)
        found: Comparison = compare(there, jobs=jobs, **self._options)
        return found

    def _changes(self) -> Sequence[object]:
        return [axis.values for axis in self.axes]

    def _coordinate(self, axis: Axis) -> tuple[Any, str]:
        """The values of an axis as numbers of one unit where they are such, else as texts."""
        each = [values.read(text) for text in axis.values]
        units = {one.unit for one in each if isinstance(one, Quantity)}
        if all(isinstance(one, (int, float)) for one in each):
            return np.array(each, dtype=float), ""
        if all(isinstance(one, Quantity) for one in each) and len(units) == 1:
            return np.array([float(one) for one in each if isinstance(one, Quantity)]), units.pop()
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
          objective: str | None = None, target: float | None = None, confidence: float | None = None,
          output: Folder = None, shard: None = None, progress: Progress = False) -> Sweep: ...
@overload
def sweep(scenario: Source, axes: Mapping[str, Values], *, replications: int | None = None, seed: int = 1, jobs: int = 0,
          objective: str | None = None, target: float | None = None, confidence: float | None = None,
          output: Folder, shard: Shard, progress: Progress = False) -> Part: ...
def sweep(scenario: Source, axes: Mapping[str, Values], *, replications: int | None = None, seed: int = 1, jobs: int = 0,
          objective: str | None = None, target: float | None = None, confidence: float | None = None,
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
    jobs = threads(loaded, jobs, grid)
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


class Sensitivity(Result):
    """Which uncertain input decides: Sobol indices, one-at-a-time effects and break-evens.

    >>> import fleetrace as ft
    >>> g = ft.sensitivity("race-under-uncertainty", of="turtle", against="hare", points=16)
    >>> g.values.inputs[0].total.value >= g.values.inputs[1].total.value
    True
    """

    _answer: _core.SensitivityAnswer

    @property
    def values(self) -> SensitivityValues:
        """All numbers; `values.inputs` has the most telling input first, as an index of `inputs`."""
        return self._answer.values

    @property
    def inputs(self) -> list[str]:
        """The paths of the uncertain inputs."""
        return self._answer.inputs

    @property
    def strategies(self) -> list[str]:
        """The names of the strategies."""
        return self._answer.strategies

    def _page(self) -> str | None:
        return None if self._scenario is None else self._answer.html(self._scenario._core)


def question_words(of: str | None, against: str | None, points: int) -> dict[str, object]:
    """What a sensitivity asks, as words of the command."""
    return {"strategy": of if against is None else None, "difference": None if against is None else f"{of},{against}",
            "points": unless(128, points)}


@overload
def sensitivity(scenario: Source, *, of: str | None = None, against: str | None = None, points: int = 128, seed: int = 1,
                jobs: int = 0, objective: str | None = None, target: float | None = None, confidence: float | None = None,
                output: Folder = None, shard: None = None, progress: Progress = False) -> Sensitivity: ...
@overload
def sensitivity(scenario: Source, *, of: str | None = None, against: str | None = None, points: int = 128, seed: int = 1,
                jobs: int = 0, objective: str | None = None, target: float | None = None, confidence: float | None = None,
                output: Folder, shard: Shard, progress: Progress = False) -> Part: ...
def sensitivity(scenario: Source, *, of: str | None = None, against: str | None = None, points: int = 128, seed: int = 1,
                jobs: int = 0, objective: str | None = None, target: float | None = None, confidence: float | None = None,
                output: Folder = None, shard: Shard | None = None, progress: Progress = False) -> Sensitivity | Part:
    """Which uncertain input decides the objective of the strategy `of`, or its difference to that of `against`; without them, of the
    two with the best means. `points` is the size of each of 16 Sobol samples, a power of two from 2 to 1048576. The other options are
    those of `compare`; with `shard` one part of the points is run, of which a Part is returned. Raises InvalidScenario where the scenario
    has no uncertain input, StudyError and ValueError.

    >>> import fleetrace as ft
    >>> ft.sensitivity("race-under-uncertainty", points=16).values.runs
    1792
    """
    loaded = load(scenario)
    jobs = threads(loaded, jobs)
    options = study_options(seed, jobs, None, objective, target, confidence)
    checks.whole(points=points)
    checks.text(of=of, against=against)
    words = {**question_words(of, against, points), **settings_words(seed, None, objective, target, confidence)}
    if shard is not None:
        part = numbered(shard, output, loaded)
        keeps = folder(output, "sensitivity", loaded, {**words, "shard": "{}/{}".format(*part)})
        return computed(part, output, progress, lambda show: _core.sensitivity_part(
            loaded._core, loaded._source, of or "", against or "", points, options, part, show, keeps))
    kept_in = folder(output, "sensitivity", loaded, words)
    answer, interruption = watched("sensitivity", progress, lambda show: _core.sensitivity(
        loaded._core, of or "", against or "", points, options, show, kept_in))
    return kept(Sensitivity(answer, loaded, {"seed": seed}), interruption, "the sensitivity")


class Solve(Result):
    """The input that meets a goal.

    >>> import fleetrace as ft
    >>> found = ft.solve("hare-and-turtle", "strategies.turtle.budget", "turtle.relative_loss <= 0.53")
    >>> found.values.end, found.strategy, found.input.unit
    ('found', 'turtle', 'billion USD')
    """

    _answer: _core.SolveAnswer

    @property
    def values(self) -> Solution:
        """All numbers: the input in its base unit in `values.best.input`, and every one that was tried."""
        return self._answer.values

    @property
    def input(self) -> str | int | float | Quantity:
        """The input that was found, or the one nearest to the goal, as a scenario takes it."""
        return values.read(self._answer.input)

    @property
    def strategy(self) -> str:
        """The strategy that the goal is about."""
        return self._answer.strategy

    @property
    def interval(self) -> Interval:
        """The interval for the mean of the goal's number there, or for the number reached with the probability."""
        return self._answer.interval

    def _page(self) -> str | None:
        return None if self._scenario is None else self._answer.html(self._scenario._core)


def solve(scenario: Source, path: str, until: str, *, between: tuple[object, object] | None = None,
          probability: float | None = None, replications: int | None = None, seed: int = 1, jobs: int = 0,
          confidence: float | None = None, output: Folder = None, progress: Progress = False) -> Solve:
    """Looks for the value of the number at `path` at which the goal `until` begins to be met, such as
    `solve(s, "sites.main.power", "hare.relative_loss <= 0.68")`. `between` bounds the search by two values. The mean over the
    replications meets the goal, or with `probability` in (0, 1) so large a share of them. Raises InvalidScenario, StudyError, and
    ValueError for a path or a goal that makes no sense.

    >>> import fleetrace as ft
    >>> found = ft.solve("hare-and-turtle", "sites.main.power", "hare.relative_loss <= 0.68", between=(10 * ft.MW, 200 * ft.MW))
    >>> found.values.best.met
    True
    """
    loaded = load(scenario)
    bounds = None if between is None else (values.written(between[0]), values.written(between[1]))
    jobs = threads(loaded, jobs)
    options = study_options(seed, jobs, replications, None, None, confidence)
    checks.number(probability=probability)
    checks.text(path=path, until=until)
    words = {"for": path, "until": until, "between": None if bounds is None else ",".join(bounds), "probability": probability,
             "replications": replications, "seed": unless(1, seed), "confidence": confidence}
    kept_in = folder(output, "solve", loaded, words)
    answer, interruption = watched("solve", progress, lambda show: _core.solve(
        loaded._core, path, until, bounds, probability, options, show, kept_in))
    return kept(Solve(answer, loaded, {"seed": seed}), interruption, "the search")


class WhatIf(Result):
    """A scenario and changed ones on the same draws: effects, bottlenecks, and what easing them is worth.

    >>> import fleetrace as ft
    >>> w = ft.what_if("capacity-what-if", {"sites.main.power": "30 MW"}, replications=1)
    >>> [case.name for case in w.values.cases], w.values.cases[1].differs
    (['base', 'changed'], True)
    """

    _answer: _core.WhatIfAnswer
    guards: list[Guard] = []
    """Each goal of `fail_if` for each strategy of each case."""

    @property
    def values(self) -> WhatIfValues:
        """All numbers; the first case is the scenario as it is."""
        return self._answer.values

    def _changes(self) -> Sequence[object]:
        return [self.json()]

    @property
    def _seed(self) -> int:
        seed = self._attrs["seed"]
        assert isinstance(seed, int)
        return seed

    def comparison(self, case: str, *, objective: str | None = None, jobs: int = 0) -> Comparison:
        """The comparison of the strategies of a case ("base" is the scenario as it is) on the same draws, with every replication. They are
        raced once more, to the same bits. Raises KeyError.

        >>> import fleetrace as ft
        >>> w = ft.what_if("capacity-what-if", {"sites.main.power": "30 MW"}, replications=3)
        >>> c = w.comparison("changed")
        >>> c["turtle"].objective.mean == next(each for each in w.values.cases[1].strategies if each.name == "turtle").metrics[
        ...     "final_loss"].value.mean
        True
        """
        assert self._scenario is not None
        place = lookup([each.name for each in self.values.cases], case, "case")
        there = Scenario(self._scenario._core.future(self._answer.changes[place]), self._scenario._source) if place else self._scenario
        found: Comparison = compare(there, replications=self.values.replications, seed=self._seed, jobs=jobs, objective=objective,
                                    confidence=self.values.confidence)
        return found

    def plan(self, format: str = "table", width: int = 100) -> str:
        """Base, case and difference by periods, as `whatif --by` prints it. Raises ValueError where `by` did not ask for it."""
        return self._answer.write_plan(format, width).decode()

    def _page(self) -> str | None:
        return self._answer.html()


def what_if(scenario: Source, changes: Mapping[str, object] | None = None, *, cases: str | Sequence[str] = (), by: str | None = None,
            fiscal_year_begins: int = 1, replications: int | None = None, seed: int = 1, jobs: int = 0,
            confidence: float | None = None, fail_if: str | Sequence[str] = (), output: Folder = None,
            progress: Progress = False) -> WhatIf:
    """Races the scenario and changed ones on the same draws. `changes` are paths with values, which make one case "changed", or names
    of cases with such dicts; `cases` are names of cases that the scenario defines. Without both all of those are raced. `by` and
    `fiscal_year_begins` are those of `run`. Raises InvalidScenario for a change that makes no valid scenario, KeyError for a case
    that there is not, StudyError and ValueError.

    >>> import fleetrace as ft
    >>> w = ft.what_if("capacity-what-if", cases=["later-chips"], replications=1)
    >>> w.values.cases[1].name
    'later-chips'
    """
    loaded = load(scenario)
    given: list[tuple[str, list[tuple[str, str]]]] = []
    flat = {path: value for path, value in (changes or {}).items() if not isinstance(value, Mapping) or path in loaded}
    if flat:
        given.append(("changed", [(path, values.written(value)) for path, value in flat.items()]))
    for name, case in (changes or {}).items():
        if isinstance(case, Mapping) and name not in flat:
            given.append((name, [(str(path), values.written(value)) for path, value in case.items()]))
    jobs = threads(loaded, jobs, given)
    options = study_options(seed, jobs, replications, None, None, confidence)
    checks.whole(fiscal_year_begins=fiscal_year_begins)
    checks.text(by=by)
    goals, named = checks.texts("fail_if", fail_if), checks.texts("cases", cases)
    words: dict[str, object] = {
        "set": [f"{path}={value}" for _, case in given for path, value in case], "case": named, "fail-if": goals, "by": by,
        "fiscal-year-begins": unless(1, fiscal_year_begins), "replications": replications, "seed": unless(1, seed),
        "confidence": confidence}
    kept_in = folder(output, "whatif", loaded, words)
    answer, interruption = watched("what_if", progress, lambda show: _core.what_if(
        loaded._core, given, named, by, fiscal_year_begins, options, show, goals, kept_in))
    result = WhatIf(answer, loaded, {"seed": seed})
    for case in result.values.cases:
        result.guards = result.guards + guards_of(goals, [each.name for each in case.strategies], case.guards, case.name)
    return kept(result, interruption, "the what-if")


class Diff(Result):
    """What changed between two scenarios, and what each change brought.

    >>> import fleetrace as ft
    >>> s = ft.load("hare-and-turtle")
    >>> d = ft.diff(s, s.replace({"operations.mfu": 0.4}))
    >>> d.values.inputs[0].path, d.values.inputs[0].before, d.values.inputs[0].after
    ('operations.mfu', '0.38', '0.4')
    """

    _answer: _core.DiffAnswer

    @property
    def values(self) -> DiffValues:
        """All numbers."""
        return self._answer.values

    @property
    def answer(self) -> str:
        """The answer in a few sentences."""
        return self._answer.answer


def diff(a: Source, b: Source, *, seed: int | None = None, replication: int | None = None, jobs: int = 0) -> Diff:
    """Compares two scenarios, or folders that `output=` left, and races `a` with each change alone and `b` without each change alone.
    The seed is that of each folder, and 1 of scenarios. Uncertain inputs are at their medians unless a replication is asked for. What
    is to be known of a folder of another version is a warning. Raises InvalidScenario, and RunError where one of the two cannot be
    raced.

    >>> import fleetrace as ft
    >>> ft.diff("hare-and-turtle", "hare-and-turtle").values.empty
    True
    """
    checks.whole(seed=seed, replication=replication, jobs=jobs)
    sides = [_side(a), _side(b)]
    for side, name in sides:
        if isinstance(side, _core.Scenario):
            jobs = threads(Scenario(side, name), jobs)
    answer, notes, interruption = _core.diff(sides[0][0], sides[1][0], sides[0][1], sides[1][1], seed, replication, jobs)
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return kept(Diff(answer, None, {"a": sides[0][1], "b": sides[1][1]}), interruption, "the difference")


def _side(given: Source) -> tuple[_core.Scenario | str, str]:
    """A folder, or a scenario, and its name."""
    if isinstance(given, (str, os.PathLike)) and os.path.isdir(given):
        return os.fspath(given), os.fspath(given)
    loaded = load(given)
    return loaded._core, loaded._source
