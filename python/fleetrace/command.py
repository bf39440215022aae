"""The words of the command of the program that does the same, which manifests and pages of folders show."""

from __future__ import annotations

import os
from typing import Mapping, Sequence, Union

from fleetrace import checks, values
from fleetrace.objective import Objective
from fleetrace.scenario import Scenario

# An option without a value.
FLAG = object()
Folder = Union[str, "os.PathLike[str]", None]


def folder(output: Folder, verb: str, scenario: Scenario, options: Mapping[str, object]) -> tuple[str, list[str]] | None:
    """The folder that results go to with the words of the command; None where none is asked for. Options that are None are left out;
    one with several values is a list."""
    if output is None:
        return None
    if callable(options.get("objective")):
        raise ValueError("results by an objective in Python cannot be kept, since nobody could read them again: leave out output, or "
                         "keep a comparison by another objective and judge that")
    path = os.fspath(output)
    return path, [*words_of(verb, scenario, options), "--output", path]


def words_of(verb: str, scenario: Scenario, options: Mapping[str, object]) -> list[str]:
    """The words of the command, the verb first. Options are as for `folder`."""
    words = [verb, *scenario.words()]
    for name, value in options.items():
        each: Sequence[object] = value if isinstance(value, list) else [] if value is None else [value]
        for one in each:
            words += [f"--{name}"] if one is FLAG else [f"--{name}", values.written(one)]
    return words


def settings_words(seed: int, replications: int | None, objective: Objective, target: float | None,
                   confidence: float | None) -> dict[str, object]:
    """The options that studies share, as words of the command."""
    return {"replications": replications, "seed": unless(1, seed), "objective": objective, "target": target, "confidence": confidence}


def study_options(seed: int, jobs: int, replications: int | None = None, objective: Objective = None, target: float | None = None,
                  confidence: float | None = None) -> dict[str, object]:
    """The options that studies share, as the extension takes them. Raises TypeError and ValueError."""
    checks.whole(seed=seed, jobs=jobs, replications=replications)
    checks.number(target=target, confidence=confidence)
    checks.objective(objective)
    return {"seed": seed, "jobs": jobs, "replications": replications, "objective": objective, "target": target,
            "confidence": confidence}


def unless(default: object, value: object) -> object:
    """The value, or None where it is the default, which commands leave out."""
    return None if value == default else value
