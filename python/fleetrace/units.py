"""Quantities: numbers with the units that scenarios take, such as `3 * ft.yr` or `ft.Quantity("150 MW")`."""

from __future__ import annotations

import re
from typing import Iterator, SupportsFloat, Union

import numpy as np
import numpy.typing as npt

from fleetrace import _core

__all__ = ["FLOP", "GW", "GWh", "MW", "MWh", "PFLOP", "Quantity", "TFLOP", "USD", "W", "day", "h", "kW", "kWh", "month", "s", "yr"]

Number = Union[int, float, "np.number[npt.NBitBase]", SupportsFloat]
_WRITTEN = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(\S.*?)?\s*")


class Quantity:
    """A number, or an array of numbers, with a unit. The unit is any that scenarios take; it is checked where the quantity is
    used, so that `TypeError` and `ValueError` come from numbers alone.

    >>> import fleetrace as ft
    >>> ft.Quantity("3e9 USD"), 2 * ft.yr, 0.08 * ft.USD / ft.kWh
    (Quantity('3000000000 USD'), Quantity('2 yr'), Quantity('0.08 USD/kWh'))
    >>> [str(each) for each in [1, 2.5] * ft.yr]
    ['1 yr', '2.5 yr']
    """

    # NumPy leaves `array * ft.yr` to this class.
    __array_ufunc__ = None
    __slots__ = ("unit", "value")

    def __init__(self, value: Number | str | npt.ArrayLike, unit: str = "") -> None:
        if isinstance(value, str):
            found = _WRITTEN.fullmatch(value)
            if found is None or (unit and found[2]):
                raise ValueError(f'"{value}" is not a number with a unit, such as "150 MW"')
            value, unit = float(found[1]), found[2] or unit
        if isinstance(value, (bool, np.bool_)) or value is None:
            raise TypeError(f"a quantity is a number, an array of numbers or a text such as \"150 MW\", not {value!r}")
        try:
            numbers = np.asarray(value, dtype=float)
        except (TypeError, ValueError):
            raise TypeError("a quantity is a number, an array of numbers or a text such as \"150 MW\", not "
                            f"{type(value).__name__}") from None
        self.value: npt.NDArray[np.float64] = numbers
        self.unit = unit

    def to(self, unit: str) -> Quantity:
        """The same in another unit of scenarios. Raises ValueError for one that there is not, or that measures something else.

        >>> import fleetrace as ft
        >>> ft.Quantity("1.5 billion USD").to("USD"), (18 * ft.month).to("yr")
        (Quantity('1500000000 USD'), Quantity('1.5 yr'))
        """
        (own, size), (other, wanted) = _core.unit(self.unit), _core.unit(unit)
        if own != other:
            raise ValueError(f'"{self.unit}" measures {own}, and "{unit}" {other}')
        return Quantity(self.value * (size / wanted), unit)

    def __float__(self) -> float:
        """The number of a quantity without a unit. Raises TypeError for one with a unit, which only `value` with `unit` tells."""
        if self.unit:
            raise TypeError(f'{self} is no number without its unit: `.to("{self.unit}").value` is one, in the unit that is named')
        return float(self.value)

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator[Quantity]:
        return (Quantity(each, self.unit) for each in self.value)

    def __getitem__(self, index: int) -> Quantity:
        return Quantity(self.value[index], self.unit)

    def __mul__(self, factor: Number | npt.ArrayLike) -> Quantity:
        if isinstance(factor, Quantity):
            raise TypeError("two quantities cannot be multiplied; only their quotient is one, such as ft.USD / ft.kWh")
        return Quantity(self.value * np.asarray(factor, dtype=float), self.unit)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Quantity | Number | npt.ArrayLike) -> Quantity:
        if isinstance(divisor, Quantity):
            return Quantity(self.value / divisor.value, f"{self.unit}/{divisor.unit}")
        return Quantity(self.value / np.asarray(divisor, dtype=float), self.unit)

    def __neg__(self) -> Quantity:
        return Quantity(-self.value, self.unit)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and self.unit == other.unit and np.array_equal(self.value, other.value)

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        if self.value.ndim:
            return "[" + ", ".join(str(each) for each in self) + "]"
        number = float(self.value)
        text = str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
        return f"{text} {self.unit}" if self.unit else text

    def __repr__(self) -> str:
        return f"Quantity('{self}')"


s, h, day, month, yr = (Quantity(1, unit) for unit in ("s", "h", "day", "month", "yr"))
W, kW, MW, GW = (Quantity(1, unit) for unit in ("W", "kW", "MW", "GW"))
kWh, MWh, GWh = (Quantity(1, unit) for unit in ("kWh", "MWh", "GWh"))
USD = Quantity(1, "USD")
FLOP, TFLOP, PFLOP = (Quantity(1, unit) for unit in ("FLOP", "TFLOP", "PFLOP"))
