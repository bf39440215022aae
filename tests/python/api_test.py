"""The package as a whole: types, examples in docstrings, the columns that Arrow readers see, memory."""

import ctypes
import doctest
import gc
import importlib
import pathlib
import subprocess
import sys

import numpy as np
import pytest

import fleetrace as ft
from conftest import SANITIZED, SOURCE

MODULES = sorted(path.stem for path in (SOURCE / "python" / "fleetrace").glob("*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name, in_folder):
    if name == "plot":
        pytest.importorskip("matplotlib")
    module = importlib.import_module("fleetrace" if name == "__init__" else f"fleetrace.{name}")
    outcome = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert outcome.failed == 0


def test_every_public_function_has_an_example():
    for name in ft.__all__:
        value = getattr(ft, name)
        if callable(value) and not isinstance(value, type) and name not in ("live", "report"):  # these write files
            assert ">>>" in (value.__doc__ or ""), f"{name} has no example"


@pytest.mark.skipif(SANITIZED, reason="types are those of the other build, and mypy is slow here")
def test_types_hold_and_a_wrong_one_is_found(in_folder):
    pytest.importorskip("mypy")
    (in_folder / "example.py").write_text("""
import numpy as np
import fleetrace as ft

s = ft.load("hare-and-turtle")
s["strategies.turtle.budget"] = 3e9 * ft.USD
r = ft.run(s, seed=1)
loss: float = r["turtle"].final.relative_loss
reached: np.datetime64 | None = r["turtle"].targets[0].reached
c = ft.compare(s, replications=10, progress=True)
mean: float = c["turtle"].objective.mean
best: str | None = c.best
part: ft.Part = ft.compare(s, replications=10, shard="1/2", output="part")
wrong = r["turtle"].final.relative_lost
""")
    done = subprocess.run([sys.executable, "-m", "mypy", "--config-file", str(SOURCE / "pyproject.toml"), "--cache-dir",
                           str(in_folder / "cache"), "example.py", str(pathlib.Path(ft.__file__).parent)],
                          capture_output=True, text=True)
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert len(errors) == 1 and 'has no attribute "relative_lost"' in errors[0], done.stdout


@pytest.mark.skipif(SANITIZED, reason="sanitised code is slower")
def test_importing_is_quick_and_needs_no_pandas():
    code = "import sys, fleetrace; assert 'pandas' not in sys.modules and 'xarray' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def resident():
    """Memory of this process [KiB]."""
    with open("/proc/self/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


@pytest.mark.skipif(SANITIZED, reason="a sanitizer keeps what was given back")
def test_memory_of_studies_does_not_grow():
    def calls(count):
        for i in range(count):
            ft.compare("race-under-uncertainty", replications=2, seed=i, jobs=1).metrics
            ft.sweep("hare-and-turtle", {"operations.mfu": [0.3]}, seed=i, jobs=1).points
            ft.what_if("capacity-what-if", {"sites.main.power": "30 MW"}, replications=1, seed=i, jobs=1).json()
            ft.milestones().json()
        gc.collect()

    calls(250)  # a thousand calls, after which the allocator has what it keeps
    before = resident()
    calls(100)
    assert resident() - before < 4_000  # [KiB]; 40 KiB that a round keeps show


@pytest.mark.skipif(SANITIZED, reason="a sanitizer keeps what was given back")
def test_memory_does_not_grow():
    def calls(count):
        for i in range(count):
            r = ft.run("hare-and-turtle", seed=i)
            r.tables["series"].__arrow_c_stream__()
            r["turtle"].series[-1]
            try:
                r.scenario["operations.mfu"] = 38
            except ft.InvalidScenario:
                pass
        gc.collect()

    calls(400)  # what the allocator keeps for next time is there then
    before = resident()
    calls(600)
    assert resident() - before < 3_000  # [KiB]; a result that is never given back has some hundred


# A reader of Arrow streams of its own, by the specification: what pyarrow, Polars and DuckDB do.
class Schema(ctypes.Structure):
    pass


class Array(ctypes.Structure):
    pass


Schema._fields_ = [("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_void_p), ("flags", ctypes.c_int64),
                   ("n_children", ctypes.c_int64), ("children", ctypes.POINTER(ctypes.POINTER(Schema))),
                   ("dictionary", ctypes.POINTER(Schema)), ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(Schema))),
                   ("private", ctypes.c_void_p)]
Array._fields_ = [("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64),
                  ("n_buffers", ctypes.c_int64), ("n_children", ctypes.c_int64), ("buffers", ctypes.POINTER(ctypes.c_void_p)),
                  ("children", ctypes.POINTER(ctypes.POINTER(Array))), ("dictionary", ctypes.POINTER(Array)),
                  ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(Array))), ("private", ctypes.c_void_p)]


class Stream(ctypes.Structure):
    pass


Stream._fields_ = [("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Stream), ctypes.POINTER(Schema))),
                   ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Stream), ctypes.POINTER(Array))),
                   ("last_error", ctypes.c_void_p), ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(Stream))),
                   ("private", ctypes.c_void_p)]

pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
pointer_of.restype, pointer_of.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
TYPES = {b"g": np.float64, b"l": np.int64, b"i": np.int32, b"tsm:UTC": "datetime64[ms]", b"C": np.uint8}


def buffer(address, kind, count):
    size = np.dtype(kind).itemsize * count
    return np.frombuffer(ctypes.string_at(address, size), dtype=kind) if size else np.array([], dtype=kind)


def words_of(array):
    ends = buffer(array.buffers[1], np.int32, array.length + 1)
    return [ctypes.string_at(array.buffers[2] + int(first), int(last - first)).decode() for first, last in zip(ends, ends[1:])]


def read_arrow(capsule):
    """Columns and units of a stream; everything is released on the way."""
    stream = ctypes.cast(pointer_of(capsule, b"arrow_array_stream"), ctypes.POINTER(Stream))
    schema, array, end = Schema(), Array(), Array()
    assert stream.contents.get_schema(stream, schema) == 0 and stream.contents.get_next(stream, array) == 0
    assert stream.contents.get_next(stream, end) == 0 and not end.release
    stream.contents.release(stream)
    assert schema.format == b"+s" and array.n_children == schema.n_children
    columns, units = {}, {}
    for i in range(schema.n_children):
        field, column = schema.children[i].contents, array.children[i].contents
        name = field.name.decode()
        values = buffer(column.buffers[1], TYPES[field.format], column.length)
        if field.dictionary:
            assert field.dictionary.contents.format == b"u"
            values = np.array(words_of(column.dictionary.contents), dtype=object)[values]
        if column.null_count:
            valid = np.unpackbits(buffer(column.buffers[0], np.uint8, (column.length + 7) // 8), bitorder="little")
            assert (valid[:column.length] == 0).sum() == column.null_count
            assert np.isnat(values[valid[:column.length] == 0]).all()
        if field.metadata:
            length = int.from_bytes(ctypes.string_at(field.metadata + 4, 4), sys.byteorder)
            value = field.metadata + 8 + length
            assert ctypes.string_at(field.metadata + 8, length) == b"unit"
            units[name] = ctypes.string_at(value + 4, int.from_bytes(ctypes.string_at(value, 4), sys.byteorder)).decode()
        columns[name] = values
    schema.release(schema)
    array.release(array)
    assert not schema.release and not array.release
    return columns, units


def test_arrow_streams_have_the_columns_of_the_tables():
    result = ft.run("hare-and-turtle")
    for table in result.tables.values():
        columns, units = read_arrow(table.__arrow_c_stream__())
        assert list(columns) == table.names and units == table.units
        for name in table:
            np.testing.assert_array_equal(columns[name], table[name], err_msg=name)
    columns, units = read_arrow(result.__arrow_c_stream__())
    assert units["spend_usd"] == "USD" and set(columns["strategy"]) == set(result.names)


def test_a_column_is_of_one_kind_in_every_result():
    """Texts are texts where all of them are empty or look like numbers, too; instants are instants, and numbers are NaN."""
    by_year = ft.run("plan-of-record", by="year")
    results = [ft.run("hare-and-turtle"), ft.run("feed-outage"), by_year, ft.run("plan-of-record", by="month"),
               ft.compare("race-under-uncertainty", replications=3), ft.sweep("hare-and-turtle", {"horizon.length": ["7 yr", "8 yr"]}),
               ft.sensitivity("race-under-uncertainty", points=2), ft.what_if("capacity-what-if", replications=1),
               ft.optimize("capacity-what-if", strategy="turtle"), ft.optimize("two-sites", strategy="both"),
               ft.diff("hare-and-turtle", ft.load("hare-and-turtle").replace({"operations.mfu": 0.4})), ft.list("accelerators")]
    kinds: dict[str, set[str]] = {}
    for result in results:
        for name, table in result.tables.items():
            for column in table.names if len(table) else ():
                kind = table[column].dtype.kind
                # Of a plan and of what was bought, `installed`, `ordered` and `rented` are counts and facts.
                group = f"{name}.{column}" if column in ("installed", "ordered", "rented") else column
                kinds.setdefault(group, set()).add("number" if kind in "if" else kind)
    assert {column: each for column, each in kinds.items() if len(each) > 1} == {}
    assert kinds["site"] == kinds["period"] == kinds["strategy"] == {"O"} and kinds["time"] == {"M"}
    schedule = results[8].tables["schedule"]
    assert set(schedule["site"]) == {""} and set(schedule.to_dataframe()["site"]) == {""}
    assert by_year.tables["plan"]["period"][0] == "2026"
    empty = ft.Table.of_csv("strategy,time,spend_usd\nhare,,\nlab,,\n")
    assert list(empty["strategy"]) == ["hare", "lab"] and np.isnat(empty["time"]).all() and np.isnan(empty["spend_usd"]).all()
    assert len(ft.Table.of_csv("strategy,time,spend_usd\n")["strategy"]) == 0


def test_arrow_streams_have_missing_instants_and_may_go_unread():
    table = ft.Table({"time": np.array(["2026-01-01", "NaT", "2027-01-01"], dtype="datetime64[ms]"), "flag": np.array([True, False, True])})
    columns, _ = read_arrow(table.__arrow_c_stream__())
    assert np.isnat(columns["time"][1]) and list(columns["flag"]) == [1, 0, 1]
    table.__arrow_c_stream__()
    gc.collect()
    with pytest.raises(TypeError, match="Arrow"):
        ft.Table({"text": np.array(["a"], dtype=object)}).__arrow_c_stream__()
