"""What closed forms answer without a race: when to buy, when a loss is reached, and which model a budget of compute trains best."""

from __future__ import annotations

from typing import Callable, Mapping, Sequence, Union

import numpy as np

from fleetrace import _core, checks
from fleetrace._core import FrontierModel, MilestoneTable, RoadmapValues, TheoryTable as TheoryTableValues, TheoryValues, TokensNeeded
from fleetrace.distributions import Distribution
from fleetrace.result import Result
from fleetrace.units import Quantity
from fleetrace.values import written

__all__ = ["Frontier", "Milestones", "Roadmap", "Theory", "TheoryTable", "Tokens", "frontier", "milestones", "roadmap", "theory",
           "tokens_needed"]

Duration = Union[str, Quantity, float]
_YEAR = 31_557_600_000  # [ms]
# A decade each [FLOP].
DECADES = (1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28)


class Theory(Result):
    """When to buy, and up to when buying at once wins, on each of the three accountings of loss."""

    _answer: _core.TheoryAnswer

    def __init__(self, answer: _core.TheoryAnswer, request: dict[str, object]) -> None:
        self._request = request
        super().__init__(answer, None, {})

    @property
    def values(self) -> TheoryValues:
        """All numbers."""
        return self._answer.values

    def svg(self, plot: str = "purchase") -> str:
        """A chart: "purchase" of the loss by the date of one purchase, "horizon" of even spending against buying at once."""
        return _core.theory_svg(self._request, plot)


class TheoryTable(Result):
    """Break-even horizons over doubling times and lifetimes."""

    _answer: _core.TheoryTableAnswer

    @property
    def values(self) -> TheoryTableValues:
        """All numbers."""
        return self._answer.values


class Milestones(Result):
    """Years, or fleet multiples, until a relative loss is reached."""

    _answer: _core.MilestonesAnswer

    def svg(self, plot: str = "loss", years: Duration = 20, fleets: float | Sequence[float] = ()) -> str:
        """A chart: "loss" of the relative loss over that many years, for as many initial `fleets` as each gamma has (one, unless they
        are given), "gamma" of the years until a loss over the rate."""
        return _core.milestones_svg(self._answer, plot, _years(years), checks.numbers("fleets", fleets))

    @property
    def values(self) -> MilestoneTable:
        """All numbers."""
        return self._answer.values

    @property
    def notes(self) -> list[str]:
        """Losses that lie below the floor of the law, which tables and charts leave out."""
        return self.values.warnings


class Tokens(Result):
    """The tokens that models of given sizes need for a loss."""

    _answer: _core.TokensAnswer

    @property
    def rows(self) -> list[TokensNeeded]:
        """By loss, then by size. A size that no number of tokens helps has None."""
        return self._answer.rows


class Roadmap(Result):
    """A budget over the layers of the stack."""

    _answer: _core.RoadmapAnswer

    @property
    def values(self) -> RoadmapValues:
        """All numbers."""
        return self._answer.values


class Frontier(Result):
    """Models along the compute-efficient frontier."""

    _answer: _core.FrontierAnswer

    @property
    def models(self) -> list[FrontierModel]:
        """The model of each budget."""
        return self._answer.models


def _years(value: Duration | None) -> float:
    """A duration in years of 365.25 days; without one it is infinite."""
    if value is None:
        return float("inf")
    if isinstance(value, (int, float, np.number)):
        return float(value)
    return _core.base_units("duration", str(value)) / _YEAR


def _rate(doubling: Duration | None) -> float:
    """Doublings a year; without a doubling there are none."""
    if doubling is None:
        return 0.0
    if isinstance(doubling, (int, float, np.number)):
        if not doubling > 0:
            raise ValueError(f"a doubling takes more than 0 years, or is None where there is no progress, not {doubling!r}")
        return float(1 / doubling)
    return _YEAR / _core.base_units("duration", str(doubling))


def theory(*, price_performance_doubling: Duration | None = "2.07 yr", algorithm_doubling: Duration | None = "8 months",
           horizon: Duration = "8 yr", lifetime: Duration | None | Sequence[Duration | None] = "5 yr", kappa: float = 0.05, nu: float = 1,
           run_length: Duration = "0.5 yr", interest: float = 0, decay: float = 0, volatility: float = 0, opex: float = 0,
           fleet_multiples: float | Sequence[float] = (2, 10, 100), table: bool = False) -> Theory | TheoryTable:
    """Closed forms of a race between buying at once and evenly, at constant rates.

    Durations are texts or quantities, plain numbers are years; a doubling of None stands for no progress, a lifetime of None for an
    unlimited one. `kappa` [1] is the exponent of the loss, `nu` [1/yr] the reference computes a year that the budget buys at the
    start, `interest` and `decay` [1/yr], `volatility` [1/sqrt(yr)], `opex` [1/yr] of the price of hardware. With `table` it has
    break-even horizons, over several lifetimes if asked. Raises ValueError for what has no closed form.

    >>> import fleetrace as ft
    >>> lead = ft.theory(algorithm_doubling=None).values.accountings[0]
    >>> lead.id, lead.break_even.value is not None
    ('cumulative', True)
    """
    checks.number(kappa=kappa, nu=nu, interest=interest, decay=decay, volatility=volatility, opex=opex)
    lifetimes = [lifetime] if lifetime is None or isinstance(lifetime, (str, int, float, Quantity)) else list(lifetime)
    request: dict[str, object] = {
        "price_performance_rate": _rate(price_performance_doubling), "algorithm_rate": _rate(algorithm_doubling),
        "horizon": _years(horizon), "lifetime": _years(lifetimes[0]), "kappa": kappa, "nu": nu, "run_length": _years(run_length),
        "interest": interest, "decay": decay, "volatility": volatility, "opex": opex,
        "fleet_multiples": checks.numbers("fleet_multiples", fleet_multiples)}
    if table:
        return TheoryTable(_core.theory_table(request, [_years(each) for each in lifetimes]), None, {})
    if len(lifetimes) != 1:
        raise ValueError("only a table takes several lifetimes")
    return Theory(_core.theory(request), request)


def milestones(*, kappa: float | Distribution | None = None, gammas: float | Sequence[float] = (0, 0.5, 1, 2, 3),
               losses: float | Sequence[float] = (0.9, 0.8, 0.7, 0.5), law: str | Mapping[str, object] | None = None,
               reference: float | str | Quantity | None = None, range: float = 0.8) -> Milestones:
    """Years until relative losses are reached by efficiency gains alone: `kappa` in (0, 1] is the exponent of the loss, 0.05 where it
    is left out, or a distribution of it, `gammas` are [doublings/yr] from -100 to 100, `losses` in (0, 1], one or several. `law` takes
    the place of the relative law: a name, or a dict such as {"model": "chinchilla"}; `reference` is C0 [FLOP] where the law has an
    absolute scale. Where a number is uncertain, rows have ranges that hold with the probability `range`. Raises ValueError for
    what is out of range.

    >>> import fleetrace as ft
    >>> round(ft.milestones(gammas=[1], losses=[0.5]).values.rows[0].years, 2)
    19.47
    >>> row = ft.milestones(kappa=ft.uniform(0.04, 0.06), gammas=[1], losses=[0.5]).values.rows[0]
    >>> round(row.years_low, 1), round(row.years, 1), round(row.years_high, 1)
    (16.7, 19.5, 23.3)
    """
    rates, wanted = checks.numbers("gammas", gammas), checks.numbers("losses", losses)
    checks.number(range=range)
    if kappa is not None and law is not None:
        raise ValueError("a law has its own kappa: write it in the law")
    if isinstance(kappa, Distribution):
        law = {"model": "relative", "kappa": kappa}
    if kappa is None or isinstance(kappa, Distribution):
        kappa = 0.05
    if not isinstance(kappa, (int, float, np.number)):
        raise TypeError(f"kappa is a number, or a distribution such as ft.uniform(0.04, 0.06), not {kappa!r}")
    if not 0 < kappa <= 1:
        raise ValueError(f"kappa is above 0 and at most 1, not {kappa}")
    if not all(-100 <= gamma <= 100 for gamma in rates):
        raise ValueError("gammas are from -100 to 100 doublings a year")
    if not all(0 < loss <= 1 for loss in wanted):
        raise ValueError("losses are above 0 and at most 1")
    if not 0 < range < 1:
        raise ValueError("a range holds with a probability above 0 and below 1")
    compute = 0.0 if reference is None else _flop(reference)
    return Milestones(_core.milestones(kappa, rates, wanted, "" if law is None else written(law), compute, range), None, {})


def _flop(value: float | str | Quantity) -> float:
    """Compute in FLOP."""
    return float(value) if isinstance(value, (int, float, np.number)) else _core.base_units("compute", str(value))


def tokens_needed(loss: float | Sequence[float], parameters: float | Sequence[float], *, fit: str = "besiroglu") -> Tokens:
    """The tokens that models of these `parameters` need for a loss [nats/token], or for several. Larger models are more
    sample-efficient; small ones may not get there on any number of tokens. Raises ValueError.

    >>> import fleetrace as ft
    >>> [row.tokens and f"{row.tokens:.2e}" for row in ft.tokens_needed(2.0, [1e9, 1e11]).rows]
    [None, '4.85e+11']
    """
    losses, sizes = checks.numbers("loss", loss), checks.numbers("parameters", parameters)
    checks.text(fit=fit)
    if not losses or not all(0 < each <= 100 for each in losses):
        raise ValueError("losses are above 0 and at most 100 nats a token, one at least")
    if not sizes or not all(1 <= each <= 1e30 for each in sizes):
        raise ValueError("parameters are from 1 to 1e30, one at least")
    return Tokens(_core.tokens_needed(losses, sizes, fit), None, {})


def roadmap(layers: Mapping[str, Sequence[object]], *, budget: float | str | Quantity = 1e9, horizon: Duration = 5) -> Roadmap:
    """The best split of a budget [USD] over layers of the stack, and the gamma that results. Each of `layers` has a price of its
    first doubling [USD], its returns, and the time in which the field doubles it for nothing, if it does. Raises ValueError.

    >>> import fleetrace as ft
    >>> plan = ft.roadmap({"chips": ["1e9 USD", 1], "algorithms": ["67e6 USD", 1.25]}, budget="2e9 USD")
    >>> [round(row.share, 3) for row in plan.values.rows]
    [0.187, 0.813]
    """
    if not isinstance(layers, Mapping):
        raise TypeError(f'layers is a dict such as {{"chips": ["1e9 USD", 1]}}, not {layers!r}')

    def usd(value: object) -> float:
        return float(value) if isinstance(value, (int, float, np.number)) else _core.base_units("money", str(value))

    rows = []
    for name, layer in layers.items():
        if isinstance(layer, str) or not isinstance(layer, Sequence):
            raise TypeError(f'a layer is a list such as ["1e9 USD", 1] or ["5e7 USD", 0.5, "4 yr"], not {layer!r}: {name}')
        if len(layer) not in (2, 3):
            raise ValueError(f"a layer has a price, returns, and perhaps a doubling time of the field: {name}")
        rows.append((name, usd(layer[0]), float(str(layer[1])), _rate(layer[2]) if len(layer) == 3 else 0.0))  # type: ignore[arg-type]
    return Roadmap(_core.roadmap(usd(budget), _years(horizon), rows), None, {})


def frontier(compute: float | str | Quantity | Sequence[float | str | Quantity] = DECADES, *,
             fit: str = "besiroglu", tokens_per_parameter: float | None = None, data_exponent: float | str = 1,
             rule_at: float = 7e10) -> Frontier:
    """The model that each budget of compute trains best: texts such as "5.76e23 FLOP", quantities, or numbers of FLOP, one or
    several. `fit` is "besiroglu" or "hoffmann"; `tokens_per_parameter` splits by that ratio instead of by the lowest loss, and with a
    `data_exponent` other than 1 it holds at `rule_at` parameters: twice the parameters take 2^data_exponent times the data. It may be
    "hoffmann" (1), "kaplan" (0.74) or "2.5x" (twice the parameters, 2.5 times the data). Raises ValueError.

    >>> import fleetrace as ft
    >>> f"{ft.frontier(['5.76e23 FLOP']).models[0].split.parameters:.2e}"
    '7.22e+10'
    """
    checks.number(tokens_per_parameter=tokens_per_parameter, rule_at=rule_at)
    checks.text(fit=fit)
    if isinstance(compute, (str, int, float)) or isinstance(compute, Quantity) and not compute.value.ndim:
        compute = [compute]
    budgets = [_flop(each) for each in compute]
    if not budgets or not all(1 <= budget <= 1e60 for budget in budgets):
        raise ValueError("budgets are from 1 to 1e60 FLOP, one at least")
    if tokens_per_parameter is not None and not 1e-3 <= tokens_per_parameter <= 1e9:
        raise ValueError("tokens_per_parameter is from 0.001 to 1e9")
    if not isinstance(data_exponent, str):
        checks.number(data_exponent=data_exponent)
    power = _core.data_exponent(data_exponent) if isinstance(data_exponent, str) else data_exponent
    if not 0.1 <= power <= 10 or not rule_at > 0:
        raise ValueError("data_exponent is from 0.1 to 10, and rule_at above 0")
    return Frontier(_core.frontier(budgets, fit, tokens_per_parameter, power, rule_at), None, {})
