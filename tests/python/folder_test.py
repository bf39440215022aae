"""Folders: `output=` leaves what the program leaves with --output, byte for byte, and both go on where the other was stopped."""

import json
import pathlib

import pytest

import fleetrace as ft
from conftest import interrupt_after, program


def files(folder):
    return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}


CALLS = {
    "run": (lambda out: ft.run("hare-and-turtle", seed=3, output=out), ["run", "hare-and-turtle", "--seed", "3"]),
    "compare": (lambda out: ft.compare("race-under-uncertainty", replications=40, output=out),
                ["compare", "race-under-uncertainty", "--replications", "40"]),
    "sweep": (lambda out: ft.sweep("hare-and-turtle", {"horizon.length": [7, 8] * ft.yr, "operations.mfu": [0.3, 0.4]}, output=out),
              ["sweep", "hare-and-turtle", "--vary", "horizon.length=7 yr,8 yr", "--vary", "operations.mfu=0.3,0.4"]),
    "sensitivity": (lambda out: ft.sensitivity("race-under-uncertainty", of="turtle", against="hare", points=4, output=out),
                    ["sensitivity", "race-under-uncertainty", "--difference", "turtle,hare", "--points", "4"]),
    "solve": (lambda out: ft.solve("hare-and-turtle", "sites.main.power", "hare.relative_loss <= 0.68", output=out),
              ["solve", "hare-and-turtle", "--for", "sites.main.power", "--until", "hare.relative_loss <= 0.68"]),
    "what_if": (lambda out: ft.what_if("capacity-what-if", cases=["later-chips"], replications=5, output=out),
                ["whatif", "capacity-what-if", "--case", "later-chips", "--replications", "5"]),
    "optimize": (lambda out: ft.optimize("capacity-what-if", strategy="turtle", retire=True, output=out),
                 ["optimize", "capacity-what-if", "--strategy", "turtle", "--retire"]),
}


@pytest.mark.parametrize("verb", CALLS)
def test_folders_have_the_bytes_of_the_program(verb, in_folder):
    call, words = CALLS[verb]
    result = call("out")
    mine = files("out")
    pathlib.Path("out").rename("mine")
    program(*words, "--output", "out")
    theirs = files("out")
    assert sorted(mine) == sorted(theirs)
    for name, content in mine.items():
        # Replications stand in a journal in the order in which threads finished them.
        same = sorted(content) == sorted(theirs[name]) if name.endswith(".journal") else content == theirs[name]
        assert same, f"{verb}: {name}"
    assert result.json().encode() == mine["results.json"]
    # The folder holds this very result: it is left alone, and the result is the same.
    assert call("out").json() == result.json() and files("out") == theirs


def test_a_stopped_study_goes_on_in_either(in_folder):
    with pytest.raises(KeyboardInterrupt):
        ft.compare("race-under-uncertainty", replications=10_000, output="out", progress=interrupt_after(500))
    assert json.loads(files("out")["manifest.json"])["status"] == "interrupted"
    kept = len(files("out")["replications.journal"])
    assert kept > 1000
    program("compare", "race-under-uncertainty", "--replications", "10000", "--output", "out", "--quiet")
    whole = files("out")
    assert len(whole["replications.journal"]) > kept
    again = ft.compare("race-under-uncertainty", replications=10_000, output="out")
    assert again.json().encode() == whole["results.json"]


def test_folders_of_others_are_left_alone(in_folder):
    ft.run("hare-and-turtle", output="out")
    before = files("out")
    with pytest.raises(ft.FolderError, match="another"):
        ft.run("hare-and-turtle", seed=2, output="out")
    assert files("out") == before
    pathlib.Path("file").write_text("")
    with pytest.raises(OSError):
        ft.run("hare-and-turtle", output="file")


def test_commands_name_what_was_changed(in_folder):
    s = ft.load("hare-and-turtle")
    s["operations.mfu"] = 0.4
    ft.run(s, output="out")
    assert json.loads(files("out")["manifest.json"])["arguments"] == ["run", "hare-and-turtle", "--set", "operations.mfu=0.4", "--output",
                                                                      "out"]


def test_reports_are_written_anew(in_folder):
    ft.compare("race-under-uncertainty", replications=20, output="out")
    page = files("out")["report.html"]
    pathlib.Path("out/report.html").unlink()
    assert ft.report("out") == "out/report.html" and files("out")["report.html"] == page
    assert "brief" in ft.report("out", brief=True)
    with pytest.raises(ft.InvalidScenario):
        ft.report("nowhere")


def test_damage_is_told(in_folder):
    whole = ft.compare("race-under-uncertainty", replications=40, output="out")
    journal = pathlib.Path("out", "replications.journal")
    content = bytearray(journal.read_bytes())
    content[-100] ^= 4
    journal.write_bytes(content)
    with pytest.warns(UserWarning, match="are damaged or of another study") as told:
        again = ft.compare("race-under-uncertainty", replications=40, output="out")
    assert again.json() == whole.json()
    assert "39 replications are kept" in str(told[0].message)
