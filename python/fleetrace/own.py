"""Models of one's own in Python: purchase strategies, loss laws and laws of progress, beside the built-in ones in every verb."""

from __future__ import annotations

import inspect
import math
import re
from typing import TYPE_CHECKING, Mapping, NamedTuple, TypeVar, Union

from fleetrace import _core
from fleetrace.units import Quantity

if TYPE_CHECKING:
    from fleetrace.scenario import Scenario

__all__ = ["Key", "register"]

Model = TypeVar("Model", bound=type)
METHODS = ("review", "loss", "multiplier")
_registered: set[str] = set()


class Key(NamedTuple):
    """A key that a model takes in a scenario: what it means, its default as a scenario writes it (without one it is required), the
    unit in which the model is handed its value, and the least and the greatest value in that unit; `open` excludes the least.

    >>> import fleetrace as ft
    >>> ft.Key("share of the budget that it spends", default=1, low=0, high=1).default
    1
    """

    summary: str
    default: Union[str, float, Quantity, None] = None
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    open: bool = False


def register(model: Model) -> Model:
    """Makes a class a model that scenarios name, and returns it, so that it may stand above the class as a decorator.

    The class has one method. `review(self, seen)` makes it a purchase strategy: `seen` is an `ft.Observation`, which is all that a
    strategy may know, and it returns an `ft.Decision`. It has an instance for each race, which may learn on the way. `loss(self,
    ratio)` makes it a loss law, the relative loss at `ratio` times the reference compute, and `multiplier(self, years)` a law of
    progress, 1 at 0 years; these always give the same value for the same argument.

    In scenarios its name is `name` of the class, or that of the class in small letters. `keys`, a dict of `ft.Key`, are what it
    takes there beside the keys of its kind; its instances are made with their values. Its docstring describes it. A class that is
    defined again takes the place of the earlier one, if its keys are the same. Raises TypeError and ValueError.

    A race with such a model runs on one thread, and `notes` of its result say so. What the model raises is the cause of the RunError
    or StudyError that ends the race.

    >>> import numpy as np, fleetrace as ft
    >>> @ft.register
    ... class Patient:
    ...     "Spends everything once a dollar buys enough."
    ...     keys = {"threshold": ft.Key("peak FLOP/s per USD at which it buys", default=1e11, low=0, open=True)}
    ...     def __init__(self, threshold):
    ...         self.threshold = threshold
    ...     def review(self, seen):
    ...         if seen.offer.flops_per_usd >= self.threshold:
    ...             return ft.Decision(seen.budget)
    ...         return ft.Decision(seen.released, seen.now + np.timedelta64(30, "D"))
    >>> s = ft.load("hare-and-turtle")
    >>> s["strategies.fox"] = {"buy": "patient", "budget": "2e9 USD", "threshold": 2e11}
    >>> r = ft.run(s)
    >>> round(r["fox"].final.relative_loss, 4), r.notes
    (0.5264, ['one thread, since patient is a model in Python'])
    """
    if not isinstance(model, type):
        raise TypeError(f"a model is a class with one of the methods {', '.join(METHODS)}, not {type(model).__name__}")
    methods = [method for method in METHODS if callable(getattr(model, method, None))]
    if len(methods) != 1:
        raise TypeError(f"a model has one of the methods {', '.join(METHODS)}; {model.__name__} has "
                        f"{' and '.join(methods) or 'none of them'}")
    name = getattr(model, "name", None) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", model.__name__).lower()
    summary, _, scope = (inspect.getdoc(model) or "A model in Python.").partition("\n")
    keys = getattr(model, "keys", {})
    if not isinstance(keys, Mapping) or not all(isinstance(key, Key) for key in keys.values()):
        raise TypeError(f"keys of {model.__name__} is a dict of ft.Key")
    _core.register_model(model, methods[0], name, summary, scope.strip(), [
        (each, key.summary, key.unit, None if key.default is None else _preset(key), float(key.low), float(key.high), key.open)
        for each, key in keys.items()])
    _registered.add(name)
    return model


def _preset(key: Key) -> str:
    if isinstance(key.default, (str, Quantity)):
        return str(key.default)
    return str(Quantity(key.default, key.unit)) if key.default is not None else ""


def models_of(scenario: Scenario, *changes: object) -> list[str]:
    """The registered models that the scenario names, or that are a word of any change to it."""
    if not _registered:
        return []
    words = set(re.findall(r"\b(?:buy|model)[\": =]+(\w+)", scenario.text))
    return sorted(_registered & words.union(*(re.findall(r"\w+", str(each)) for each in changes)))


def notes(models: list[str], objective: object = None) -> list[str]:
    """What a result says about the models and the objective in Python that it is of."""
    said = [f"{' and '.join(models)} {'is a model' if len(models) == 1 else 'are models'} in Python"] if models else []
    if callable(objective):
        said.append("its objective is a function in Python")
    return [f"one thread, since {' and '.join(said)}"] if said else []


def threads(scenario: Scenario, jobs: int, *changes: object, objective: object = None) -> int:
    """How many threads may race the scenario with these changes: one, where any of it is in Python; else `jobs`."""
    return 1 if callable(objective) or models_of(scenario, *changes) else jobs
