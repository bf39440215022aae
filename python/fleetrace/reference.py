"""What there is to write and to choose from: scenarios, accelerators, models, the keys of a scenario; and pages of results."""

from __future__ import annotations

import os

from fleetrace import _core
from fleetrace.errors import InvalidScenario, UnknownName
from fleetrace.result import Result
from fleetrace.scenario import Source, load

__all__ = ["Listing", "init", "list", "live", "report", "scenarios", "schema", "validate"]


class Listing(Result):
    """What `list` shows, as a table and in all formats."""


def list(family: str | None = None, name: str | None = None) -> Listing:
    """What the program lists: all families, the entries of one ("scenarios", "accelerators", "purchase", ...), or everything about
    one entry. Raises KeyError with a suggestion.

    >>> import fleetrace as ft
    >>> print(ft.list("loss", "relative").table().splitlines()[0])
    model: relative
    """
    try:
        return Listing(_core.listing(family, name), None, {})
    except KeyError as error:
        raise UnknownName(error.args[0]) from None


def scenarios() -> tuple[str, ...]:
    """The names of the scenarios that load by name.

    >>> import fleetrace as ft
    >>> "hare-and-turtle" in ft.scenarios()
    True
    """
    return tuple(_core.scenario_names())


def schema() -> str:
    """The JSON Schema of scenario files, for editors.

    >>> import fleetrace as ft
    >>> '"$schema"' in ft.schema()
    True
    """
    return _core.schema()


def init() -> str:
    """A scenario to start from, every section of it explained, as YAML.

    >>> import fleetrace as ft
    >>> ft.load(ft.init()).strategies != []
    True
    """
    return _core.starter_scenario()


def validate(*sources: Source) -> None:
    """Checks scenarios without running them. Raises InvalidScenario with everything that is wrong in all of them.

    >>> import fleetrace as ft
    >>> ft.validate("hare-and-turtle", "two-sites")
    """
    wrong: tuple[_core.Finding, ...] = ()
    messages: tuple[str, ...] = ()
    for source in sources:
        try:
            load(source)
        except InvalidScenario as error:
            wrong += (*error.findings,)
            messages += (str(error),)
    if messages:
        raise InvalidScenario("\n".join(messages), wrong)


def report(folder: str | os.PathLike[str], *, brief: bool = False) -> str:
    """Writes the page of a finished folder anew, or a brief of one sheet of A4, and returns its path. Raises InvalidScenario where the
    folder holds no finished result, FolderBusy and FolderError."""
    return _core.write_page(os.fspath(folder), brief)


def live(scenario: Source = "hare-and-turtle") -> str:
    """The live page of a scenario, with the engine in it, as HTML. Raises RuntimeError in a build without it."""
    return _core.live_page(load(scenario)._core)
