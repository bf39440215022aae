"""Tables of results: named columns of equal length with their units, which pandas, Arrow and NumPy read."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Iterator, Mapping, NamedTuple, Union

import numpy as np
import numpy.typing as npt

from fleetrace import _core

if TYPE_CHECKING:
    import pandas

__all__ = ["Table", "Words"]

# How the name of a column ends, and the unit that this stands for.
_UNITS = {"usd": "USD", "usd_per_pf_day": "USD/PF-day", "flop": "FLOP", "flop_per_s": "FLOP/s", "kwh": "kWh", "twh": "TWh", "w": "W",
          "mw": "MW", "yr": "yr", "years": "yr", "months": "month", "days": "day", "h": "h", "s": "s", "kg": "kg", "usd_yr": "USD yr",
          "accelerator_years": "yr", "doublings_per_yr": "doublings/yr", "usd_per_year": "USD/yr", "per_year": "1/yr"}
# Columns of texts, which are such even where all of them are empty or look like numbers, as years of a plan do.
_TEXTS = frozenset({
    "accelerator", "accounting", "break_even_note", "default", "entry", "family", "figure", "formula", "future", "input", "input_a",
    "input_b", "key", "kind", "layer", "meaning", "metric", "minus", "model", "name", "newer_on_sale", "objective", "part", "path",
    "period", "problem", "property", "section", "site", "source", "strategy", "summary", "text", "type", "unit", "units", "unverified",
    "valid", "vendor", "words"})
# Columns of instants, likewise.
_INSTANTS = frozenset({"begins", "ends", "ordered", "released", "time"})
_NUMBER = re.compile(r"-?\d[\d.eE+-]*")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z?)?")


class Words(NamedTuple):
    """A column of few different texts: `codes` are indices of `words`."""

    codes: npt.NDArray[np.int32]
    words: list[str]


Column = Union["npt.NDArray[Any]", Words]


def unit_of(name: str) -> str:
    """The unit in which the name of a column ends; empty for pure numbers and counts."""
    parts = name.split("_")
    for first in range(1, len(parts)):
        unit = _UNITS.get("_".join(parts[first:]))
        if unit is not None:
            return unit
    return ""


def _typed(name: str, texts: list[str]) -> Column:
    """A column of CSV: whole numbers, numbers, instants, flags or texts. An empty field is NaN, NaT or an empty text."""
    given = [text for text in texts if text]
    if name in _TEXTS:
        return _words(texts)
    if not given:
        return np.full(len(texts), np.datetime64("NaT", "ms")) if name in _INSTANTS else np.full(len(texts), np.nan)
    if all(text in ("true", "false") for text in given) and len(given) == len(texts):
        return np.array([text == "true" for text in texts])
    if all(_NUMBER.fullmatch(text) and not _INSTANT.fullmatch(text) for text in given):
        if len(given) == len(texts) and all(re.fullmatch(r"-?\d{1,18}", text) for text in given):
            return np.array([int(text) for text in texts], dtype=np.int64)
        return np.array([float(text) if text else np.nan for text in texts])
    if all(_INSTANT.fullmatch(text) for text in given):
        return np.array([text.rstrip("Z") or "NaT" for text in texts], dtype="datetime64[ms]")
    return _words(texts)


def _words(texts: list[str]) -> Words:
    words = sorted(set(texts))
    places = {word: place for place, word in enumerate(words)}
    return Words(np.array([places[text] for text in texts], dtype=np.int32), words)


class Table:
    """Columns by name. `table["spend_usd"]` is one as a NumPy array; `units` has the units of those that have one.

    >>> import fleetrace as ft
    >>> table = ft.run("hare-and-turtle").tables["series"]
    >>> table["relative_loss"][-1].round(4), table.units["spend_usd"]
    (0.4804, 'USD')
    """

    def __init__(self, columns: Mapping[str, Column], attrs: Mapping[str, object] | None = None,
                 units: Mapping[str, str] | None = None) -> None:
        self._columns = dict(columns)
        self.attrs = dict(attrs or {})
        known = {name: unit_of(name) for name in self._columns} if units is None else units
        self.units = {name: unit for name, unit in known.items() if unit}

    @staticmethod
    def of_csv(text: str, attrs: Mapping[str, object] | None = None) -> Table:
        """The table that the program writes as CSV."""
        head, *rows = csv.reader(io.StringIO(text))
        columns = list(zip(*rows)) if rows else [() for _ in head]
        return Table({name: _typed(name, list(texts)) for name, texts in zip(head, columns)}, attrs)

    @property
    def names(self) -> list[str]:
        """The names of the columns, in their order."""
        return list(self._columns)

    def __len__(self) -> int:
        first = next(iter(self._columns.values()), None)
        return 0 if first is None else len(first.codes if isinstance(first, Words) else first)

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        column = self._columns[name]
        return np.array(column.words, dtype=object)[column.codes] if isinstance(column, Words) else column

    def to_dataframe(self) -> pandas.DataFrame:
        """A pandas.DataFrame; times are datetime64, few different texts are categories, and `attrs["units"]` has the units."""
        import pandas

        def series(column: Column) -> Any:
            if isinstance(column, Words):
                return pandas.Categorical.from_codes(column.codes, column.words)
            if column.dtype.kind == "M":
                return column.astype("datetime64[ns]")
            return column

        frame = pandas.DataFrame({name: series(column) for name, column in self._columns.items()}, copy=False)
        frame.attrs.update(self.attrs, units=dict(self.units))
        return frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as an Arrow C stream, which Polars, DuckDB and pyarrow read. Units are in the metadata of the columns."""
        columns = []
        for name, column in self._columns.items():
            words = column.words if isinstance(column, Words) else None
            numbers = column.codes if isinstance(column, Words) else column
            columns.append((name, np.ascontiguousarray(numbers), words, self.units.get(name, "")))
        return _core.arrow_stream(columns, len(self))

    def _repr_html_(self) -> str:
        return str(self.to_dataframe()._repr_html_())

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self._columns)}>"
