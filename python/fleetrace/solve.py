"""The input that meets a goal."""

from __future__ import annotations

from fleetrace import _core, checks, values
from fleetrace._core import Interval, Solution
from fleetrace.command import Folder, folder, study_options, unless
from fleetrace.compare import Comparison, compare_future
from fleetrace.objective import Objective
from fleetrace.own import threads
from fleetrace.progress import Progress, kept, watched
from fleetrace.result import Result
from fleetrace.scenario import Scenario, Source, load
from fleetrace.units import Quantity

__all__ = ["Solve", "solve"]


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

    def comparison(self, *, objective: Objective = None, jobs: int = 0) -> Comparison:
        """The comparison of the strategies with `input` in its place, on the draws of the search, with every replication. They are raced
        once more, to the same bits.

        >>> import fleetrace as ft
        >>> found = ft.solve("race-under-uncertainty", "strategies.turtle.budget", "turtle.relative_loss <= 0.75", replications=50)
        >>> c = found.comparison()
        >>> c.metrics["final_loss"].shape, c["turtle"].objective.mean == found.values.best.reached
        ((50, 3), True)
        """
        assert self._scenario is not None
        seed = self._attrs["seed"]
        return compare_future(self._scenario, [(self._answer.path, self._answer.input)], replications=self._answer.replications, seed=seed,
                              jobs=jobs, objective=objective, confidence=self._answer.confidence)

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
