"""Citing: a result names what it is of, and the repository how to name it."""

import re

import pytest

import fleetrace as ft
from conftest import SOURCE


def test_a_result_names_program_scenario_and_data():
    race = ft.run("hare-and-turtle")
    cited = race.cite()
    assert (cited.version, cited.git_hash, cited.scenario_hash) == (ft.__version__, ft.__git_hash__, race.scenario.hash)
    text = str(cited)
    assert cited.scenario_hash in text and cited.git_hash in text and "arXiv:2501.02156" in text
    gave = {path: source for source in cited.sources for path in source.gave}
    # Data of the chips that are on sale, and defaults that were left.
    assert "Epoch AI" in gave["GB300.price"].text or "fleetrace reference table" in gave["GB300.price"].text
    assert "Epoch AI" in gave["hardware.price_decline"].text and gave["hardware.price_decline"].licence == "CC-BY"
    assert not any(path.startswith("A100") for path in gave)
    assert "operations.mfu" not in gave
    assert cited.licences == ["CC-BY"]


def test_sources_follow_the_scenario():
    s = ft.load("hare-and-turtle")
    before = ft.run(s).cite()
    s["hardware.price_decline"] = "0.2 /yr"
    after = ft.run(s).cite()
    assert any("hardware.price_decline" in source.gave for source in before.sources)
    assert not any("hardware.price_decline" in source.gave for source in after.sources)
    assert before.scenario_hash != after.scenario_hash


def test_figures_that_nobody_checked_are_marked():
    """An entry is marked if, and only if, a figure of its work is marked unverified where it comes from, as the report marks it."""
    marked = 0
    for name in ft.scenarios():
        race = ft.run(name)
        cited = race.cite()
        unchecked = {path for source in cited.sources for path in source.unverified}
        reported = {each.split(" (")[0] for each in race.unverified_inputs}
        # The report has what the race used, and what it assumes of no source.
        assert {path for path in reported if any(path in source.gave for source in cited.sources)} <= unchecked, name
        for source in cited.sources:
            assert set(source.unverified) <= set(source.gave)
        for entry in cited.bibtex.split("\n\n")[2:]:
            said = re.search(r"not from the work itself: (.*)\}", entry)
            if said:
                marked += 1
                first = said[1].replace("\\", "").split(", ")[0].split(" and ")[0]
                assert first in unchecked and "Unverified" in entry, (name, entry)
        # Every one of them is said in some entry or has no entry of its own.
        assert str(cited).count("not checked against it") == sum(bool(source.unverified) for source in cited.sources)
    assert marked > 10
    assert "Unverified" not in ft.milestones().cite().bibtex


@pytest.mark.parametrize("name", ["hare-and-turtle", "data-wall", "relative-loss", "race-under-uncertainty", "longest-run"])
def test_bibtex_is_well_formed(name):
    text = ft.run(name).cite().bibtex
    entries = re.findall(r"^@(\w+)\{([^,]+),\n((?:  .*\n)+)\}$", text, re.MULTILINE)
    assert len(entries) == text.count("@") and [key for _, key, _ in entries][:2] == ["fleetrace", "lu2025"]
    assert len({key for _, key, _ in entries}) == len(entries)
    for _, _, body in entries:
        assert body.count("{") == body.count("}") and "author = {" in body and "title = {" in body and "year = {" in body


def test_every_source_has_an_entry():
    """What a scenario cites by author and year is in the bibliography."""
    for name in ft.scenarios():
        cited = ft.run(name).cite()
        for source in cited.sources:
            for arxiv in re.findall(r"arXiv:(\d{4}\.\d{5})", source.text):
                assert arxiv in cited.bibtex, (name, source.text)
            if "Epoch AI" in source.text:
                assert "Epoch AI" in cited.bibtex, (name, source.text)


def test_results_without_a_scenario_cite_the_program():
    cited = ft.milestones().cite()
    assert cited.sources == [] and cited.scenario is None and "@misc{lu2025" in cited.bibtex


def test_the_citation_file_is_whole():
    yaml = pytest.importorskip("yaml")
    cff = yaml.safe_load((SOURCE / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors", "version", "license", "references"} <= set(cff)
    assert cff["cff-version"] == "1.2.0" and cff["type"] == "software" and cff["license"] == "Apache-2.0"
    version = re.search(r"project\(fleetrace VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text())[1]
    assert cff["version"] == version == ft.__version__
    assert all("title" in each and each["authors"] and "type" in each for each in cff["references"])
    assert any("2501.02156" in each.get("url", "") for each in cff["references"])
