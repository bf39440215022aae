"""The words of the command of the program that does the same, which manifests and pages of folders show."""

from __future__ import annotations

import os
from typing import Mapping, Sequence, Union

from fleetrace import values
from fleetrace.scenario import Scenario

# An option without a value.
FLAG = object()
Folder = Union[str, "os.PathLike[str]", None]


def folder(output: Folder, verb: str, scenario: Scenario, options: Mapping[str, object]) -> tuple[str, list[str]] | None:
    """The folder that results go to with the words of the command; None where none is asked for. Options that are None are left out;
    one with several values is a list."""
    if output is None:
        return None
    words = [verb, *scenario.words()]
    for name, value in options.items():
        each: Sequence[object] = value if isinstance(value, list) else [] if value is None else [value]
        for one in each:
            words += [f"--{name}"] if one is FLAG else [f"--{name}", values.written(one)]
    path = os.fspath(output)
    return path, [*words, "--output", path]


def unless(default: object, value: object) -> object:
    """The value, or None where it is the default, which commands leave out."""
    return None if value == default else value
