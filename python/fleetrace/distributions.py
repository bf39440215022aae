"""Distributions that may stand for any single number of a scenario. Bounds are what a scenario takes: texts, numbers, quantities."""

from __future__ import annotations

from typing import Mapping, Sequence, Union

import numpy as np
import numpy.typing as npt

from fleetrace.units import Quantity

__all__ = ["Distribution", "choice", "empirical", "lognormal", "normal", "triangular", "uniform"]

Bound = Union[str, float, Quantity]
Values = Union[Sequence[Bound], Quantity, "npt.NDArray[np.float64]"]


class Distribution:
    """A law with its parameters, as docs/reference/distribution.md has them. What is out of range is found when it is set."""

    __slots__ = ("law", "parameters")

    def __init__(self, law: str, parameters: Mapping[str, object]) -> None:
        self.law = law
        self.parameters = dict(parameters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Distribution) and repr(self) == repr(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{self.law}({', '.join(f'{key}={value!r}' for key, value in self.parameters.items())})"


def _given(**parameters: object) -> dict[str, object]:
    """Those that were not left out."""
    return {key: value for key, value in parameters.items() if value is not None}


def lognormal(low: Bound | None = None, high: Bound | None = None, *, mass: float | None = None, median: Bound | None = None,
              sigma: float | None = None) -> Distribution:
    """A lognormal law: of which the share `mass` [1] lies between `low` and `high`, as much below as above, or with a `median`
    and the standard deviation `sigma` of the natural logarithm [1].

    >>> import fleetrace as ft
    >>> scenario = ft.load("hare-and-turtle")
    >>> scenario["progress.doubling"] = ft.lognormal("5 months", "14 months", mass=0.95)
    >>> scenario["progress.doubling"]
    '{lognormal: {low: 5 months, high: 14 months, mass: 0.95}}'
    """
    return Distribution("lognormal", _given(low=low, high=high, mass=mass, median=median, sigma=sigma))


def normal(low: Bound | None = None, high: Bound | None = None, *, mass: float | None = None, mean: Bound | None = None,
           sd: Bound | None = None) -> Distribution:
    """A normal law: of which the share `mass` [1] lies between `low` and `high`, as much below as above, or with a `mean` and a
    standard deviation `sd` [unit of the value].

    >>> import fleetrace as ft
    >>> ft.normal(0.3, 0.5, mass=0.9), ft.normal(mean=0.4, sd=0.05)
    (normal(low=0.3, high=0.5, mass=0.9), normal(mean=0.4, sd=0.05))
    """
    return Distribution("normal", _given(low=low, high=high, mass=mass, mean=mean, sd=sd))


def uniform(low: Bound, high: Bound) -> Distribution:
    """All values between `low` and `high` are as likely.

    >>> import fleetrace as ft
    >>> ft.uniform("1 yr", 3 * ft.yr)
    uniform(low='1 yr', high=Quantity('3 yr'))
    """
    return Distribution("uniform", {"low": low, "high": high})


def triangular(low: Bound, mode: Bound, high: Bound) -> Distribution:
    """Most likely at `mode`, and linearly less so to both ends.

    >>> import fleetrace as ft
    >>> ft.triangular("3 months", "6 months", "1 yr")
    triangular(low='3 months', mode='6 months', high='1 yr')
    """
    return Distribution("triangular", {"low": low, "mode": mode, "high": high})


def choice(values: Values, *, weights: Sequence[float] | None = None) -> Distribution:
    """One of the values, each with the probability of its weight; all are as likely where `weights` are left out.

    >>> import fleetrace as ft
    >>> ft.choice(["1e9 USD", "2e9 USD"], weights=[3, 1])
    choice(values=['1e9 USD', '2e9 USD'], weights=[3, 1])
    """
    return Distribution("choice", {"values": values} if weights is None else {"values": values, "weights": list(weights)})


def empirical(values: Values) -> Distribution:
    """Observed values: linear between the order statistics.

    >>> import fleetrace as ft
    >>> ft.empirical([8, 11, 14] * ft.yr)
    empirical(values=Quantity('[8 yr, 11 yr, 14 yr]'))
    """
    return Distribution("empirical", {"values": values})
