"""What Python programs write is read to the same bits: json.dumps, yaml.dump and yaml.safe_dump of every shipped scenario.

yaml.dump writes an anchor and aliases where an object stands in several places. Where PyYAML is not installed, only the texts that
stand here are read.
"""
import json
import pathlib
import sys

from program import call, check

try:
    import yaml
except ImportError:
    yaml = None

SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"


def figures(text):
    """What a run of a scenario comes to, without what says which text it was."""
    result = json.loads(call("run", "-", "--format", "json", "--quiet", text=text)[0])
    return {key: value for key, value in result.items() if key not in ("scenario", "warnings")}


def test_anchors():
    out = """fleetrace: 1
name: shared
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: catalog, accelerators: [H100, B200]}
operations: {mfu: 0.4}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
strategies:
  a: ONE
  b: TWO
"""
    buys = "{buy: incremental, budget: '1e8 USD', every: 3 months, with: {supply: {lead_time: 6 months}}}"
    plain = figures(out.replace("ONE", buys).replace("TWO", buys))
    check(figures(out.replace("ONE", f"&id001 {buys}").replace("TWO", "*id001")) == plain, "a section that stands twice")
    scalars = buys.replace("'1e8 USD'", "&id002 '1e8 USD'").replace("6 months", "&x 6 months")
    later = buys.replace("'1e8 USD'", "*id002").replace("6 months", "*x")
    check(figures(out.replace("ONE", scalars).replace("TWO", later)) == plain, "scalars that stand twice")
    lists = out.replace("[H100, B200]", "&all [H100, B200]").replace("ONE", buys[:-1] + ", sites: &s [hall]}").replace(
        "TWO", buys[:-1] + ", sites: *s}") + "sites: {hall: {power: 20 MW}}\n"
    check(figures(lists)["strategies"][0]["final"] == figures(lists)["strategies"][1]["final"], "a list that stands twice")
    # A finding stands at the place of the alias, too.
    wrong = out.replace("ONE", f"&id001 {buys}".replace("3 months", "3 weeks")).replace("TWO", "*id001")
    err = call("validate", "-", text=wrong, code=3)[1]
    check("-:8:" in err and "strategies.a.every" in err and "-:9:6: strategies.b.every" in err, f"findings of a shared section: {err}")


def test_shipped_scenarios():
    # The order of keys is that of sites and strategies, which counts.
    for path in sorted(SCENARIOS.glob("*.yaml")):
        known = figures(path.read_text(encoding="utf-8"))
        scenario = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts = {"json.dumps": json.dumps(scenario, default=str), "json.dumps with an indent": json.dumps(scenario, default=str, indent=2),
                 "yaml.safe_dump": yaml.safe_dump(scenario, sort_keys=False),
                 "yaml.dump in one line": yaml.dump(scenario, default_flow_style=True, sort_keys=False, width=10**6),
                 "yaml.dump": yaml.dump(scenario, sort_keys=False)}
        for name, text in texts.items():
            check(figures(text) == known, f"{path.stem} is not the same after {name}")
    # The same object in two places, as a program builds strategies from one of them.
    scenario = yaml.safe_load((SCENARIOS / "hare-and-turtle.yaml").read_text(encoding="utf-8"))
    turtle = scenario["strategies"]["turtle"]
    scenario["strategies"]["twin"] = turtle
    dumped = yaml.dump(scenario, sort_keys=False)
    check("&id001" in dumped and "*id001" in dumped, f"PyYAML writes no anchor here: {dumped}")
    results = {each["name"]: each for each in figures(dumped)["strategies"]}
    check(results["twin"]["final"] == results["turtle"]["final"], "a twin that is an alias differs")


test_anchors()
if yaml is None:
    print("PyYAML is not installed: shipped scenarios are not dumped")
    sys.exit(0)
test_shipped_scenarios()
