"""A scenario and changed ones on the same draws."""

from __future__ import annotations

from typing import Mapping, Sequence

from fleetrace import _core, checks, values
from fleetrace._core import WhatIfValues
from fleetrace.command import Folder, folder, study_options, unless
from fleetrace.compare import Comparison, compare_future
from fleetrace.guards import Guard, guards_of
from fleetrace.objective import Objective
from fleetrace.own import threads
from fleetrace.progress import Progress, kept, watched
from fleetrace.result import Result, lookup
from fleetrace.scenario import Source, load

__all__ = ["WhatIf", "what_if"]


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

    def comparison(self, case: str, *, objective: Objective = None, jobs: int = 0) -> Comparison:
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
        return compare_future(self._scenario, self._answer.changes[place], replications=self.values.replications, seed=self._seed,
                              jobs=jobs, objective=objective, confidence=self.values.confidence)

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
