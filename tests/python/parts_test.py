"""Studies in parts: `shard=`, `merge`, `missing` and `cluster` are those of the program, and each reads what the other left."""

import json
import pathlib
import shutil

import pytest

import fleetrace as ft
from conftest import interrupt_after, program
from folder_test import files

GRID = {"horizon.length": [7, 8, 10] * ft.yr, "operations.mfu": [0.3, 0.4]}
VARY = ["--vary", "horizon.length=7 yr,8 yr,10 yr", "--vary", "operations.mfu=0.3,0.4"]
STUDIES = {
    "compare": (lambda **more: ft.compare("race-under-uncertainty", replications=60, jobs=1, objective="mean_loss", confidence=0.9, **more),
                ["compare", "race-under-uncertainty", "--replications", "60", "--objective", "mean_loss", "--confidence", "0.9"]),
    "sweep": (lambda **more: ft.sweep("hare-and-turtle", GRID, jobs=1, seed=3, **more), ["sweep", "hare-and-turtle", *VARY, "--seed", "3"]),
    "sensitivity": (lambda **more: ft.sensitivity("race-under-uncertainty", of="turtle", against="hare", points=4, jobs=1, **more),
                    ["sensitivity", "race-under-uncertainty", "--difference", "turtle,hare", "--points", "4"]),
}
ITEMS = {"compare": 60, "sweep": 6, "sensitivity": 64}


def journal_in_order(folder):
    """Items stand in a journal in the order in which threads finished them: its bytes are compared without it."""
    folder["replications.journal"] = bytes(sorted(folder["replications.journal"]))
    # The digest of the journal, and that of the manifest, go with the order.
    folder["manifest.json"] = b"".join(line for line in folder["manifest.json"].splitlines(True) if b".journal" not in line and b"manifest_sha256" not in line)
    return folder


@pytest.fixture(autouse=True)
def unnumbered(monkeypatch):
    """Nothing numbers the tests as tasks."""
    for name in ("SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "PARALLEL_SEQ"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("verb", STUDIES)
def test_parts_and_their_merge_have_the_bytes_of_the_program(verb, in_folder):
    call, words = STUDIES[verb]
    whole = call(output="study")
    undivided = files("study")
    shutil.rmtree("study")
    for i in (3, 1, 2):
        part = call(output=f"part-{i}", shard=(i, 3))
        assert (part.number, part.of, part.is_finished, part.done) == (i, 3, True, part.items)
    ours = {i: journal_in_order(files(f"part-{i}")) for i in (1, 2, 3)}
    assert sum(call(output=f"part-{i}", shard=f"{i}/3").items for i in (1, 2, 3)) == ITEMS[verb]
    assert {i: journal_in_order(files(f"part-{i}")) for i in (1, 2, 3)} == ours  # they were finished, and left alone

    # Parts of Python, merged by Python, by the program, and the same study of the program alone.
    merged = ft.merge(["part-2", "part-3", "part-1"], output="study")
    assert type(merged) is type(whole) and merged.json() == whole.json() and merged.attrs == whole.attrs
    assert files("study") == undivided
    shutil.rmtree("study")
    program("merge", "part-1", "part-2", "part-3", "--output", "study")
    assert files("study") == undivided
    shutil.rmtree("study")
    program(*words, "--jobs", "1", "--output", "study")
    theirs = files("study")
    assert {name: content for name, content in theirs.items() if name not in ("manifest.json", "report.html")} == {
        name: content for name, content in undivided.items() if name not in ("manifest.json", "report.html")}
    shutil.rmtree("study")

    # Parts of the program: the same bytes, which Python merges as well.
    for i in (1, 2, 3):
        shutil.rmtree(f"part-{i}")
        program(*words, "--shard", f"{i}/3", "--output", f"part-{i}")
        assert journal_in_order(files(f"part-{i}")) == ours[i], f"part {i}"
    again = ft.merge([f"part-{i}" for i in (1, 2, 3)], output="study")
    assert again.json() == whole.json() and files("study") == undivided
    if verb == "sweep":  # and has the replications of any point, with the settings that the parts kept
        assert again.comparison(5).pairs.equals(whole.comparison(5).pairs)
        assert again.comparison(5).attrs["seed"] == 3
    # The folder holds the merged study already.
    assert ft.merge([f"part-{i}" for i in (1, 2, 3)], output="study").json() == whole.json() and files("study") == undivided


def test_what_is_set_in_a_scenario_is_merged(in_folder):
    pathlib.Path("own.yaml").write_text(ft.load("race-under-uncertainty").text)
    s = ft.load("own.yaml")
    s["operations.mfu"] = 0.41
    whole = ft.compare(s, replications=20)
    for i in (1, 2):
        ft.compare(s, replications=20, shard=(i, 2), output=f"p{i}")
    merged = ft.merge(["p1", "p2"], output="study")
    assert merged.json() == whole.json() and merged.scenario["operations.mfu"] == 0.41
    asked = json.loads(files("p1")["manifest.json"])["part_of"]
    assert asked == {"verb": "compare", "scenario": "own.yaml", "changes": [{"path": "operations.mfu", "value": "0.41"}], "seed": 1,
                     "replications": 20}
    assert "part_of" not in json.loads(files("study")["manifest.json"])
    # The scenario is read again: it is another one now, and a setting of it makes no sense any more.
    pathlib.Path("own.yaml").write_text(ft.load("race-under-uncertainty").text + "# changed\n")
    with pytest.raises(ft.InvalidScenario, match="another scenario, or --set"):
        ft.merge(["p1", "p2"], output="other")
    assert not pathlib.Path("other").exists()


def test_a_scenario_that_lost_what_parts_need_is_told(in_folder):
    text = ft.load("race-under-uncertainty").text
    pathlib.Path("own.yaml").write_text(text)
    ft.sensitivity("own.yaml", of="turtle", against="hare", points=2, shard=(1, 1), output="p")
    pathlib.Path("own.yaml").write_text(text.replace("turtle", "tortoise"))
    with pytest.raises(ft.InvalidScenario, match='come to any more: there is no strategy "turtle"'):
        ft.merge(["p"], output="other")
    program("merge", "p", "--output", "other", code=3)


def test_exact_numbers_survive(in_folder):
    confidence, target = 0.1 + 0.2 + 0.6000000000000001, 0.7000000000000001
    for i in (1, 2):
        ft.compare("race-under-uncertainty", replications=8, objective="time_to_target", target=target, confidence=confidence,
                   shard=(i, 2), output=f"p{i}")
    asked = json.loads(files("p1")["manifest.json"])["part_of"]
    assert (asked["confidence"], asked["target"]) == (confidence, target)
    merged = ft.merge(["p1", "p2"], output="study")
    assert merged.values.confidence == confidence
    assert merged.json() == ft.compare("race-under-uncertainty", replications=8, objective="time_to_target", target=target,
                                       confidence=confidence).json()


def test_missing_parts_are_numbered(in_folder):
    for i in (1, 2, 4):
        ft.compare("race-under-uncertainty", replications=12, shard=(i, 4), output=f"p{i}")
    assert ft.missing(["p1", "p2", "p4"]) == [3] and ft.missing("p2") == [1, 3, 4]
    assert ft.missing([pathlib.Path("p1"), "p2"]) == [3, 4]
    with pytest.raises(ft.InvalidScenario, match="part 3 of 4 is missing"):
        ft.merge(["p1", "p2", "p4"], output="study")
    with pytest.warns(UserWarning, match="nowhere"):
        assert ft.missing(["p1", "nowhere"]) == [2, 3, 4]
    ft.compare("race-under-uncertainty", replications=12, shard=(3, 4), output="p3")
    assert ft.missing([f"p{i}" for i in (1, 2, 3, 4)]) == []
    with pytest.raises(ft.InvalidScenario, match="says of how many parts"), pytest.warns(UserWarning):
        ft.missing(["nowhere"])
    with pytest.raises(ValueError, match="there are none"):
        ft.missing([])


def test_a_part_that_is_stopped_goes_on(in_folder):
    call = lambda **more: ft.compare("race-under-uncertainty", replications=20_000, shard=(2, 2), output="part", **more)
    with pytest.raises(ft.Interrupted) as stopped:
        call(progress=interrupt_after(500))
    part = stopped.value.result
    assert 0 < part.done < part.items == 10_000 and not part.is_finished
    assert json.loads(files("part")["manifest.json"])["status"] == "interrupted"
    with pytest.warns(UserWarning, match="not finished"):
        assert ft.missing(["part"]) == [1, 2]
    seen = []
    assert call(progress=lambda done, total: seen.append((done, total))).is_finished
    assert seen == [] or seen[0][0] >= part.done
    assert program("missing", "part") == b"1\n"


def test_parts_have_models_of_ones_own(in_folder):
    @ft.register
    class PartBuyer:
        """Spends everything at once."""

        def review(self, seen):
            return ft.Decision(seen.budget)

    s = ft.load("race-under-uncertainty")
    s["strategies.own"] = {"buy": "part_buyer", "budget": "2e9 USD"}
    whole = ft.compare(s, replications=9)
    for i in (1, 2):
        ft.compare(s, replications=9, shard=(i, 2), output=f"p{i}")
    merged = ft.merge(["p1", "p2"], output="study")
    assert merged.json() == whole.json() and merged.notes == whole.notes != []


def test_numbers_of_tasks_are_read(in_folder, monkeypatch):
    call = lambda shard, folder: ft.compare("race-under-uncertainty", replications=4, shard=shard, output=folder)
    with pytest.raises(ValueError, match="shard auto: none of SLURM_ARRAY_TASK_ID"):
        call("auto", "none")
    monkeypatch.setenv("SLURM_ARRAY_TASK_ID", "3")
    assert call("auto/4", "a")[1:3] == (3, 4)
    for name, value in (("COUNT", "7"), ("MIN", "1"), ("MAX", "7")):
        monkeypatch.setenv(f"SLURM_ARRAY_TASK_{name}", value)
    assert call("auto", "b")[1:3] == (3, 7)
    for shard, said in (("5/4", "no part of a study"), ("", "no part"), ("1/200000", "no part"), ((0, 4), "no part"), ((5, 4), "no part")):
        with pytest.raises(ValueError, match=said):
            call(shard, "none")
    for shard in (3, [1, 2], (1, 2, 3), (1.0, 2), ("1", "2"), (True, 2)):
        with pytest.raises(TypeError):
            call(shard, "none")
    assert not pathlib.Path("none").exists()


def test_what_has_no_parts_is_refused(in_folder):
    part = {"shard": (1, 2), "output": "none"}
    with pytest.raises(ValueError, match="give output"):
        ft.compare("race-under-uncertainty", shard=(1, 2))
    for option, said in (({"half_width": 0.01}, "decides by all"), ({"select": 0.01}, "decides by all"),
                         ({"fail_if": "hare.npv_usd < 0"}, "about the whole study")):
        with pytest.raises(ValueError, match=said):
            ft.compare("race-under-uncertainty", **option, **part)
    with pytest.raises(ValueError, match="a text or a dict cannot be"):
        ft.compare(ft.load("race-under-uncertainty").text, **part)
    with pytest.raises(ValueError, match="confidence"):
        ft.compare("race-under-uncertainty", confidence=2, **part)
    with pytest.raises(KeyError, match="no strategy"):
        ft.sensitivity("race-under-uncertainty", of="tortoise", **part)
    with pytest.raises(ft.InvalidScenario, match="mfu"):
        ft.sweep("hare-and-turtle", {"operations.mfu": [0.3, 38]}, **part)
    assert not pathlib.Path("none").exists()
    ft.compare("race-under-uncertainty", replications=4, output="whole")
    with pytest.raises(ft.InvalidScenario, match="holds no part"):
        ft.merge(["whole"], output="study")


def test_texts_for_clusters_are_those_of_the_program():
    assert ft.cluster("slurm", "race-under-uncertainty", replications=100_000, shards=7, jobs=2, output="far study").encode() == program(
        "cluster", "slurm", "race-under-uncertainty", "--shards", "7", "--jobs", "2", "--output", "far study", "--", "--replications",
        "100000")
    assert ft.cluster("kubernetes", "race-under-uncertainty").encode() == program("cluster", "kubernetes", "race-under-uncertainty")
    assert ft.cluster("snakemake", "hare-and-turtle", study="sweep", axes=GRID).encode() == program(
        "cluster", "snakemake", "hare-and-turtle", "--study", "sweep", "--", *VARY)
    s = ft.load("race-under-uncertainty")
    s["operations.mfu"] = 0.41
    assert ft.cluster("slurm", s, study="sensitivity", of="turtle", against="hare", points=64, confidence=0.9).encode() == program(
        "cluster", "slurm", "race-under-uncertainty", "--study", "sensitivity", "--", "--set", "operations.mfu=0.41", "--difference",
        "turtle,hare", "--points", "64", "--confidence", "0.9")


def test_a_study_is_checked_before_it_goes_to_a_cluster():
    for options, said in (({"engine": "slurn"}, 'Did you mean "slurm"'), ({"study": "run"}, "compare, sweep, sensitivity"),
                          ({"shards": 0}, "1 to 100000"), ({"jobs": 0}, "1 to 1024"), ({"output": ""}, "no folder"),
                          ({"output": "-x"}, "./-x"), ({"confidence": 2}, "confidence"), ({"axes": {"operations.mfu": [0.3]}}, "sweep"),
                          ({"study": "sweep"}, "axes"), ({"of": "hare"}, "sensitivity"), ({"replications": 10**9}, "memory"),
                          ({"study": "sweep", "axes": {"operations.mfu": [38.0]}}, "out of range"),
                          ({"study": "sensitivity", "points": 3}, "power of two"), ({"study": "sensitivity", "replications": 3}, "points"),
                          ({"study": "sensitivity", "of": "hare", "against": "hare"}, "two strategies")):
        arguments = {"engine": "slurm", "scenario": "race-under-uncertainty", **options}
        with pytest.raises(ValueError, match=said):
            ft.cluster(**arguments)
    with pytest.raises(ValueError, match="a text or a dict"):
        ft.cluster("slurm", ft.load("race-under-uncertainty").text)
    with pytest.raises(TypeError):
        ft.cluster("slurm", "race-under-uncertainty", shards="40")
