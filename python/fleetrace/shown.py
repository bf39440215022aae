"""How the values of results show themselves: `FitConstant(name='doubling', value=1.0055, ...)`."""

from __future__ import annotations

from typing import Sequence

import numpy as np

from fleetrace import _core

_MOST = 3  # of a list
_FEW = 4  # fields of a record within another


def _fields(value: object) -> Sequence[str] | None:
    """The names of the fields of a record; None for anything else."""
    names: Sequence[str] | None = getattr(type(value), "_record_fields", None)
    return names


def _cut(parts: list[str], count: int) -> str:
    return ", ".join(parts) + (f", ... {count - _MOST} more" if count > _MOST else "")


def _short(value: object) -> str:
    """A field in few letters: numbers have six digits, of long lists the first items are shown."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (np.datetime64, np.timedelta64)):
        return str(value)
    if isinstance(value, list):
        return f"[{_cut([_short(each) for each in value[:_MOST]], len(value))}]"
    if isinstance(value, dict):
        pairs = [f"{key!r}: {_short(each)}" for key, each in list(value.items())[:_MOST]]
        return f"{{{_cut(pairs, len(value))}}}"
    names = _fields(value)
    return repr(value) if names is None or len(names) <= _FEW else f"{type(value).__name__}(...)"


def _record(self: object) -> str:
    shown = (f"{name}={_short(getattr(self, name))}" for name in _fields(self) or ())
    return f"{type(self).__name__}({', '.join(shown)})"


def show_records() -> None:
    """Gives every class of plain values its text."""
    for each in vars(_core).values():
        if isinstance(each, type) and "_record_fields" in vars(each):
            setattr(each, "__repr__", _record)
