"""Python values as a scenario writes them."""

from __future__ import annotations

import datetime
import json
import math
import re
from typing import Any, Mapping, Sequence

import numpy as np

from fleetrace.distributions import Distribution
from fleetrace.units import Quantity

ACCEPTED = ("a text as a scenario has it, a number, a bool, a date, a time span, ft.Quantity, a distribution such as ft.normal(...), "
            "or a dict or list of these")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_QUANTITY = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)? [A-Za-z%/][^,:{}\[\]]*")


def _scalar(value: object) -> str | None:
    """The value as one scalar of YAML; None for what is none."""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        if math.isnan(value):
            raise ValueError("NaN is no value of a scenario")
        if math.isinf(value):
            raise ValueError("a scenario writes infinity in words: \"unlimited\" or \"none\", where there is such a word")
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    if isinstance(value, Quantity):
        if value.value.ndim:
            return None
        _scalar(float(value.value))
        return str(value)
    if isinstance(value, np.datetime64):
        return str(np.datetime_as_string(value, timezone="UTC")) if value.dtype != "datetime64[D]" else str(value)
    if isinstance(value, np.timedelta64):
        return f"{value / np.timedelta64(1, 's')!r} s"
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return f"{value.total_seconds()!r} s"
    return None


def written(value: object) -> str:
    """The YAML text of a value that stands alone: a text stands as it is."""
    return value if isinstance(value, str) else flow(value)


def flow(value: object) -> str:
    """The YAML text of a value within others; texts are quoted. Throws TypeError with what is accepted."""
    text = _scalar(value)
    if text is not None:
        return text
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Distribution):
        return f"{{{value.law}: {flow(value.parameters)}}}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (Quantity, np.ndarray, Sequence)) and not isinstance(value, (bytes, bytearray)):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    raise TypeError(f"{type(value).__name__} is no value of a scenario; it takes {ACCEPTED}")


def document(value: Mapping[Any, Any], indent: str = "") -> str:
    """A dict as a YAML document, a key a line, so that findings have the line of what they are about."""
    lines = []
    for key, each in value.items():
        if isinstance(each, Mapping) and each:
            lines.append(f"{indent}{json.dumps(str(key), ensure_ascii=False)}:\n{document(each, indent + '  ')}")
        else:
            lines.append(f"{indent}{json.dumps(str(key), ensure_ascii=False)}: {flow(each)}\n")
    return "".join(lines)


def read(text: str) -> str | int | float | Quantity:
    """What a text of a scenario is in Python: a number, a quantity, or the text itself."""
    if _NUMBER.fullmatch(text):
        return int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)
    return Quantity(text) if _QUANTITY.fullmatch(text) else text
