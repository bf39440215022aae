"""Warnings stand in every result, on the page and beside errors, and not on standard error alone."""
import json
import pathlib
import re
import tempfile

from program import call, check

RACE = """fleetrace: 1
name: warned
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: catalog, accelerators: [H100, B200]}
operations: {mfu: MFU, throughput: {model: constant, site_links: {bandwidth: 1 GB/s}}}
sites: {hall: {power: 20 MW, electricity: 7 USD/kWh}}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
strategies:
  a: {buy: incremental, budget: 1e8 USD, every: 3 months}
  b: {buy: front_loaded, budget: 1e8 USD}
cases: {less: {set: [operations.mfu=0.75]}}
"""
CERTAIN = RACE.replace("MFU", "0.4")
DRAWN = RACE.replace("MFU", "{uniform: {low: 0.3, high: 0.5}}")


def check_warnings(found, what, more=()):
    """The two warnings of the scenario, in the order of their places, and `more` behind them."""
    check([each["path"] for each in found] == ["operations.throughput.site_links", "sites.hall.electricity", *more], f"{what}: {found}")
    links, price = found[:2]
    check((links["line"], price["line"]) == (5, 6), f"{what}: the lines of {found}")
    check(price["column"] == 43, f"{what}: the column of {price}")
    check(price["message"] == "7 USD/kWh is unusually high (7 times the 1 USD/kWh that is usual at most; 7 ct a kWh are 0.07 USD/kWh)",
          f"{what}: {price['message']}")
    check(price["suggestion"] == "Check the number and its unit.", f"{what}: {price}")


def test_results():
    solve = ("--for", "strategies.a.budget", "--until", "a.relative_loss <= 0.9")
    commands = {
        "run": ("run", CERTAIN, ()), "compare": ("compare", DRAWN, ("--replications", "3")),
        "sweep": ("sweep", CERTAIN, ("--vary", "horizon.length=3 yr,4 yr")), "sensitivity": ("sensitivity", DRAWN, ("--points", "4")),
        "solve": ("solve", CERTAIN, solve), "whatif": ("whatif", CERTAIN, ()),
    }
    with tempfile.TemporaryDirectory() as top:
        scenario = pathlib.Path(top, "warned.yaml")
        for what, (verb, text, options) in commands.items():
            more = ("cases.less: operations.mfu",) if verb == "whatif" else ()
            scenario.write_text(text, encoding="utf-8")
            # Asking for quiet leaves the messages out, and nothing of the result.
            out, err = call(verb, str(scenario), *options, "--format", "json", "--quiet")
            check(err == "", f"{what} --quiet says {err}")
            check_warnings(json.loads(out)["warnings"], what, more)
            folder = pathlib.Path(top, what)
            err = call(verb, str(scenario), *options, "--output", str(folder))[1]
            check(err.count("warning: ") == 2 + len(more), f"{what}: {err}")
            for file in ("results.json", "manifest.json"):
                check_warnings(json.loads((folder / file).read_text(encoding="utf-8"))["warnings"], f"{what}: {file}", more)
            page = (folder / "report.html").read_text(encoding="utf-8")
            check('<h2 id="warnings">Warnings</h2>' in page, f"{what}: the page has no list of warnings")
            check(re.search(r"<li>Line 6, sites\.hall\.electricity: 7 USD/kWh is unusually high", page), f"{what}: the page's warnings")
            # Written anew, from what the folder holds, it is the same page.
            call("report", str(folder))
            check((folder / "report.html").read_text(encoding="utf-8") == page, f"{what}: another page")


def test_places():
    # What is set on the command line has no line; a scenario without slips has no warning, and its page no list.
    fine = CERTAIN.replace(", throughput: {model: constant, site_links: {bandwidth: 1 GB/s}}", "").replace("7 USD/kWh", "0.07 USD/kWh")
    check(json.loads(call("run", "-", "--format", "json", text=fine)[0])["warnings"] == [], "a warning about nothing")
    found = json.loads(call("run", "-", "--format", "json", "--set", "sites.hall.electricity=7 USD/kWh", text=fine)[0])["warnings"]
    check([(each["path"], each["line"], each["column"]) for each in found] == [("sites.hall.electricity", None, None)], f"{found}")
    # What some points of a sweep read is no warning about the sweep.
    swept = json.loads(call("sweep", "-", "--vary", "operations.throughput.model=constant,communication", "--format", "json", "--quiet",
                            text=CERTAIN)[0])["warnings"]
    check([each["path"] for each in swept] == ["sites.hall.electricity"], f"a sweep over models: {swept}")


def test_errors():
    # Errors and warnings come in one round, by place, and are counted apart. What cannot be read hides no slip elsewhere.
    unreadable = CERTAIN.replace("name: warned", "name: [warned]")
    err = call("validate", "-", text=unreadable, code=3)[1]
    lines = [line for line in err.splitlines() if line.startswith("-:")]
    check(len(lines) == 3 and " name: " in lines[0] and "warning: operations.throughput.site_links" in lines[1] and
          "warning: sites.hall.electricity" in lines[2], f"an unreadable value: {err}")
    check(err.endswith("1 error, 2 warnings\n"), f"counted: {err}")
    # What does not go together: the slips are there, too.
    apart = CERTAIN.replace("every: 3 months", "every: 9 yr")
    err = call("validate", "-", text=apart, code=3)[1]
    check("warning: sites.hall.electricity" in err and "strategies.a.every" in err and err.endswith("1 error, 1 warning\n"), f"a conflict: {err}")
    # No warning about what is wrong already.
    wrong = CERTAIN.replace("7 USD/kWh", "7 USD/MWd")
    err = call("validate", "-", text=wrong, code=3)[1]
    check(err.count("sites.hall.electricity") == 1, f"the same value twice: {err}")
    # A case that is wrong says nothing of its base again.
    case = CERTAIN.replace("operations.mfu=0.75", "operations.mfu=7")
    err = call("validate", "-", text=case, code=3)[1]
    check(err.count("warning: ") == 2 and "cases.less" in err, f"a wrong case: {err}")


test_results()
test_places()
test_errors()
