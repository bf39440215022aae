"""The best purchase schedule, and how far it can be from the best there is."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence, Union

from fleetrace import _core, checks, values
from fleetrace._core import OptimumValues, UncertainOptimumValues
from fleetrace.command import FLAG, Folder, folder, unless
from fleetrace.compare import Comparison, compare
from fleetrace.objective import Objective
from fleetrace.own import threads
from fleetrace.progress import Progress, kept, watched
from fleetrace.result import Result
from fleetrace.scenario import Scenario, Source, load
from fleetrace.table import Table
from fleetrace.units import Quantity

__all__ = ["Optimum", "UncertainOptimum", "optimize"]


class _Plan(Result):
    def __init__(self, answer: _core.OptimumAnswer | _core.UncertainOptimumAnswer, plan: str, scenario: Scenario,
                 attrs: Mapping[str, object], judged: Mapping[str, Any]) -> None:
        self._plan_text = plan
        self._judged = dict(judged)
        super().__init__(answer, scenario, attrs, self._judged["objective"])

    @property
    def plan(self) -> Scenario:
        """The scenario with the strategy `optimum`, which is the plan, beside its own: `ft.run` gives it the same bits."""
        return load(self._plan_text)

    def comparison(self, *, replications: int | None = None, objective: Objective = None, confidence: float | None = None,
                   jobs: int = 0) -> Comparison:
        """The plan, as the strategy `optimum`, beside the strategies of the scenario, with every replication, on the draws of its seed. Of
        a plan that was made for many draws these are, unless `replications` says otherwise, all that it was made for or judged by:
        the first `values.draws` ones made it, and those that follow judge it. `objective` is by default that of the plan.

        >>> import fleetrace as ft
        >>> best = ft.optimize("race-under-uncertainty", strategy="turtle", replications=5, batches=2)
        >>> c = best.comparison()
        >>> loss = c.metrics["final_loss"][:, c.names.index("optimum")]
        >>> len(loss), float(abs(loss[5:].mean() / best.values.value.mean - 1)) < 1e-12
        (15, True)
        """
        given = {"replications": replications, "objective": objective, "confidence": confidence}
        options = {**self._judged, **{name: value for name, value in given.items() if value is not None}}
        found: Comparison = compare(self.plan, jobs=jobs, **options)
        return found


class Optimum(_Plan):
    """The best plan at the medians of the inputs, and the bound that proves it.

    >>> import fleetrace as ft
    >>> best = ft.optimize("capacity-what-if", strategy="turtle")
    >>> best.values.bound <= best.values.value < best.values.best_shipped
    True
    >>> ft.run(best.plan)["optimum"].final.relative_loss == best.values.final_loss
    True
    """

    _answer: _core.OptimumAnswer

    @property
    def values(self) -> OptimumValues:
        """The plan, its value and its bound, and what one more of each limit is worth."""
        return self._answer.values

    def _tables(self) -> Mapping[str, Callable[[], Table]]:
        return {"schedule": lambda: self._table_of(self.csv())}

    def _page(self) -> str | None:
        return self._answer.html()


class UncertainOptimum(_Plan):
    """One plan for many draws of the uncertain inputs, judged by draws that it was not made for."""

    _answer: _core.UncertainOptimumAnswer

    @property
    def values(self) -> UncertainOptimumValues:
        """The plan, its value, and how far from the best it is at most."""
        return self._answer.values

    def _tables(self) -> Mapping[str, Callable[[], Table]]:
        return {"schedule": lambda: self._table_of(self.csv())}

    def _page(self) -> str | None:
        return self._answer.html()


Amount = Union[str, Quantity]


def _text(value: Amount | None) -> str | None:
    return None if value is None else values.written(value)


def optimize(scenario: Source, *, strategy: str | None = None, objective: Objective = None, target: float | None = None,
             dates: str = "calendar", every: Amount | None = None, yearly_spend: Amount | None = None,
             smallest_order: Amount | None = None, nodes: int = 2000, gap: float = 1e-6, within: float | Sequence[float] | None = None,
             alternatives: int = 0, then: str = "any", retire: bool = False, replications: int | None = None, batches: int = 10,
             confidence: float = 0.95, tail: float | None = None, seed: int = 1, jobs: int = 0,
             log: bool = False, output: Folder = None, progress: Progress = False) -> Optimum | UncertainOptimum:
    """Finds how much of what to order when and for which site, in the place of `strategy` and under its constraints.

    `objective` is final_loss, mean_loss, time_to_target, cost_to_target or npv, or a function of an `ft.Outcome` of which less is
    better: races search for that plan, and nothing bounds it. `target` is the relative loss in (0, 1) that two of them are about, or with
    npv and a function the final loss to be met. `dates` are "calendar" or "events", `every` is between reviews. `yearly_spend` and
    `smallest_order` are amounts of money, `nodes` and `gap` limit the search. `within` is a share [1], or ascending ones, of which it
    says what plans spend that are as good but for it, with `alternatives` that differ; `then` breaks ties by "least_mean" or
    "least_spend"; `retire` lets a plan take hardware out of service. With `replications` it is one plan for so many draws, judged by
    `batches` as many, with `tail` by the mean of the worst share 1 - tail. `log` shows on standard error what the solver
    does, `output` is a folder for the plan and its files.

    Raises OptimizeError where no schedule can be optimised, InvalidScenario, RunError and ValueError. Ctrl-C raises Interrupted with
    the best plan so far, or KeyboardInterrupt.

    >>> import fleetrace as ft
    >>> ft.optimize("capacity-what-if", strategy="turtle").values.schedule[0].accelerator
    'GB300+2'
    """
    checks.whole(nodes=nodes, alternatives=alternatives, replications=replications, batches=batches, seed=seed, jobs=jobs)
    checks.number(target=target, gap=gap, confidence=confidence, tail=tail)
    checks.text(strategy=strategy, dates=dates, then=then)
    checks.objective(objective)
    shares = [] if within is None else checks.numbers("within", within)
    loaded = load(scenario)
    jobs = threads(loaded, jobs, objective=objective)
    options: dict[str, object] = {
        "strategy": strategy or "", "objective": objective, "target": target, "dates": dates, "every": _text(every),
        "yearly_spend": _text(yearly_spend), "smallest_order": _text(smallest_order), "most_nodes": nodes, "gap": gap,
        "within": shares, "alternatives": alternatives, "then": then, "retires": retire, "seed": seed, "replications": replications,
        "batches": batches, "confidence": confidence, "tail_level": tail, "jobs": jobs, "log": log}
    words: dict[str, object] = {
        "strategy": strategy, "objective": objective, "target": target, "every": every, "dates": unless("calendar", dates),
        "yearly-spend": yearly_spend, "smallest-order": smallest_order, "nodes": unless(2000, nodes),
        "within": ",".join(values.written(each) for each in shares) or None, "alternatives": unless(0, alternatives),
        "then": unless("any", then), "retire": FLAG if retire else None, "gap": unless(1e-6, gap), "replications": replications,
        "batches": unless(10, batches), "risk": None if tail is None else "cvar", "level": tail,
        "confidence": unless(0.95, confidence)}
    question = "".join(["optimize", *(f", {name} {'' if value is FLAG else values.written(value)}" for name, value in words.items()
                                      if value is not None and not callable(value))])
    kept_in = folder(output, "optimize", loaded, {**words, "seed": unless(1, seed)})
    attrs = {"seed": seed}
    judged: dict[str, Any] = {"seed": seed, "objective": objective or "final_loss",
                              "target": target if objective in ("time_to_target", "cost_to_target") else None}
    if replications is None:
        answer, plan, interruption = watched("optimize", progress, lambda show: _core.optimize(
            loaded._core, options, show, question, kept_in))
        return kept(Optimum(answer, plan, loaded, attrs, judged), interruption, "the optimisation")
    draws, plan, interruption = watched("optimize", progress, lambda show: _core.optimize_uncertain(
        loaded._core, options, show, question, kept_in))
    judged.update(replications=(draws.values.batches + 1) * replications, confidence=confidence)
    return kept(UncertainOptimum(draws, plan, loaded, attrs, judged), interruption, "the optimisation")
