"""Who wins over many draws of the world, by how much, and how sure that is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence, overload

import numpy as np
import numpy.typing as npt

from fleetrace import _core, checks
from fleetrace._core import LossBands, PairStanding, PointComparison, StoppingResult, StrategyStanding
from fleetrace.command import Folder, folder, settings_words, study_options
from fleetrace.guards import Guard, guards_of
from fleetrace.objective import Judgement, Objective
from fleetrace.own import threads
from fleetrace.progress import Progress, kept, watched
from fleetrace.result import Result, lookup, netcdf_attrs
from fleetrace.scenario import Scenario, Source, load
from fleetrace.shards import Part, Shard, computed, numbered, whole_only
from fleetrace.table import Column, Table, Words

if TYPE_CHECKING:
    import pandas
    import xarray

__all__ = ["Comparison", "PlanBands", "compare"]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Comparison(Result):
    """A comparison of all strategies on the same draws. Every replication is kept.

    >>> import fleetrace as ft
    >>> c = ft.compare("race-under-uncertainty", replications=50)
    >>> c["turtle"].objective.n, c.values.confidence
    (50, 0.95)
    >>> c.replications.shape, list(c.tables)
    ((150, 16), ['replications', 'summary', 'pairs', 'draws'])
    """

    _answer: _core.ComparisonAnswer
    guards: list[Guard] = []
    """Each goal of `fail_if` for each strategy that it is about; empty where the study was interrupted."""

    @property
    def values(self) -> PointComparison:
        """All numbers of the comparison."""
        return self._answer.values

    @property
    def strategies(self) -> list[StrategyStanding]:
        """One strategy over all replications each, in the order of the scenario."""
        return self.values.strategies

    @property
    def names(self) -> list[str]:
        """The names of the strategies, in their order."""
        return self._answer.strategies

    def __getitem__(self, strategy: str) -> StrategyStanding:
        return self.strategies[lookup(self.names, strategy)]

    @property
    def leader(self) -> str | None:
        """The strategy with the best mean; None where several share it, or none has one."""
        return None if self.values.leader is None else self.names[self.values.leader]

    @property
    def best(self) -> str | None:
        """The leader, if the evidence tells it from every other at the confidence; else None."""
        return None if self.values.best is None else self.names[self.values.best]

    @property
    def answer(self) -> str:
        """The answer and its certainty in a sentence or two."""
        return self._answer.answer

    @property
    def stopping(self) -> StoppingResult:
        """Why the study stopped."""
        return self._answer.stopping

    def judge(self, objective: Callable[[Any], float]) -> Judgement:
        """Compares the strategies by an objective of one's own, without racing again. It is called with an `ft.Outcome` for each race, and
        returns a finite number, of which less is better. What it raises goes on. Raises ValueError for what is no finite number, with the
        strategy and the replication.

        >>> import fleetrace as ft
        >>> ft.compare("race-under-uncertainty", replications=100).judge(lambda o: o.mean_loss).leader
        'hare'
        """
        return Judgement(self, objective)

    @property
    def bands(self) -> LossBands:
        """Quantiles of relative loss over time."""
        return self._answer.bands

    @cached_property
    def metrics(self) -> dict[str, npt.NDArray[np.float64]]:
        """Every metric of every race by replication and strategy, under its name with its unit, such as "spend_usd". NaN where a
        race has none: a target that is not reached has no date."""
        return dict(zip([*_core.metric_columns(), self.values.objective], self._answer.replications()))

    @cached_property
    def replications(self) -> pandas.DataFrame:
        """A row for each replication and strategy, a column for each metric. Raises ImportError without pandas."""
        return self.tables["replications"].to_dataframe()

    @cached_property
    def draws(self) -> pandas.DataFrame:
        """What each replication drew: a row each, a column for each uncertain input, in the unit in which the scenario writes it.
        Raises ImportError without pandas."""
        return self.tables["draws"].to_dataframe()

    @cached_property
    def summary(self) -> pandas.DataFrame:
        """A row for each strategy, with the columns of results.csv. Raises ImportError without pandas."""
        return self.tables["summary"].to_dataframe()

    @cached_property
    def pairs(self) -> pandas.DataFrame:
        """The difference of each pair of strategies on the same draws. Raises ImportError without pandas."""
        return self.tables["pairs"].to_dataframe()

    def _tables(self) -> Mapping[str, Callable[[], Table]]:
        return {"replications": self._replications, "summary": lambda: self._table_of(self.csv()), "pairs": self._pairs,
                "draws": self._draws}

    def _replications(self) -> Table:
        count, strategies = self.values.replications, len(self.names)
        columns: dict[str, Column] = {
            "replication": np.repeat(np.arange(count, dtype=np.int64), strategies),
            "strategy": Words(np.tile(np.arange(strategies, dtype=np.int32), count), self.names),
        }
        columns.update((name, values.reshape(-1)) for name, values in self.metrics.items())
        return Table(columns, self._attrs)

    def _draws(self) -> Table:
        inputs = self._answer.inputs
        columns: dict[str, Column] = {"replication": np.arange(self.values.replications, dtype=np.int64)}
        columns.update((name, values) for (name, _, _, _), values in zip(inputs, self._answer.draws()))
        attrs: dict[str, object] = {**self._attrs, "distributions": {name: law for name, _, _, law in inputs}}
        return Table(columns, attrs, {name: unit for name, unit, _, _ in inputs})

    def _pairs(self) -> Table:
        def numbers(value: Callable[[PairStanding], float]) -> npt.NDArray[Any]:
            return np.array([value(each) for each in self.values.pairs])

        def words(value: Callable[[PairStanding], int]) -> Words:
            return Words(np.array([value(each) for each in self.values.pairs], dtype=np.int32), self.names)

        return Table({"a": words(lambda pair: pair.a), "b": words(lambda pair: pair.b),
                      "mean_difference": numbers(lambda pair: pair.difference.mean), "ci_low": numbers(lambda pair: pair.mean.low),
                      "ci_high": numbers(lambda pair: pair.mean.high), "sd": numbers(lambda pair: pair.difference.sd),
                      "pairing_gain": numbers(lambda pair: pair.pairing_gain),
                      "replications": numbers(lambda pair: pair.difference.n), "a_alone": numbers(lambda pair: pair.a_alone),
                      "b_alone": numbers(lambda pair: pair.b_alone)}, self._attrs)

    def to_xarray(self) -> xarray.Dataset:
        """An xarray.Dataset: metrics by strategy and replication, draws by replication, and quantiles of relative loss by strategy,
        time and quantile. Units, distributions, and the scenario with the sources of its values, are attributes. Raises
        ImportError without xarray."""
        import xarray

        units = self.tables["replications"].units
        data: dict[str, Any] = {name: (("strategy", "replication"), values.T, {"units": units[name]} if name in units else {})
                                for name, values in self.metrics.items()}
        for (name, unit, path, law), values in zip(self._answer.inputs, self._answer.draws()):
            data[name] = (("replication",), values, {"units": unit, "path": path, "distribution": law})
        coordinates: dict[str, Any] = {"strategy": self.names, "replication": np.arange(self.values.replications)}
        bands = self.bands
        if bands.replications:
            coordinates["time"] = np.array(bands.times, dtype="datetime64[ns]")
            coordinates["quantile"] = list(QUANTILES)
            data["relative_loss"] = (("strategy", "time", "quantile"), np.array(bands.strategies))
        attrs = netcdf_attrs(self._attrs)
        if self._scenario is not None:
            attrs["scenario_with_sources"] = self._scenario.text
        return xarray.Dataset(data, coordinates, attrs)

    def plan(self, by: str = "quarter", *, fiscal_year_begins: int = 1, jobs: int = 0) -> PlanBands:
        """The same replications by "month", "quarter" or "year" of the calendar: mean, P10, P50 and P90 of every figure. They are
        raced once more. Raises ValueError.

        >>> import fleetrace as ft
        >>> "period" in ft.compare("race-under-uncertainty", replications=3).plan("year").tables["results"].names
        True
        """
        assert self._scenario is not None
        checks.whole(fiscal_year_begins=fiscal_year_begins, jobs=jobs)
        checks.text(by=by)
        answer = _core.plan_bands(self._scenario._core, self._answer.seed, self.values.replications, jobs, by, fiscal_year_begins)
        return PlanBands(answer, self._scenario, {"seed": self._answer.seed})

    def _page(self) -> str | None:
        return self._answer.html()


class PlanBands(Result):
    """Plans by periods of the calendar over many replications: mean, P10, P50 and P90 of every figure."""


@overload
def compare(scenario: Source, *, replications: int | None = None, seed: int = 1, jobs: int = 0, objective: Objective = None,
            target: float | None = None, confidence: float | None = None, half_width: float | None = None,
            select: float | None = None, fail_if: str | Sequence[str] = (), output: Folder = None, shard: None = None,
            progress: Progress = False) -> Comparison: ...
@overload
def compare(scenario: Source, *, replications: int | None = None, seed: int = 1, jobs: int = 0, objective: Objective = None,
            target: float | None = None, confidence: float | None = None, output: Folder, shard: Shard,
            progress: Progress = False) -> Part: ...
def compare(scenario: Source, *, replications: int | None = None, seed: int = 1, jobs: int = 0, objective: Objective = None,
            target: float | None = None, confidence: float | None = None, half_width: float | None = None,
            select: float | None = None, fail_if: str | Sequence[str] = (), output: Folder = None, shard: Shard | None = None,
            progress: Progress = False) -> Comparison | Part:
    """Races all strategies in each replication on the same draw of the world, and compares them.

    `replications` is how many draws, `jobs` how many threads (0: all cores; results do not depend on it). `objective` is one of
    final_loss, mean_loss, time_to_target, cost_to_target, npv, cost_per_effective_compute and discounted_loss, or a function of an
    `ft.Outcome` of which less is better; `target` the relative loss in (0, 1) that two of them mean; `confidence` in (0, 1) is of all
    intervals. With `half_width` [unit of the objective] it goes on until every difference is known so well, with `select` until the
    best is selected, were it better by so much. What is left out is taken from the study section of the scenario. `fail_if` are guards such as
    "P(turtle.relative_loss > 0.9) > 0.1", for `guards` of the result. `output` is a folder in which every finished replication is kept, so
    that the same call, or the program, goes on where it was stopped. `progress` is True for a bar, or a function of (done, total).

    `shard` computes one part of the study alone, which `output` keeps: "3/40" or (3, 40) is the third of 40, "auto" takes both
    numbers from a Slurm job array, "auto/40" the first one from what numbers the task. It returns a Part; `ft.merge` makes one study of
    all parts.

    Raises InvalidScenario, FolderError, StudyError for a replication that cannot be run, and ValueError for options that make no sense. Ctrl-C
    raises Interrupted, a KeyboardInterrupt, whose `result` is the comparison of the replications that were finished.

    >>> import fleetrace as ft
    >>> ft.compare("race-under-uncertainty", replications=200).leader
    'heron'
    """
    checks.whole(replications=replications, seed=seed, jobs=jobs)
    checks.number(target=target, confidence=confidence, half_width=half_width, select=select)
    checks.objective(objective)
    goals = checks.texts("fail_if", fail_if)
    loaded = load(scenario)
    jobs = threads(loaded, jobs, objective=objective)
    words: dict[str, object] = {"fail-if": goals, **settings_words(seed, replications, objective, target, confidence),
                                "half-width": half_width, "select": select}
    if shard is not None:
        whole_only(half_width=half_width, select=select, fail_if=goals)
        part = numbered(shard, output, loaded)
        keeps = folder(output, "compare", loaded, {**words, "shard": "{}/{}".format(*part)})
        options = study_options(seed, jobs, replications, objective, target, confidence)
        return computed(part, output, progress, lambda show: _core.compare_part(
            loaded._core, loaded._source, options, part, show, keeps))
    kept_in = folder(output, "compare", loaded, words)
    answer, verdicts, interruption = watched("compare", progress, lambda show: _core.compare(
        loaded._core, replications, seed, jobs, objective, target, confidence, half_width, select, show, goals, kept_in))
    result = Comparison(answer, loaded, {"seed": seed}, objective)
    result.guards = guards_of(goals, result.names, verdicts)
    return kept(result, interruption, "the comparison")


def compare_future(scenario: Scenario, changes: Sequence[tuple[str, str]], **options: Any) -> Comparison:
    """The comparison, by these options of `compare`, of the scenario with other values at these paths, such as a point of a grid: it is
    measured against the C0 of the scenario."""
    found: Comparison = compare(Scenario(scenario._core.future(changes), scenario._source), **options)
    return found
