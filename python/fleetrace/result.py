"""What all results have in common: formats of the program, tables, and how they look in a notebook."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING, Any, Callable, Iterator, Mapping, Protocol, Sequence

from fleetrace import _core, own
from fleetrace.cite import Citation
from fleetrace.errors import UnknownName
from fleetrace.table import Table

if TYPE_CHECKING:
    import pandas

    from fleetrace.scenario import Scenario

__all__ = ["Result", "Tables"]


class _Answer(Protocol):
    @property
    def formats(self) -> list[str]: ...
    def write(self, format: str, width: int = 100) -> bytes: ...


class Tables(Mapping[str, Table]):
    """Tables of a result by name. Each is made when it is first looked at."""

    def __init__(self, makers: Mapping[str, Callable[[], Table]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        if name not in self._makers:
            raise UnknownName(f'there is no table "{name}". Valid names are: {", ".join(self._makers)}.')
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __repr__(self) -> str:
        return f"<Tables: {', '.join(self._makers)}>"


class Result:
    """A result of a verb. `tables` has its numbers as tables, of which the first is the main one: that of `to_dataframe()`, and of
    the Arrow stream that Polars, DuckDB and pyarrow read from a result.

    >>> import fleetrace as ft
    >>> result = ft.run("hare-and-turtle")
    >>> list(result.tables)
    ['series', 'bought', 'returns']
    >>> '"format": 1' in result.json()
    True
    """

    def __init__(self, answer: _Answer, scenario: Scenario | None, attrs: Mapping[str, object], objective: object = None) -> None:
        self._answer = answer
        self._objective = objective
        self._scenario = scenario
        self._attrs: dict[str, object] = {"fleetrace": _core.version, "git": _core.git_hash}
        if scenario is not None:
            self._attrs.update(scenario=scenario.name, scenario_sha256=scenario.hash)
        self._attrs.update(attrs)
        self.tables = Tables(self._tables())

    @property
    def scenario(self) -> Scenario | None:
        """The scenario that it is of, as it was then."""
        return None if self._scenario is None else self._scenario.copy()

    @property
    def attrs(self) -> dict[str, object]:
        """What determines the numbers: version, scenario, hash, seed."""
        return dict(self._attrs)

    @property
    def notes(self) -> list[str]:
        """What there is to know of how it was made: on one thread, where a model or the objective is in Python."""
        models = [] if self._scenario is None else own.models_of(self._scenario, *self._changes())
        return own.notes(models, self._objective)

    def _changes(self) -> Sequence[object]:
        """Values beyond those of the scenario that were raced."""
        return ()

    def cite(self) -> Citation:
        """How to cite it: version, git hash, the scenario's hash, sources of its data with their licences, and BibTeX.

        >>> import fleetrace as ft
        >>> ft.run("hare-and-turtle").cite().version == ft.__version__
        True
        """
        return Citation(self._scenario)

    def _tables(self) -> Mapping[str, Callable[[], Table]]:
        return {"results": lambda: self._table_of(self.csv())}

    def _table_of(self, text: str) -> Table:
        return Table.of_csv(text, self._attrs)

    def write(self, format: str, width: int = 100) -> bytes:
        """The bytes that the program prints with `--format`: "table", "json", "csv", "markdown", "xlsx" and what else `formats`
        has. `width` is that of "table" [characters]. Raises ValueError for another format."""
        return self._answer.write(format, width)

    @property
    def formats(self) -> list[str]:
        """The formats that write() takes."""
        return self._answer.formats

    def json(self) -> str:
        """Everything as JSON of format 1, whose names and meanings are a promise: the bytes of `--format json`."""
        return self.write("json").decode()

    def csv(self) -> str:
        """The rows of `--format csv`."""
        return self.write("csv").decode()

    def table(self, width: int = 100) -> str:
        """The answer as text for people, in lines of so many characters."""
        return self.write("table", width).decode()

    def markdown(self) -> str:
        """The same text as markdown."""
        return self.write("markdown").decode()

    def xlsx(self) -> bytes:
        """A spreadsheet, as bytes of its file."""
        return self.write("xlsx")

    def to_dataframe(self, table: str | None = None) -> pandas.DataFrame:
        """A table as pandas.DataFrame, by default the main one. Units are in `attrs["units"]`. Raises ImportError without
        pandas."""
        return self.tables[next(iter(self.tables)) if table is None else table].to_dataframe()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The main table as an Arrow C stream."""
        return self.tables[next(iter(self.tables))].__arrow_c_stream__(requested_schema)

    def _page(self) -> str | None:
        """The page of the report; None where there is none."""
        return None

    def _repr_html_(self) -> str:
        page = self._page()
        if page is None:
            return f"<pre>{html.escape(self.table())}</pre>"
        # The page has its own styles and script, which must not meet those of the notebook.
        source = base64.b64encode(page.encode()).decode()
        return (f'<iframe src="data:text/html;base64,{source}" style="width:100%;height:640px;border:1px solid #ccc" '
                f'title="fleetrace"></iframe>')

    def __str__(self) -> str:
        return self.table()

    def __repr__(self) -> str:
        name = self._attrs.get("scenario")
        return f"<{type(self).__name__}{f' of {name}' if name else ''}: {', '.join(self.tables)}>"


def lookup(names: list[str], name: str, what: str = "strategy") -> int:
    """The index of a name. Raises KeyError with a suggestion."""
    if name in names:
        return names.index(name)
    raise UnknownName(f'there is no {what} "{name}". Valid names are: {", ".join(names)}.')


def netcdf_attrs(attrs: Mapping[str, object]) -> dict[str, Any]:
    """Attributes that netCDF takes: texts and numbers."""
    return {key: value if isinstance(value, (int, float, str)) else str(value) for key, value in attrs.items()}
