"""A strategy plans with what it believes, not with what a world has drawn."""
import json

from program import check, close, run, run_json

REPLICATIONS = ("--replications", "40")

comparison, by_name = run_json("compare", "clairvoyant", *REPLICATIONS)
lines = [json.loads(line) for line in run("compare", "clairvoyant", *REPLICATIONS, "--format", "jsonl")[0].splitlines()]
draws = {}
for line in lines:
    draws.setdefault(line["replication"], {})[line["strategy"]] = line["final_loss"]
fixed = [name for name in by_name if name.startswith("t") and name != "turtle"]
check(len(fixed) == 32, "there are 32 dates to buy at")

# At the medians, price-performance doubles in sqrt(1 x 6) = 2.449 yr and algorithms in sqrt(5 x 36) = 13.42 months. The best
# purchase of (8.1b) with unlimited life over the last 5 years is at t* = 8 - theta, theta = ln(1 + alpha/eta)/alpha with
# alpha = ln2/1.118 = 0.6199 and eta = ln2/2.449 = 0.2830: theta = ln(3.190)/0.6199 = 1.871, t* = 6.129 yr. Lookahead reviews
# monthly and buys at the nearest of its dates, month 74 (6.167 yr) or 73 (6.083 yr), in every draw: between t60 and t62.
for replication, losses in draws.items():
    near = sorted([losses["t60"], losses["t61"], losses["t62"]])
    check(near[0] - 5e-4 <= losses["lookahead"] <= near[-1] + 5e-4,
          f"lookahead buys at the date that is best at the medians, also in draw {replication}: {losses['lookahead']} {near}")
best_by_hindsight = [min(losses[name] for name in fixed) for losses in draws.values()]
# With the rates of the draw it was within 2e-5 of the best date in each of them.
check(sum(losses["lookahead"] > best + 1e-4 for losses, best in zip(draws.values(), best_by_hindsight)) >= 25,
      "it does not know which date is best in this draw")

# The three numbers of the decision.
information = comparison["information"]
least = min(fixed, key=lambda name: by_name[name]["mean"])
check(information["best_fixed_plan"] == least, "the best fixed plan is named")
close(information["best_fixed_plan_mean"], by_name[least]["mean"], "its mean")
check([policy["name"] for policy in information["policies"]] == ["lookahead"], "the policy is named")
close(information["policies"][0]["mean"], by_name["lookahead"]["mean"], "its mean")
# Hindsight is at least as good as the best of 32 dates in each draw, and hardly better: dates are a tenth of a year apart.
mean = sum(best_by_hindsight) / len(best_by_hindsight)
check(mean - 2e-3 <= information["hindsight_mean"] <= mean + 1e-12, f"hindsight: {information['hindsight_mean']} {mean}")
check(information["hindsight_mean"] < by_name["lookahead"]["mean"] - 1e-3, "knowing is worth something")

# Nothing changes in a single run, where the medians are drawn: there the policy has the loss of its date.
_, at_medians = run_json("run", "clairvoyant")
near = [at_medians[name]["final"]["relative_loss"] for name in ("t60", "t61", "t62")]
check(at_medians["lookahead"]["final"]["relative_loss"] <= min(near) + 1e-5, "at the medians, the policy is as good as any date")

# In the table and in Markdown.
table, _ = run("compare", "clairvoyant", *REPLICATIONS)
markdown, _ = run("compare", "clairvoyant", *REPLICATIONS, "--format", "markdown")
for words in ("best fixed plan", "policy", "hindsight"):
    check(words in table and words in markdown, f"{words} is shown")
