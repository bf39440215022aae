"""One part of a study, which is computed into a folder of its own."""

from __future__ import annotations

import os
from typing import Callable, NamedTuple, Tuple, Union

from fleetrace import _core, checks
from fleetrace.command import Folder
from fleetrace.progress import Progress, kept, watched
from fleetrace.scenario import STANDARD_INPUT, Scenario

__all__ = ["Part"]

Shard = Union[str, Tuple[int, int]]
MOST = 100_000


class Part(NamedTuple):
    """What one part of a study has come to: its number from 1 and of how many it is one, its folder, and how many of its items
    (replications, points of a grid, points of Sobol sequences) are done there. `ft.merge` makes a study of all parts.

    >>> import tempfile, fleetrace as ft
    >>> with tempfile.TemporaryDirectory() as there:
    ...     part = ft.compare("race-under-uncertainty", replications=10, shard=(2, 3), output=there)
    >>> part.number, part.of, part.done, part.items, part.is_finished
    (2, 3, 3, 3, True)
    """

    folder: str
    number: int
    of: int
    done: int
    items: int
    is_finished: bool


def numbered(shard: Shard, output: Folder, scenario: Scenario) -> tuple[int, int]:
    """The number of the part, and of how many. Raises ValueError for what is none, and without a folder that keeps it."""
    if isinstance(shard, str):
        number, of = _core.parse_shard(shard, os.environ.get)
    elif isinstance(shard, tuple) and len(shard) == 2:
        number, of = shard
        checks.whole(shard=number)
        checks.whole(shard=of)
        if not 1 <= number <= of <= MOST:
            raise ValueError(f"shard {shard!r} is no part of a study: write (I, N) with I from 1 to N and N up to {MOST}")
    else:
        raise TypeError(f'shard is a text such as "3/40" or "auto", or a tuple such as (3, 40), not {shard!r}')
    if output is None:
        raise ValueError("shard keeps its part in a folder: give output, another one for each part")
    if scenario._source == STANDARD_INPUT:
        raise ValueError("shard: merge reads the scenario again, which a text or a dict cannot be. Load it from a file or by its name.")
    return number, of


def whole_only(**given: object) -> None:
    """Refuses options whose answer no part of a study could keep; those that are left out are None or empty."""
    why = {"half_width": "decides by all replications when a study ends, and a part sees only its own. Give replications in its place",
           "select": "decides by all replications when a study ends, and a part sees only its own. Give replications in its place",
           "fail_if": "is about the whole study, and a part has only its own replications. Give it to the same call without shard, with "
                      "the merged folder as output"}
    for name, value in given.items():
        if value is not None and value != []:
            raise ValueError(f"{name} {why[name]}.")


def computed(shard: tuple[int, int], output: Folder, progress: Progress,
             work: Callable[[Callable[[int, int], object] | None], tuple[int, int, bool, BaseException | None]]) -> Part:
    """Computes a part."""
    assert output is not None
    done, items, is_finished, interruption = watched("part", progress, work)
    return kept(Part(os.fspath(output), *shard, done, items, is_finished), interruption, "the part")
