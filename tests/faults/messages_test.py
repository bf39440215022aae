"""What the program says about a scenario: all of it at once, with the sizes that were written, and before anything runs."""
import json
import math
import re
import sys

from program import check, close, run

YEAR = 31_557_600_000  # ms

MINIMAL = """fleetrace: 1
name: x
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: catalog, accelerators: [H100]}
operations: {mfu: 0.4}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
strategies: {a: {buy: once, budget: 1e7 USD, at: 1 yr}}
"""


def findings(text, code=3, verb="validate"):
    """The lines of messages about a scenario, without the lines that they quote."""
    err = run(verb, "-", text=text, code=code)[1]
    return [line for line in err.splitlines() if not re.match(r"\s*(\d+ )?\|", line)]


def about(lines, path):
    return [line for line in lines if f" {path}:" in line]


def with_line(line, text=MINIMAL):
    """The scenario with a section in the place of the one of its name, or beside the others."""
    key = line.split(":")[0]
    lines = [each for each in text.splitlines() if not each.startswith(key + ":")]
    return "\n".join(lines + [line]) + "\n"


def test_distributions():
    # at: uniform on 1 to 6 yr, in a horizon of 4 yr: 40 % of the draws lie outside it.
    lines = run("validate", "valid-but-aborts", code=3)[1]
    check("strategies.a.at: it can be drawn as 6 yr, where" in lines, f"the end of a law is not checked: {lines}")
    # The siblings: a choice, an empirical list, a strategy's own law, two inputs that fit together only at their medians.
    choice = with_line("strategies: {a: {buy: once, budget: 1e7 USD, at: {choice: {values: [1 yr, 5 yr, 2 yr]}}}}")
    check(about(findings(choice), "strategies.a.at"), "a value of a choice is not checked")
    empirical = with_line("strategies: {a: {buy: once, budget: 1e7 USD, at: {empirical: {values: [1 yr, 2 yr, 9 yr]}}}}")
    check(about(findings(empirical), "strategies.a.at"), "an empirical list is not checked")
    own = with_line("strategies: {a: {buy: once, budget: 1e7 USD, at: 1 yr, with: {supply: {lead_time: 6 months, "
                    "transit: {uniform: {low: 1 months, high: 8 months}}}}}}")
    check(about(findings(own), "strategies.a.with.supply.transit"), "a strategy's own law is not checked")
    both = with_line("supply: {lead_time: {uniform: {low: 6 months, high: 12 months}}, transit: {uniform: {low: 1 months, "
                     "high: 8 months}}}")
    lines = about(findings(both), "supply.lead_time") + about(findings(both), "supply.transit")
    check(lines and any("8 months" in line and "6 months" in line for line in lines),
          f"two inputs that do not go together are not found: {lines}")
    # A case that makes a law too wide.
    case = MINIMAL + 'cases: {later: {set: ["strategies.a.at={uniform: {low: 1 yr, high: 5 yr}}"]}}\n'
    check(any("cases.later" in line and "5 yr" in line for line in findings(case)), "a case's law is not checked")
    # And a law that fits is valid and runs to its end.
    fits = with_line("strategies: {a: {buy: once, budget: 1e7 USD, at: {uniform: {low: 1 yr, high: 4 yr}}}}")
    run("validate", "-", text=fits)
    run("compare", "-", "--replications", "50", "--quiet", text=fits)


def test_unread_options():
    lines = run("validate", "site-links-ignored")[1]
    check("operations.throughput.site_links: it changes nothing" in lines, f"site links are ignored in silence: {lines}")
    check("warning" in run("run", "site-links-ignored")[1], "run says nothing of them")
    check("warning" not in run("run", "site-links-ignored", "--quiet")[1], "--quiet is not heeded")
    # The model that reads them says nothing, and is slowed down by a link of 1 GB/s.
    moved = ("--set", "operations.throughput.model=communication")
    check("site_links: it changes" not in run("run", "site-links-ignored", *moved)[1], "a false alarm")
    # Other options that the rest leaves without effect.
    for line, path in (("operations: {mfu: 0.4, throughput: {model: constant, network: {model: fat_tree, ports: 64, "
                        "oversubscription: 4}}}", "operations.throughput.network.oversubscription"),):
        found = findings(with_line(line), code=0)
        check(about(found, "warning: " + path) or about(found, path), f"{path} is ignored in silence: {found}")


def test_suggestions():
    # As many as they say: 100 Gbit/s = 12.5 GB/s, 70 kUSD/MWh = 70 USD/kWh, 11.7 MUSD/MW = 11.7 USD/W, 70000 USD/GWh = 0.07 USD/kWh.
    out, err = run("validate", "unsafe-suggestions")
    check("valid" in out and "Did you mean" not in err, f"units with prefixes are not read: {err}")
    shown = run("show", "unsafe-suggestions")[0]
    check("facility_cost: 11.7 MUSD/MW" in shown, "a unit with a prefix is not kept")
    for written, plain in (("70 kUSD/MWh", "70 USD/kWh"), ("70000 USD/GWh", "0.07 USD/kWh"), ("0.00007 MUSD/MWh", "0.07 USD/kWh")):
        figures = []
        for price in (written, plain):
            scenario = with_line(f"sites: {{hall: {{power: 20 MW, electricity: {price}}}}}")
            figures.append(json.loads(run("run", "-", "--format", "json", "--quiet", text=scenario)[0])["strategies"][0]["final"]["opex_usd"])
        close(float(figures[0]), float(figures[1]), f"{written} in {plain}", 1e-12)
    # A suggestion is of the same magnitude, or there is none.
    sizes = {"70 mUSD/MWh": None, "100 mW": None, "80 Gb": None, "12 usd/w": "12 USD/W", "70 USD/mwh": None}
    for written, meant in sizes.items():
        key = "power" if written.endswith("mW") else "facility_cost" if "/w" in written.lower()[-2:] else "electricity"
        lines = about(findings(with_line(f"sites: {{hall: {{power: 20 MW, {key}: {written}}}}}" if key != "power"
                                         else f"sites: {{hall: {{power: {written}}}}}")), f"sites.hall.{key}")
        suggestion = re.search(r'Did you mean "([^"]*)"', " ".join(lines))
        check((suggestion.group(1) if suggestion else None) == meant, f"{written}: {lines}")
    for written, wrong in (("9 %/yr", "Write 9 "), ("18k", 'Write "18"')):
        line = f"finance: {{discount_rate: {written}}}" if "%" in written else \
            f"initial_fleet: [{{accelerator: H100, count: {written}}}]"
        check(wrong not in " ".join(findings(with_line(line))), f"{written} suggests another size")


def relative_loss(progress):
    scenario = with_line(f"progress: {{model: exponential, {progress}}}")
    return json.loads(run("run", "-", "--format", "json", "--quiet", text=scenario)[0])["strategies"][0]["final"]["relative_loss"]


def test_rates_and_dates():
    # 3x a year are log2(3) doublings a year, 5 % a year log2(1.05).
    close(relative_loss("rate: 3x/yr"), relative_loss(f"rate: {math.log2(3)!r} doublings/yr"), "3x/yr", 1e-12)
    close(relative_loss("rate: 5 %/yr"), relative_loss(f"rate: {math.log2(1.05)!r} doublings/yr"), "5 %/yr", 1e-12)
    def losses(at):
        scenario = with_line(f"strategies: {{a: {{buy: once, budget: 1e7 USD, at: {at}}}}}")
        return json.loads(run("run", "-", "--format", "json", "--quiet", text=scenario)[0])["strategies"][0]["final"]["relative_loss"]
    close(losses("2027-Q2"), losses("2027-04-01"), "a quarter", 0)
    close(losses("2027-03"), losses("2027-03-01"), "a month", 0)
    lines = " ".join(findings(with_line("strategies: {a: {buy: once, budget: 1e7 USD, at: 01/03/2027}}")))
    check("is a date" in lines and "2027-03-01" in lines and "2027-01-03" in lines, f"01/03/2027: {lines}")
    for written, meant in (("31/03/2027", "2027-03-31"), ("1 March 2027", "2027-03-01"), ("Q2 2027", "2027-Q2"),
                           ("2027/3/1", "2027-03-01"), ("Mar 2027", "2027-03"), ("2027", "2027-01-01")):
        lines = " ".join(findings(with_line(f"strategies: {{a: {{buy: once, budget: 1e7 USD, at: {written}}}}}")))
        check(f"Write {meant}." in lines, f"{written}: {lines}")
    # A tariff from the end of the horizon on changes nothing, wherever that end is.
    tariffs = with_line("sites: {hall: {power: 20 MW, electricity: 0.07 USD/kWh, tariffs: [{from: horizon.end, electricity: 0.9 USD/kWh}]}}")
    plain = with_line("sites: {hall: {power: 20 MW, electricity: 0.07 USD/kWh}}")
    energy = [json.loads(run("run", "-", "--format", "json", "--quiet", *more, text=text)[0])["strategies"][0]["final"]["opex_usd"]
              for text in (tariffs, plain) for more in ((), ("--set", "horizon.length=6 yr"))]
    check(energy[0] == energy[2] and energy[1] == energy[3] and energy[0] != energy[1], f"horizon.end: {energy}")


def test_slips():
    lines = run("validate", "silent-slips")[1]
    # 9 is 900 %; 7 USD/kWh is 7 times what is usual at most; 30 kW / 1.2 = 25 kW for 18,000 x 1,275 W = 22.95 MW: 0.11 %.
    for path, size in (("finance.discount_rate", "900 %"), ("sites.hall.electricity", "7 times"), ("sites.hall.power", "0.11 %")):
        found = [line for line in lines.splitlines() if f"warning: {path}:" in line]
        check(len(found) == 1 and size in found[0], f"{path} is not warned about with its size: {lines}")
    for line, path, size in (
            ("operations: {mfu: 0.85}", "operations.mfu", "0.85"),
            ("supply: {lead_time: 4.5 yr}", "supply.lead_time", "not shorter than the horizon"),
            ("strategies: {a: {buy: schedule, purchases: [{at: 3.9 yr, amount: 1e7 USD}], with: {supply: {lead_time: 6 months}}}}",
             "strategies.a", "100 % of what it buys never arrives")):
        found = about(findings(with_line(line), code=0), "warning: " + path)
        check(found and size in found[0], f"{path}: {findings(with_line(line), code=0)}")
    check(not findings(MINIMAL, code=0), f"a plain scenario is warned about: {findings(MINIMAL, code=0)}")


def test_one_round():
    lines = run("validate", "two-rounds-of-errors", code=3)[1]
    check("sites.near.pue" in lines and "sites.far.grid" in lines, f"not all findings come at once: {lines}")
    # A name, a value, a cross check and a case, far from each other.
    text = with_line("supply: {lead_time: 3 monhts, transit: 1 months}").replace("count: 1000, installed: 2025-01-01",
                                                                                  "count: 1000, installed: 2027-01-01")
    text += 'colour: red\ncases: {odd: {set: ["strategies.b.at=1 yr"]}}\n'
    lines = findings(text)
    for path in ("supply.lead_time", "initial_fleet.0.installed", "colour", "cases.odd"):
        check(any(path in line for line in lines), f"{path} is not among the findings: {lines}")
    check(not about(lines, "supply.transit"), f"what cannot be known yet is said: {lines}")


def test_solve():
    out = run("solve", "silent-slips", "--for", "operations.mfu", "--until", "relative_loss <= 0.001", "--quiet", code=1)[0]
    words = " ".join(out.split())
    check(words.startswith("No value of") and "that was tried" in words, f"more is claimed than was tried: {out}")


for each in [test for name, test in sorted(globals().items()) if name.startswith("test_")]:
    each()
