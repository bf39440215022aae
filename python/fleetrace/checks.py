"""Arguments of the wrong type: a TypeError says what is accepted, a ValueError in which range."""

from __future__ import annotations

import operator
from typing import Iterable, Sequence, Union

import numpy as np

_SEED = 2**32 - 1
_COUNT = 2**31 - 1


def whole(**given: object) -> None:
    """Refuses what is no whole number from 0 on; what is left out is None."""
    for name, value in given.items():
        if value is None:
            continue
        most = _SEED if name in ("seed", "replication") else _COUNT
        accepted = f"{name} is a whole number from 0 to {most}"
        if isinstance(value, (bool, np.bool_)) or not hasattr(value, "__index__"):
            raise TypeError(f"{accepted}, not {value!r}")
        if not 0 <= operator.index(value) <= most:  # type: ignore[arg-type]
            raise ValueError(f"{accepted}, not {value!r}")


def number(**given: object) -> None:
    """Refuses what is no number; what is left out is None."""
    for name, value in given.items():
        is_number = hasattr(value, "__float__") or hasattr(value, "__index__")
        if value is not None and (isinstance(value, (bool, np.bool_)) or not is_number):
            raise TypeError(f"{name} is a number, not {value!r}")


def text(**given: object) -> None:
    """Refuses what is no text; what is left out is None."""
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} is a text, not {value!r}")


def objective(given: object) -> None:
    """Refuses what is no objective: neither the name of one nor a function; what is left out is None."""
    if given is not None and not isinstance(given, str) and not callable(given):
        raise TypeError(f"objective is the name of one or a function of an outcome, not {given!r}")


def numbers(name: str, given: object) -> list[float]:
    """A list of numbers; one number stands alone."""
    several = [given] if isinstance(given, (int, float, np.number)) else given
    if isinstance(several, Iterable) and not isinstance(several, (str, bytes)):
        found = list(several)
        if all(isinstance(each, (int, float, np.number)) for each in found):
            return [float(each) for each in found]
    raise TypeError(f"{name} is a number or a list of numbers, not {given!r}")


def texts(name: str, given: Union[str, Sequence[str]]) -> list[str]:
    """A list of texts; one text stands alone."""
    if isinstance(given, str):
        return [given]
    found = list(given) if isinstance(given, Iterable) else []
    if isinstance(given, Iterable) and all(isinstance(each, str) for each in found):
        return [str(each) for each in found]
    raise TypeError(f"{name} is a text or a list of texts, not {given!r}")
