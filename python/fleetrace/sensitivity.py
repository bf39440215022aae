"""Which uncertain input decides."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Callable, Mapping, Sequence, overload

import numpy as np

from fleetrace import _core, checks
from fleetrace._core import SensitivityValues
from fleetrace.command import Folder, folder, settings_words, study_options, unless
from fleetrace.objective import Objective
from fleetrace.own import threads
from fleetrace.progress import Progress, kept, watched
from fleetrace.result import Result
from fleetrace.scenario import Scenario, Source, load
from fleetrace.shards import Part, Shard, computed, numbered
from fleetrace.table import Column, Table, Words

if TYPE_CHECKING:
    import pandas

__all__ = ["Sensitivity", "sensitivity"]


class Sensitivity(Result):
    """Which uncertain input decides: Sobol indices, one-at-a-time effects and break-evens.

    >>> import fleetrace as ft
    >>> g = ft.sensitivity("race-under-uncertainty", of="turtle", against="hare", points=16)
    >>> g.values.inputs[0].total.value >= g.values.inputs[1].total.value
    True

    Every race is kept: `replications` and `draws` are tables of pandas, and both are in `tables`. The runs are those of Saltelli et al.
    2010: at each point of each of 16 Sobol samples the inputs `A`, the inputs `B`, and for each input `A` with that one from `B`.

    >>> g.replications.shape, g.draws.shape
    ((5376, 3), (1792, 9))
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

    @cached_property
    def replications(self) -> pandas.DataFrame:
        """A row for each run and strategy: the objective, which is NaN where a target is not reached. Raises ImportError without pandas."""
        return self.tables["replications"].to_dataframe()

    @cached_property
    def draws(self) -> pandas.DataFrame:
        """A row for each run: the Sobol sample and the point in it, counted from 0, which of its `inputs` are meant ("A", "B", or the path
        of the one input that is exchanged), and each input in the unit in which the scenario writes it. Raises ImportError without
        pandas."""
        return self.tables["draws"].to_dataframe()

    def _tables(self) -> Mapping[str, Callable[[], Table]]:
        return {**super()._tables(), "replications": self._replications, "draws": self._draws}

    def _replications(self) -> Table:
        objectives = self._answer.objectives()
        runs, strategies = objectives.shape
        return Table({"replication": np.repeat(np.arange(runs, dtype=np.int64), strategies),
                      "strategy": Words(np.tile(np.arange(strategies, dtype=np.int32), runs), self.strategies),
                      self._answer.column: objectives.reshape(-1)}, self._attrs)

    def _draws(self) -> Table:
        described, values = self._answer.drawn_inputs, self._answer.draws()
        which = ["A", "B", *(path for _, _, path, _ in described)]
        points = np.arange(self.values.runs) // len(which)
        columns: dict[str, Column] = {
            "replication": np.arange(self.values.runs, dtype=np.int64), "sample": points // self._answer.points,
            "point": points % self._answer.points,
            "inputs": Words(np.tile(np.arange(len(which), dtype=np.int32), len(points) // len(which)), which)}
        columns.update((name, each) for (name, _, _, _), each in zip(described, values))
        attrs: dict[str, object] = {**self._attrs, "distributions": {name: law for name, _, _, law in described}}
        return Table(columns, attrs, {name: unit for name, unit, _, _ in described})

    def _page(self) -> str | None:
        return None if self._scenario is None else self._answer.html(self._scenario._core)


def question_words(of: str | None, against: str | None, points: int) -> dict[str, object]:
    """What a sensitivity asks, as words of the command."""
    return {"strategy": of if against is None else None, "difference": None if against is None else f"{of},{against}",
            "points": unless(128, points)}


@overload
def sensitivity(scenario: Source, *, of: str | None = None, against: str | None = None, points: int = 128, seed: int = 1,
                jobs: int = 0, objective: Objective = None, target: float | None = None, confidence: float | None = None,
                output: Folder = None, shard: None = None, progress: Progress = False) -> Sensitivity: ...
@overload
def sensitivity(scenario: Source, *, of: str | None = None, against: str | None = None, points: int = 128, seed: int = 1,
                jobs: int = 0, objective: Objective = None, target: float | None = None, confidence: float | None = None,
                output: Folder, shard: Shard, progress: Progress = False) -> Part: ...
def sensitivity(scenario: Source, *, of: str | None = None, against: str | None = None, points: int = 128, seed: int = 1,
                jobs: int = 0, objective: Objective = None, target: float | None = None, confidence: float | None = None,
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
    jobs = threads(loaded, jobs, objective=objective)
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
    return kept(Sensitivity(answer, loaded, {"seed": seed}, objective), interruption, "the sensitivity")
