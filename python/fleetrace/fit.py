"""The constants of models from data of one's own, with intervals, as a scenario takes them."""

from __future__ import annotations

import csv
import datetime
import io
import os
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Sequence, Union

import numpy as np

from fleetrace import _core, checks
from fleetrace._core import FitValues
from fleetrace.result import Result
from fleetrace.scenario import Inputs, Scenario, Source, load
from fleetrace.units import Quantity

if TYPE_CHECKING:
    import pandas

__all__ = ["Fit", "fit"]

Data = Union[str, "os.PathLike[str]", "pandas.DataFrame", Mapping[str, Sequence[object]]]
Date = Union[str, np.datetime64, datetime.date]
Age = Union[float, str, Quantity]
_YEAR = 31_557_600_000  # [ms]
# What stands for the name of a file where the data are in none.
_NO_FILE = "data"


class Fit(Result):
    """Constants with their intervals, and what a scenario takes of them.

    >>> import fleetrace as ft
    >>> f = ft.fit("repair", {"duration_h": [1, 5, 20, 3, 100, 7]})
    >>> [f"{each.name} {each.value:.3g} {each.unit}".strip() for each in f.constants]
    ['mean 27.6 h', 'median 7.71 h', 'sigma 1.6']
    >>> s = ft.load("hare-and-turtle")
    >>> s.update(f.inputs)
    >>> str(s["operations.failures.repair_law.model"])
    'lognormal'
    """

    _answer: _core.FitAnswer

    @property
    def values(self) -> FitValues:
        """All numbers: constants, inputs, points, curve, predictions, effects."""
        return self._answer.values

    @property
    def constants(self) -> list[_core.FitConstant]:
        """The constants, each with `value`, `low`, `high` and `unit`."""
        return self.values.constants

    @property
    def inputs(self) -> dict[str, str]:
        """What a scenario takes, by path: `scenario.update(fit.inputs)`."""
        return Inputs({each.path: each.value for each in self.values.inputs})

    @property
    def yaml(self) -> str:
        """The same as a part of a scenario."""
        return self.values.yaml

    @property
    def notes(self) -> list[str]:
        """What there is to know of it, in sentences."""
        return self.values.notes

    def __getitem__(self, name: str) -> _core.FitConstant:
        for each in self.constants:
            if each.name == name:
                return each
        raise KeyError(f'there is no constant "{name}". Valid names are: {", ".join(each.name for each in self.constants)}.')

    def _page(self) -> str | None:
        return self._answer.html([])


def _cell(value: object) -> object:
    # A line of CSV is a row: what is left aside may have line breaks, and numbers and dates have none.
    if isinstance(value, str):
        return " ".join(value.splitlines())
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, np.datetime64):
        return str(np.datetime_as_string(value, unit="ms"))
    return value


def _text(data: Data) -> tuple[str, str]:
    """The data as CSV, and what names them in messages."""
    if isinstance(data, Mapping):
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(data)
        lengths = {len(column) for column in data.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns have different lengths: {sorted(lengths)}")
        writer.writerows([_cell(value) for value in row] for row in zip(*data.values()))
        return stream.getvalue(), _NO_FILE
    if isinstance(data, str) and "\n" in data:
        return data, _NO_FILE
    if isinstance(data, (str, os.PathLike)):
        with open(data, encoding="utf-8") as file:
            return file.read(), os.fspath(data)
    if hasattr(data, "to_csv"):
        return str(data.replace(r"[\r\n]+", " ", regex=True).to_csv(index=False, lineterminator="\n")), _NO_FILE
    raise TypeError(f"data are a file, CSV text, a DataFrame or a dict of columns, not {type(data).__name__}")


def _milliseconds(date: Date) -> int:
    try:
        return int(np.datetime64(str(date).rstrip("Z"), "ms").astype(np.int64))
    except ValueError:
        raise ValueError(f'"{date}" is no date; write one such as 2027-01-01') from None


def _listed(given: Any, alone: type | tuple[type, ...]) -> list[Any]:
    """What is given alone, as a text with commas, or already as several."""
    if isinstance(given, str):
        return [part.strip() for part in given.split(",")]
    if isinstance(given, alone):
        return [given]
    return list(given)


def _years(age: Age) -> float:
    return float(age) if isinstance(age, (int, float)) else _core.base_units("duration", str(age)) / _YEAR


def fit(model: str, data: Data, *, law: str = "", x: str = "", y: str = "", of: str = "", key: str = "", at: Date | None = None,
        predict: Date | Iterable[Date] = (), steps: Age | Iterable[Age] = (), scenario: Source | None = None,
        confidence: float = 0.95, widening: float = 3, resamples: int = 200, seed: int = 1, jobs: int = 0) -> Fit:
    """Fits the constants of a model to data: a CSV file, CSV text, a pandas.DataFrame or a dict of columns.

    `model` is "trend" (columns date, value; laws exponential, logistic), "life" (age_yr, failed, entered_yr, count, or from_yr, to_yr,
    exposure_yr, deaths; laws exponential, weibull, stepped with `steps` [yr]), "repair" (duration_h), "learning" (volume, price),
    "cadence" (date), "kaplan" (compute_flop, loss), "chinchilla" (parameters, tokens, loss) or "data_limited" (and unique_tokens). `x`
    and `y` are other names of the first two columns. A trend is `of` "price_performance", "energy_efficiency", "price" or "progress",
    or has the `key` of the scenario that takes its rate; its level is that `at` a date, and it is continued to the dates of `predict`.
    The error of an exponential trend's slope counts `widening` times in predictions and inputs, as backtests found; 1 is as fitted.
    With a `scenario`, `values.effects` has the final loss of each strategy before and after. Intervals have `confidence` [1]; those of
    scaling laws come from `resamples` of the runs, drawn by `seed`, on `jobs` threads (0: all). Raises InvalidScenario with
    everything that is wrong with the data, and ValueError for a request that makes no sense.

    >>> import fleetrace as ft
    >>> f = ft.fit("trend", {"date": ["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01"], "value": [1, 2.1, 3.9, 8.1]})
    >>> round(f["doubling"].value, 2)
    1.01
    >>> f.inputs["hardware.then.price_performance_rate"].startswith("{triangular: {low: 0.5")
    True
    """
    checks.whole(resamples=resamples, seed=seed, jobs=jobs)
    checks.number(confidence=confidence, widening=widening)
    checks.text(model=model, law=law, x=x, y=y, of=of, key=key)
    text, file = _text(data)
    request: dict[str, object] = {
        "law": law, "x": x, "y": y, "of": of, "key": key, "at": None if at is None else _milliseconds(at),
        "predict": [_milliseconds(each) for each in _listed(predict, (np.datetime64, datetime.date))], "steps": [_years(each) for each in _listed(steps, (int, float, Quantity))], "confidence": confidence, "widening": widening,
        "resamples": resamples, "seed": seed, "jobs": jobs}
    tried: Scenario | None = None if scenario is None else load(scenario)
    answer = _core.fit(model, text, file, request, None if tried is None else tried._core)
    return Fit(answer, tried, {"model": answer.values.model, "data_sha256": answer.values.sha256})
