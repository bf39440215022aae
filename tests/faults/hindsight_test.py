"""Hindsight is a bound: it is named wherever it races, and leads nowhere beside strategies that can be chosen."""
import json
import re

from program import call, check

RACE = """fleetrace: 1
name: hindsight
horizon: {start: 2026-01-01, length: 6 yr}
hardware: {model: catalog, accelerators: [H100, B200], price_decline: {uniform: {low: 0.05 /yr, high: 0.4 /yr}}}
operations: {mfu: 0.4}
progress: {model: exponential, doubling: {uniform: {low: 6 months, high: 30 months}}}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
study: {replications: 30}
strategies:
  plan: {buy: once, budget: 1e8 USD, at: 2 yr}
  look: {buy: lookahead, budget: 1e8 USD}
  sees: {buy: lookahead, budget: 1e8 USD, information: hindsight}
  sooner: {buy: lookahead, every: 1 months, budget: 1e8 USD, information: hindsight}
"""
BOUNDS = "\n".join(line for line in RACE.splitlines() if not re.match("  (plan|look):", line)) + "\n"


def ask(verb, text, *options):
    return json.loads(call(verb, "-", *options, "--format", "json", "--quiet", text=text)[0])


# Sobol indices are by themselves of what can be chosen; of a bound where it is asked for by name.
chosen = ask("sensitivity", RACE, "--points", "16")
check({chosen["strategy"], chosen["minus"]} == {"plan", "look"}, f"a difference of {chosen['strategy']} and {chosen['minus']}")
named = ask("sensitivity", RACE, "--points", "16", "--difference", "sees,plan")
check((named["strategy"], named["minus"]) == ("sees", "plan"), "a bound by name")
check(ask("sensitivity", RACE, "--points", "16", "--strategy", "sees")["minus"] is None, "a bound alone")
# With one strategy to choose the difference is what knowing is worth.
one = "\n".join(line for line in RACE.splitlines() if not re.match("  (plan|sooner):", line)) + "\n"
pair = ask("sensitivity", one, "--points", "16")
check((pair["strategy"], pair["minus"]) == ("look", "sees"), f"what knowing is worth: {pair['strategy']} and {pair['minus']}")

compared = ask("compare", RACE)
by_name = {each["name"]: each for each in compared["strategies"]}
check(compared["leader"] == "look" and by_name["sees"]["hindsight"] and by_name["sooner"]["hindsight"], "a bound leads")
check(by_name["sees"]["p_best"] == 0 and by_name["sees"]["mean"] < by_name["look"]["mean"], "two bounds")
check(compared["information"]["hindsight_mean"] <= min(by_name["sees"]["mean"], by_name["sooner"]["mean"]) + 1e-12,
      "hindsight is the best of all in each draw")
# Among themselves they compare like any others, and none is a bound of nothing.
alone = ask("compare", BOUNDS)
check(alone["leader"] in ("sees", "sooner") and not any(each["hindsight"] for each in alone["strategies"]), "bounds among themselves")
check(ask("sensitivity", BOUNDS, "--points", "16")["minus"] in ("sees", "sooner"), "a difference of two bounds")
check(ask("sweep", RACE, "--vary", "strategies.plan.at=1 yr,2 yr")["points"][0]["leader"] == "look", "a bound leads in a sweep")

# A run, a what-if and a search name it.
text = call("run", "-", "--quiet", text=RACE)[0]
check(text.startswith("look ends with the lowest loss") and "sees, sooner have hindsight: a bound, which leads nowhere." in text.replace("\n", " "),
      f"a run: {text}")
text = call("run", "-", "--quiet", text=BOUNDS)[0].replace("\n", " ")
check("sees, sooner have hindsight: what is drawn is told, which nobody can choose." in text, f"a run of bounds: {text}")
text = call("whatif", "-", "--set", "operations.mfu=0.3", "--replications", "2", "--quiet", text=RACE)[0].replace("\n", " ")
check("sees, sooner have hindsight: a bound" in text, f"a what-if: {text}")
text = call("solve", "-", "--for", "strategies.sees.budget", "--until", "sees.relative_loss <= 0.78", "--replications", "2", "--quiet",
            text=RACE)[0].replace("\n", " ")
check("sees has hindsight" in text, f"a search: {text}")
# A learner learns rates and nothing else: a lead time stays as believed, whatever was drawn and seen.
lead = RACE.replace("operations: {mfu: 0.4}", "operations: {mfu: 0.4}\nsupply: {lead_time: {uniform: {low: 1 months, high: 20 months}}}")
lead = re.sub(r"price_decline: \{.*?\}\}", "price_decline: 0.2 /yr", lead)
lead = re.sub(r"doubling: \{.*?\}\}", "doubling: 18 months", lead)
plain = ask("run", lead, "--replication", "3")
learner = ask("run", lead.replace("look: {buy: lookahead, budget: 1e8 USD}", "look: {buy: lookahead, budget: 1e8 USD, learns: true}"),
              "--replication", "3")
check(plain["strategies"][1] == learner["strategies"][1], "a lead time was learned")
