"""What goes wrong, as exceptions with the messages of the program. All of them are `fleetrace.Error`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

if TYPE_CHECKING:
    from fleetrace._core import Finding

__all__ = ["Error", "FolderBusy", "FolderError", "Interrupted", "InvalidScenario", "OptimizeError", "RunError", "Stopped",
           "StudyError", "UnknownName"]


class Error(Exception):
    """Every exception of fleetrace, but for `TypeError` and `ValueError` about arguments."""


class InvalidScenario(Error, ValueError):
    """A scenario, or a value of one, that is not valid. `findings` has everything that is wrong with it, each with its file,
    line, column, path, problem, reason and suggestion.

    >>> import fleetrace as ft
    >>> scenario = ft.load("hare-and-turtle")
    >>> try:
    ...     scenario["strategies.turtle.budget"] = "3e9 yr"
    ... except ft.InvalidScenario as error:
    ...     print(error.findings[0].path, "|", error.findings[0].problem)
    strategies.turtle.budget | "3e9 yr" is not an amount of money
    """

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


class UnknownName(Error, KeyError):
    """A path, strategy or entry that there is not; the message suggests one."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class RunError(Error, RuntimeError):
    """A race that left the range of money or time, or in which a model of one's own failed; it names the strategy."""


class StudyError(Error, RuntimeError):
    """A replication that cannot be run; the message names it and says why."""


class OptimizeError(Error, RuntimeError):
    """A scenario in which no schedule can be optimised; the message says what stands in the way."""


class Stopped(Error, RuntimeError):
    """Work that was stopped before there was anything to keep."""


class FolderError(Error, OSError):
    """Something cannot be done with a folder of results; the message says what, and why."""


class FolderBusy(FolderError):
    """Another process is at work in the folder."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C ended a study of which something was finished: `result` is that part."""

    def __init__(self, message: str, result: object = None) -> None:
        super().__init__(message)
        self.result = result
