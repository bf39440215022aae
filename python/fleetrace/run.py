"""Racing the strategies of a scenario once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Callable, Iterator, Mapping, NamedTuple, Sequence

import numpy as np

from fleetrace import _core, checks
from fleetrace._core import StrategyPlan, StrategyResult
from fleetrace.command import Folder, folder, unless
from fleetrace.guards import Guard, guards_of
from fleetrace.result import Result, lookup, netcdf_attrs
from fleetrace.scenario import Scenario, Source, load
from fleetrace.table import Column, Table, Words

if TYPE_CHECKING:
    import pandas
    import xarray

__all__ = ["Overtake", "Run", "run"]


class Overtake(NamedTuple):
    """A change of lead: from `time` on `leader` has more effective compute than `behind`, having had less."""

    time: np.datetime64
    leader: str
    behind: str


class Run(Result):
    """What one race of all strategies came to. `run["turtle"]` is one of them.

    >>> import fleetrace as ft
    >>> r = ft.run("hare-and-turtle", seed=1)
    >>> round(r["turtle"].final.relative_loss, 4), r["turtle"].targets[0].reached
    (0.536, numpy.datetime64('2027-02-17T03:30:23.637'))
    """

    _answer: _core.RunAnswer
    guards: list[Guard] = []
    """Each goal of `fail_if` for each strategy that it is about."""

    @property
    def strategies(self) -> list[StrategyResult]:
        """The results of all strategies, in the order of the scenario."""
        return self._answer.strategies

    @cached_property
    def names(self) -> list[str]:
        """The names of the strategies, in their order."""
        return [each.strategy for each in self.strategies]

    def __getitem__(self, strategy: str) -> StrategyResult:
        return self.strategies[lookup(self.names, strategy)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    @cached_property
    def series(self) -> pandas.DataFrame:
        """The course of the race: a row for each strategy and instant, with the columns of results.csv. Times are datetime64, and
        `attrs["units"]` has the units. Raises ImportError without pandas."""
        return self.tables["series"].to_dataframe()

    @property
    def plans(self) -> list[StrategyPlan]:
        """The race by periods of the calendar, in the order of the strategies; empty unless `by` asked for it."""
        return self._answer.plans

    @property
    def overtakes(self) -> list[Overtake]:
        """Every change of lead between two strategies, by date."""
        return [Overtake(time, self.names[leader], self.names[behind]) for time, leader, behind in self._answer.overtakes()]

    @property
    def unverified_inputs(self) -> list[str]:
        """Defaults and catalog data that the race used and nobody has checked against their source."""
        return self._answer.unverified_inputs()

    def plan(self, format: str = "table", width: int = 100) -> str:
        """The plan as `run --by` prints it. Raises ValueError where `by` did not ask for one."""
        return self._answer.write_plan(format, width).decode()

    def _tables(self) -> Mapping[str, Callable[[], Table]]:
        tables: dict[str, Callable[[], Table]] = {
            "series": self._series,
            "bought": lambda: self._table_of(self._answer.bought_csv()),
            "returns": lambda: self._table_of(self._answer.returns_csv()),
        }
        if self.plans:
            tables["plan"] = lambda: self._table_of(self.plan("csv"))
        return tables

    def _series(self) -> Table:
        each = [self._answer.series(i) for i in range(len(self.names))]
        codes = np.repeat(np.arange(len(each), dtype=np.int32), [len(columns["time"]) for columns in each])
        columns: dict[str, Column] = {"strategy": Words(codes, self.names)}
        for name in each[0]:
            columns[name] = np.concatenate([one[name] for one in each])
        return Table(columns, self._attrs)

    def to_xarray(self) -> xarray.Dataset:
        """The series as xarray.Dataset with the dimensions strategy and time; units, and the scenario with the sources of its
        values, are attributes, so that to_netcdf() needs nothing else. Raises ImportError without xarray."""
        import xarray

        each = [self._answer.series(i) for i in range(len(self.names))]
        times = np.unique(np.concatenate([one["time"] for one in each]))
        units = self.tables["series"].units
        data = {}
        for name in each[0]:
            if name == "time":
                continue
            values = np.full((len(each), len(times)), np.nan)
            for row, one in zip(values, each):
                row[np.searchsorted(times, one["time"])] = one[name]
            data[name] = (("strategy", "time"), values, {"units": units[name]} if name in units else {})
        attrs = netcdf_attrs(self._attrs)
        if self._scenario is not None:
            attrs["scenario_with_sources"] = self._scenario.text
        return xarray.Dataset(data, {"strategy": self.names, "time": times.astype("datetime64[ns]")}, attrs)

    def _page(self) -> str | None:
        return self._answer.html()


def run(scenario: Source, *, seed: int = 1, replication: int | None = None, by: str | None = None, fiscal_year_begins: int = 1,
        trace: Callable[[str], object] | None = None, fail_if: str | Sequence[str] = (), output: Folder = None) -> Run:
    """Races every strategy of a scenario once.

    All random numbers come from `seed`, 0 to 4294967295. Uncertain inputs are at their medians, or as `replication` of a study with
    that seed draws them. `by` also gives the plan by "month", "quarter" or "year" of the calendar; `fiscal_year_begins` is the month
    from 1 to 12 in which years begin. `trace` is called with a line of text for every event. `fail_if` are guards such as
    "turtle.relative_loss > 0.7 at 2030-01-01", for `guards` of the result. `output` is a folder for the files that the program
    writes. Raises InvalidScenario, RunError, FolderError, and ValueError for options that make no sense.

    >>> import fleetrace as ft
    >>> r = ft.run("hare-and-turtle")
    >>> {name: round(r[name].final.relative_loss, 4) for name in r}
    {'hare': 0.6611, 'turtle': 0.536, 'heron': 0.5163, 'lab': 0.4804}
    """
    checks.whole(seed=seed, replication=replication, fiscal_year_begins=fiscal_year_begins)
    checks.text(by=by)
    goals = checks.texts("fail_if", fail_if)
    loaded = load(scenario)
    words = {"seed": unless(1, seed), "replication": replication, "by": by, "fiscal-year-begins": unless(1, fiscal_year_begins)}
    answer, verdicts = _core.run(loaded._core, seed, replication, by, fiscal_year_begins, trace, goals,
                                 folder(output, "run", loaded, {"fail-if": goals, **words}))
    result = Run(answer, loaded, {"seed": seed, **({} if replication is None else {"replication": replication})})
    result.guards = guards_of(goals, result.names, verdicts)
    return result
