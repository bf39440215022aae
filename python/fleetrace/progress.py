"""How far long work has come, in terminals and notebooks; and what is left of it after Ctrl-C."""

from __future__ import annotations

import sys
from typing import Callable, Protocol, TypeVar, Union

from fleetrace.errors import Interrupted

Progress = Union[bool, Callable[[int, int], object]]
R = TypeVar("R")


class _Bar(Protocol):
    def show(self, done: int, total: int) -> None: ...
    def close(self) -> None: ...


class _Tqdm:
    def __init__(self, what: str) -> None:
        from tqdm.auto import tqdm

        self._bar = tqdm(desc=what, unit=" runs")

    def show(self, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class _Line:
    """A line on standard error, which is overwritten by its next state."""

    def __init__(self, what: str) -> None:
        self._what = what

    def show(self, done: int, total: int) -> None:
        sys.stderr.write(f"\r{self._what}: {done:,} of {total:,}")
        sys.stderr.flush()

    def close(self) -> None:
        sys.stderr.write("\n")


def _bar(what: str) -> _Bar:
    try:
        return _Tqdm(what)
    except ImportError:
        return _Line(what)


def watched(what: str, progress: Progress, work: Callable[[Callable[[int, int], object] | None], R]) -> R:
    """Runs `work` with something to call as done(done, total): nothing, a bar (tqdm where it is installed), or `progress`."""
    if not isinstance(progress, bool):
        if not callable(progress):
            raise TypeError(f"progress is True, False or a function of (done, total), not {type(progress).__name__}")
        return work(progress)
    if not progress:
        return work(None)
    bar = _bar(what)
    try:
        return work(bar.show)
    finally:
        bar.close()


def kept(result: R, interruption: BaseException | None, what: str) -> R:
    """The result, unless something ended it early: then that is raised, and Ctrl-C brings what is finished with it."""
    if interruption is None:
        return result
    if isinstance(interruption, KeyboardInterrupt):
        raise Interrupted(f"{what} was interrupted; `result` of this exception is what was finished", result) from interruption
    raise interruption
