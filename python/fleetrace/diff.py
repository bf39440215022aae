"""What changed between two scenarios, and what each change brought."""

from __future__ import annotations

import os
import warnings

from fleetrace import _core, checks
from fleetrace._core import DiffValues
from fleetrace.own import threads
from fleetrace.progress import kept
from fleetrace.result import Result
from fleetrace.scenario import Scenario, Source, load

__all__ = ["Diff", "diff"]


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
