"""Scenarios: loading them and changing their values."""

from __future__ import annotations

import os
from typing import Dict, Iterator, Mapping, Union

from fleetrace import _core, values
from fleetrace._core import Finding
from fleetrace.errors import InvalidScenario, UnknownName
from fleetrace.units import Quantity

__all__ = ["Scenario", "Source", "load"]


class Inputs(Dict[str, str]):
    """What a fit sets, by path. A scenario whose section has another model takes the section as a whole."""


class Scenario:
    """A valid scenario, which behaves like a dict from paths such as "strategies.turtle.budget" to values.

    Values are set as texts of a scenario file, numbers, `ft.Quantity`, dates, distributions, dicts or lists. What is read is a
    number, an `ft.Quantity`, or the text as its author wrote it. A change that makes no valid scenario raises InvalidScenario with
    all findings, and changes nothing; a path that there is not raises KeyError with a suggestion.

    >>> import fleetrace as ft
    >>> scenario = ft.load("hare-and-turtle")
    >>> scenario["horizon.length"], scenario["operations.mfu"]
    (Quantity('8 yr'), 0.38)
    >>> changed = scenario.replace({"horizon.length": 4 * ft.yr, "strategies.heron.at": "3 yr"})
    >>> changed["horizon.length"], scenario["horizon.length"]
    (Quantity('4 yr'), Quantity('8 yr'))
    >>> scenario["horizon.lenght"]
    Traceback (most recent call last):
    fleetrace.errors.UnknownName: there is no "horizon.lenght" in hare-and-turtle. Did you mean "horizon.length"?
    """

    __slots__ = ("_core", "_source")

    def __init__(self, core: _core.Scenario, source: str) -> None:
        self._core = core
        self._source = source

    @property
    def name(self) -> str:
        """Its name, as results carry it."""
        return self._core.name

    @property
    def hash(self) -> str:
        """SHA-256 of its text with all changes since, hexadecimal, as results carry it."""
        return self._core.hash

    @property
    def strategies(self) -> list[str]:
        """The names of its strategies, in their order."""
        return self._core.strategies

    @property
    def cases(self) -> list[str]:
        """The names of the what-if cases that it defines, in their order."""
        return self._core.cases

    @property
    def warnings(self) -> list[Finding]:
        """What is valid in it and yet may not be meant, by place."""
        return self._core.warnings()

    @property
    def text(self) -> str:
        """The whole scenario as YAML, with every default filled in and marked by a comment with its source: what `show` prints."""
        return self._core.text()

    def paths(self) -> dict[str, str]:
        """Every path that may be set, with its current value or default as text; empty where there is none."""
        return dict(self._core.paths())

    def words(self) -> list[str]:
        """The scenario as operands of the program: its name or path, and what was set since. One that is a text or a dict stands on
        standard input, "-"."""
        return [self._source, *(word for path, value in self._core.changes for word in ("--set", f"{path}={value}"))]

    def __getitem__(self, path: str) -> str | int | float | Quantity:
        try:
            return values.read(self._core.get(_path(path)))
        except KeyError as error:
            raise UnknownName(error.args[0]) from None

    def __setitem__(self, path: str, value: object) -> None:
        self.update({path: value})

    def update(self, changes: Mapping[str, object]) -> None:
        """Sets the values at these paths together: each of them may be invalid without the others. The `inputs` of a fit may make
        the model of a section another: the section then keeps what both models know."""
        given = [(_path(path), values.written(value)) for path, value in changes.items()]
        if isinstance(changes, Inputs):
            given = self._core.fitted(given)
        try:
            self._core = self._core.changed(given)
        except InvalidScenario as error:
            known = self.paths()
            unknown = [path for path, _ in given if path not in known and not self._core.has(path)]
            if not unknown or not all(each.path in unknown for each in error.findings):
                raise
            raise UnknownName(str(error)) from None

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self._core.has(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths())

    def replace(self, changes: Mapping[str, object]) -> Scenario:
        """A scenario with other values at these paths; this one stays as it is."""
        result = self.copy()
        result.update(changes)
        return result

    def copy(self) -> Scenario:
        """The same scenario, of which changes are its own. It costs next to nothing."""
        return Scenario(_core.Scenario(self._core), self._source)

    __copy__ = copy

    def __deepcopy__(self, memo: object) -> Scenario:
        return self.copy()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.hash == other.hash

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Scenario {self.name}: {', '.join(self.strategies)}>"


# What commands name a scenario that stands in no file.
STANDARD_INPUT = "-"
Source = Union[Scenario, str, "os.PathLike[str]", Mapping[str, object]]


def _path(path: object) -> str:
    if not isinstance(path, str):
        raise TypeError(f"a path is a text such as \"strategies.turtle.budget\", not {type(path).__name__}")
    return path


def load(source: Source) -> Scenario:
    """Loads a scenario: the name of an embedded one ("hare-and-turtle"), a path of a file, YAML text, which is any text with a
    line break in it, or a dict. Raises InvalidScenario with everything that is wrong and where.

    >>> import fleetrace as ft
    >>> ft.load("hare-and-turtle")
    <Scenario hare-and-turtle: hare, turtle, heron, lab>
    """
    if isinstance(source, Scenario):
        return source.copy()
    if isinstance(source, Mapping):
        return Scenario(_core.Scenario(values.document(source) + "\n"), STANDARD_INPUT)
    if isinstance(source, (str, os.PathLike)):
        text = os.fspath(source)
        return Scenario(_core.Scenario(text), STANDARD_INPUT if "\n" in text else text)
    raise TypeError("a scenario is loaded from a name, a path, a YAML text, a dict or another scenario, not "
                    f"{type(source).__name__}")
