"""Objectives of one's own: functions of what a race comes to."""

from __future__ import annotations

import collections
import math
from typing import TYPE_CHECKING, Any, Callable, Union

import numpy as np
import numpy.typing as npt

from fleetrace import _core
from fleetrace._core import PairStanding, PointComparison, StrategyStanding
from fleetrace.result import lookup

if TYPE_CHECKING:
    from fleetrace.compare import Comparison

__all__ = ["Judgement", "Outcome"]

_named: Any = collections.namedtuple  # its fields are known when it runs
Outcome = _named("Outcome", ["strategy", *_core.metric_columns()])
Outcome.__doc__ = """What an objective in Python is given: the strategy of a race and its metrics, each under its name with its unit, such as
`final_loss` and `spend_usd`. NaN is what a race has none of."""

Objective = Union[str, Callable[[Any], float], None]


class Judgement:
    """A comparison by an objective in Python, by the same statistics as by any other. Lower is better.

    >>> import fleetrace as ft
    >>> c = ft.compare("race-under-uncertainty", replications=100)
    >>> dear = c.judge(lambda o: o.final_loss + o.spend_usd / 1e11)
    >>> dear.objective.shape, dear.leader == c.leader, dear["turtle"].objective.mean > c["turtle"].objective.mean
    ((100, 3), True, True)
    """

    def __init__(self, comparison: Comparison, objective: Callable[[Any], float]) -> None:
        self.name = getattr(objective, "__name__", type(objective).__name__)
        self.names = comparison.names
        self.objective = _values(comparison, objective, self.name)
        self._values: PointComparison = comparison._answer.judge(self.objective)

    objective: npt.NDArray[np.float64]
    """The objective by replication and strategy."""

    @property
    def values(self) -> PointComparison:
        """All numbers of the comparison; what they call the objective is this one."""
        return self._values

    @property
    def pairs(self) -> list[PairStanding]:
        """The difference of each pair of strategies on the same draws."""
        return self._values.pairs

    @property
    def leader(self) -> str | None:
        """The strategy with the best mean; None where several share it."""
        return None if self._values.leader is None else self.names[self._values.leader]

    @property
    def best(self) -> str | None:
        """The leader, if the evidence tells it from every other at the confidence; else None."""
        return None if self._values.best is None else self.names[self._values.best]

    def __getitem__(self, strategy: str) -> StrategyStanding:
        return self._values.strategies[lookup(self.names, strategy)]

    def __repr__(self) -> str:
        means = ", ".join(f"{each.name} {each.objective.mean:.4g}" for each in self._values.strategies)
        return f"<Judgement by {self.name}: {means}>"


def _values(comparison: Comparison, objective: Callable[[Any], float], name: str) -> npt.NDArray[np.float64]:
    """The objective of every race. Raises ValueError where it is no finite number."""
    metrics = [comparison.metrics[each] for each in _core.metric_columns()]
    names = comparison.names
    count = comparison.values.replications
    values = np.empty((count, len(names)))
    for i, strategy in enumerate(names):
        columns = [metric[:, i].tolist() for metric in metrics]
        for replication, row in enumerate(zip(*columns)):
            value = float(objective(Outcome(strategy, *row)))
            if not math.isfinite(value):
                raise ValueError(f"the objective {name} gives {value} for {strategy} in replication {replication}")
            values[replication, i] = value
    return values
