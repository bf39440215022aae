"""Models in Python: they race like built-in ones, know no more, run on one thread, and fail with their traceback."""

import gc
import math
import pathlib
import re
import sqlite3
import threading
import time
import traceback

import numpy as np
import pytest

import fleetrace as ft
from conftest import SANITIZED, program

DAY = np.timedelta64(1, "D")


@ft.register
class OwnHare:
    """Spends a share of its budget at once."""

    keys = {"spent": ft.Key("share of the budget that it spends", default=1, low=0, high=1)}

    def __init__(self, spent):
        self.spent = spent

    def review(self, seen):
        return ft.Decision(self.spent * seen.budget)


@ft.register
class Counter:
    """Buys a twelfth each quarter, and notes what it saw."""

    name = "own_counter"
    seen = []
    threads = set()

    def __init__(self):
        self.reviews = 0

    def review(self, seen):
        self.reviews += 1
        Counter.seen.append(seen)
        Counter.threads.add(threading.get_ident())
        return ft.Decision(seen.budget * min(1, self.reviews / 12), seen.now + 91 * DAY)


@ft.register
class OwnPower:
    """A power of compute."""

    keys = {"exponent": ft.Key("of compute", default=0.05, low=0)}

    def __init__(self, exponent):
        self.exponent = exponent

    def loss(self, ratio):
        return ratio ** -self.exponent


@ft.register
class OwnGrowth:
    """Exponential growth."""

    keys = {"doubles_in": ft.Key("time in which it doubles", default="8 months", unit="yr", low=0, open=True)}

    def __init__(self, doubles_in):
        self.doubles_in = doubles_in

    def multiplier(self, years):
        return 2 ** (years / self.doubles_in)


def with_strategy(text, name="race-under-uncertainty"):
    return ft.load(name).replace({"strategies.own": text})


def test_a_strategy_races_like_its_built_in_twin():
    s = ft.load("hare-and-turtle").replace({"strategies.twin": {"buy": "own_hare", "budget": "2e9 USD"},
                                            "strategies.half": {"buy": "own_hare", "budget": "2e9 USD", "spent": 0.5}})
    r = ft.run(s)
    np.testing.assert_array_equal(r._answer.series(4)["effective_compute_flop"], r._answer.series(0)["effective_compute_flop"])
    assert r["twin"].buys == "own_hare" and r["half"].final.capex == pytest.approx(r["twin"].final.capex / 2, rel=1e-3)
    assert r.notes == ["one thread, since own_hare is a model in Python"] and ft.run("hare-and-turtle").notes == []


def test_laws_race_like_their_built_in_twins():
    base = ft.load("hare-and-turtle")
    twin = ft.run(base.replace({"loss": {"model": "relative", "kappa": 0.07}}))
    own = ft.run(base.replace({"loss": {"model": "own_power", "exponent": 0.07}}))
    for name in own:
        assert own[name].final.relative_loss == pytest.approx(twin[name].final.relative_loss, rel=1e-12)
    own = ft.run(base.replace({"progress": {"model": "own_growth", "doubles_in": "8 months"}}))
    assert own["hare"].final.relative_loss == pytest.approx(ft.run(base)["hare"].final.relative_loss, rel=1e-9)
    assert own.notes == ["one thread, since own_growth is a model in Python"]


def test_every_verb_takes_them():
    s = with_strategy({"buy": "own_hare", "budget": "2e8 USD"})
    c = ft.compare(s, replications=50, jobs=2)
    assert c["own"].objective.n == 50 and "own_hare" in c.notes[0]
    g = ft.sweep(s, {"strategies.own.spent": [0.5, 1.0]}, replications=5)
    assert g.points[0].strategies[-1].mean_spend < g.points[1].strategies[-1].mean_spend and g.notes
    assert ft.sensitivity(s, of="own", points=4).values.runs > 0
    w = ft.what_if("race-under-uncertainty", {"poor": {"strategies.hare": {"buy": "own_hare", "budget": "1e8 USD"}}}, replications=3)
    assert w.values.cases[1].differs and "own_hare" in w.notes[0]
    found = ft.solve(ft.load("hare-and-turtle").replace({"strategies.own": {"buy": "own_hare", "budget": "2e9 USD"}}),
                     "strategies.own.spent", "own.relative_loss <= 0.7", between=(0.1, 1))
    assert found.values.best.met and 0.1 < found.input < 1


def test_runs_are_reproducible_and_learn_within_a_race_alone():
    s = with_strategy({"buy": "own_counter", "budget": "2e8 USD"})
    assert ft.compare(s, replications=20).json() == ft.compare(s, replications=20).json()
    Counter.threads.clear()
    first = ft.compare(s, replications=20, jobs=2)
    assert len(Counter.threads) == 1
    assert first.metrics["final_loss"][7, -1] == ft.run(s, replication=7)["own"].final.relative_loss


def test_two_threads_may_race_at_once():
    s = with_strategy({"buy": "own_counter", "budget": "2e8 USD"})
    expected = ft.compare(s, replications=30).json()
    found = []
    threads = [threading.Thread(target=lambda: found.append(ft.compare(s, replications=30).json())) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [expected, expected]


def test_a_strategy_sees_what_is_known_and_cannot_change_it():
    Counter.seen.clear()
    s = with_strategy({"buy": "own_counter", "budget": "2e8 USD"})
    ft.run(s, replication=3)
    seen = Counter.seen[0]
    assert isinstance(seen, ft.Observation) and seen.now == seen.start and seen.budget == 2e8 and seen.outlook.progress > 0
    assert Counter.seen[5].now > seen.now and Counter.seen[5].released == pytest.approx(2e8 * 5 / 12)
    assert {name for name in dir(seen) if name[0] != "_"} == {"now", "start", "end", "budget", "released", "cash", "offer", "fleet",
                                                             "outlook", "serving"}
    with pytest.raises(AttributeError):
        seen.budget = 0
    with pytest.raises(AttributeError):
        seen.offer.unit_usd = 0
    # What is drawn does not reach a strategy before it happens: the first looks of all draws agree. Only the bound, which the study
    # races afterwards with hindsight, is told.
    Counter.seen.clear()
    ft.compare(s, replications=5)
    first = [each.outlook.progress for each in Counter.seen if each.now == each.start]
    assert len(set(first[:5])) == 1 and len(set(first[5:])) == 5


def failing(error):
    @ft.register
    class OwnFailing:
        """Fails in its second year."""

        def review(self, seen):
            if seen.now - seen.start > 366 * DAY:
                return error(seen)
            return ft.Decision(seen.released, seen.now + 100 * DAY)

    return with_strategy({"buy": "own_failing", "budget": "2e8 USD"})


def test_exceptions_arrive_with_their_traceback():
    s = failing(lambda seen: seen.budget / 0)
    with pytest.raises(ft.RunError, match='strategy own .*"own_failing" raised ZeroDivisionError: .*, on 20') as caught:
        ft.run(s)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert "seen.budget / 0" in "".join(traceback.format_exception(caught.value))
    with pytest.raises(ft.StudyError, match="replication 0") as caught:
        ft.compare(s, replications=5)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    # A later error of another kind has a cause of its own, or none.
    with pytest.raises(ft.RunError, match="returned int, not an ft.Decision") as caught:
        ft.run(failing(lambda seen: 7))
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("wrong, says", [
    (lambda seen: ft.Decision(math.nan), "released is an amount of USD, not nan, on 20"),
    (lambda seen: ft.Decision(0, seen.now), "not later, on 20"),
    (lambda seen: ft.Decision(0, fleet_power=math.nan), "no number, on 20"),
    (lambda seen: ft.Decision("much"), "raised TypeError"),
    (lambda seen: ft.Decision(0, "tomorrow"), "raised ValueError"),
])
def test_wrong_decisions_name_the_strategy_and_the_date(wrong, says):
    with pytest.raises(ft.RunError, match=f'"own_failing".*{says}'):
        ft.run(failing(wrong))


def test_nan_of_a_law_names_the_law_and_the_date():
    @ft.register
    class OwnBroken:
        """Progress with a gap."""

        def multiplier(self, years):
            return math.nan if 3 < years < 4 else 1.0

    s = ft.load("hare-and-turtle").replace({"progress": {"model": "own_broken"}})
    with pytest.raises(ft.RunError, match=r'the progress law "own_broken" gives nan after [\d.]+ years, on 20'):
        ft.run(s)

    @ft.register
    class OwnNothing:
        """No loss."""

        def loss(self, ratio):
            return math.nan if ratio > 10 else 1.0

    with pytest.raises(ft.InvalidScenario, match='the loss law "own_nothing" gives nan at'):
        ft.load("hare-and-turtle")["loss"] = {"model": "own_nothing"}

    @ft.register
    class OwnNone:
        """A loss that is none."""

        def loss(self, ratio):
            return None

    with pytest.raises(ft.RunError, match='"own_none" raised TypeError') as caught:
        ft.load("hare-and-turtle")["loss"] = {"model": "own_none"}
    assert isinstance(caught.value.__cause__, TypeError)


def test_a_class_takes_the_place_of_an_earlier_one_if_its_keys_are_the_same():
    @ft.register
    class OwnTwice:
        """Buys nothing."""

        def review(self, seen):
            return ft.Decision(0)

    s = with_strategy({"buy": "own_twice", "budget": "2e8 USD"})
    assert ft.run(s)["own"].final.capex == 0

    @ft.register
    class OwnTwice:  # noqa: F811
        """Buys everything."""

        def review(self, seen):
            return ft.Decision(seen.budget)

    assert ft.run(s)["own"].final.capex > 1e8
    with pytest.raises(ValueError, match="own_twice.*take another name"):
        @ft.register
        class OwnTwice:  # noqa: F811
            """Has a key."""

            keys = {"share": ft.Key("of something", default=1)}

            def review(self, seen):
                return ft.Decision(0)


def test_what_is_no_model_is_refused():
    with pytest.raises(TypeError, match="a class with one of the methods review, loss, multiplier, not function"):
        ft.register(lambda seen: 0)
    with pytest.raises(TypeError, match="none of them"):
        ft.register(type("Empty", (), {}))
    with pytest.raises(ValueError, match="there is one of that name already"):
        ft.register(type("Once", (), {"review": lambda self, seen: 0}))
    with pytest.raises(TypeError, match="dict of ft.Key"):
        ft.register(type("Wrong", (), {"review": lambda self, seen: 0, "keys": {"a": 1}}))
    with pytest.raises(ValueError, match='no unit "furlong"'):
        ft.register(type("Far", (), {"review": lambda self, seen: 0, "keys": {"far": ft.Key("away", unit="furlong")}}))
    with pytest.raises(ft.InvalidScenario, match="Did you mean"):
        with_strategy({"buy": "own_hare", "budget": "2e8 USD", "spend": 1})
    with pytest.raises(ft.InvalidScenario, match="out of range"):
        with_strategy({"buy": "own_hare", "budget": "2e8 USD", "spent": 2})


@pytest.mark.skipif(SANITIZED, reason="sanitised code is slower")
def test_memory_and_time_of_reviews():
    import resource

    s = with_strategy({"buy": "own_counter", "budget": "2e8 USD"})

    def runs(count):
        for _ in range(count):
            ft.compare(s, replications=10)
            Counter.seen.clear()
        gc.collect()

    runs(10)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    runs(50)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4_000  # [KiB]
    assert time.process_time() - begun < 30


def test_optimize_takes_an_own_strategys_place_and_own_laws():
    base = ft.load("hare-and-turtle")
    twin = ft.optimize(base, strategy="turtle").values
    best = ft.optimize(base.replace({"strategies.own": {"buy": "own_hare", "budget": "2e9 USD"}}), strategy="own")
    # The plan has the budget and the constraints of what it replaces, whatever that would buy.
    assert best.values.value == twin.value and best.values.bound == twin.bound
    assert best.notes == ["one thread, since own_hare is a model in Python"]
    assert ft.run(best.plan)["optimum"].final.relative_loss == best.values.final_loss
    for section, law in ("loss", {"model": "own_power", "exponent": 0.05}), ("progress", {"model": "own_growth"}):
        own = ft.optimize(base.replace({section: law}), strategy="turtle")
        assert own.values.value == pytest.approx(twin.value, rel=1e-9) and own.values.bound <= own.values.value
        assert own.notes == [f"one thread, since {law['model']} is a model in Python"]


def test_diff_takes_them():
    base = ft.load("hare-and-turtle").replace({"strategies.own": {"buy": "own_hare", "budget": "2e9 USD"}})
    text = str(ft.diff(base, base.replace({"strategies.own.spent": 0.5})))
    assert re.search(r"strategies\.own\.spent +1 +0\.5", text) and re.search(r"\nown +final loss", text)


def test_folders_of_races_with_them_are_read_by_those_who_register_them(in_folder):
    s = with_strategy({"buy": "own_hare", "budget": "2e8 USD", "spent": 0.5})
    c = ft.compare(s, replications=20, output="out")
    kept = {path.name: path.read_bytes() for path in pathlib.Path("out").iterdir()}
    assert kept["results.json"] == c.json().encode()
    # The folder holds this very study, and has its scenario with it.
    assert ft.compare(s, replications=20, output="out").json() == c.json()
    assert {path.name: path.read_bytes() for path in pathlib.Path("out").iterdir()} == kept
    with sqlite3.connect("out/results.sqlite") as database:
        (text,) = [value for row in database.execute("select * from scenario") for value in row if "own_hare" in str(value)]
    assert ft.compare(text, replications=20).summary.equals(c.summary)
    # The program has no such model.
    pathlib.Path("own.yaml").write_text(text)
    program("compare", "own.yaml", code=3)
