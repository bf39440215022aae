#!/usr/bin/env python3
"""Objectives that nobody wins by doing nothing: targets that are events, compute that the money bought, ties, and what more
replications buy."""
from program import check, close, run, run_json

PF_DAY = 8.64e19


def compute_that_the_money_bought():
    # Buying nothing adds no compute, so that it has no cost per compute; it had 4.87 USD/PF-day, with the energy of a fleet in
    # the numerator whose price was nowhere. What is bought is measured from the same fleet without purchases: the difference
    # of the two strategies in money over their difference in compute.
    compared, by_name = run_json("compare", "cheapest-is-nothing", "--replications", "1")
    _, ran = run_json("run", "cheapest-is-nothing")
    bought, nothing = ran["buy-1B"]["final"], ran["nothing"]["final"]
    expected = (nothing["npv_usd"] - bought["npv_usd"]) / (
        (bought["effective_compute_flop"] - nothing["effective_compute_flop"]) / PF_DAY)
    close(by_name["buy-1B"]["mean"], expected, "the cost of a PF-day that 1e9 USD bought", 1e-9)
    close(bought["marginal_cost_per_effective_pf_day_usd"], expected, "the same of a run", 1e-9)
    check(compared["best"] == "buy-1B", "who bought compute is the cheapest of those who did")
    check(by_name["nothing"]["mean"] is None and by_name["nothing"]["valued_replications"] == 0, "nothing bought no compute")
    check(nothing["marginal_cost_per_effective_pf_day_usd"] is None, "nothing bought no compute in a run either")
    # The other reading has the fleet that is there at its market value: 10,000 H100 that are a year old.
    for final in (bought, nothing):
        close(final["cost_per_effective_pf_day_usd"],
              (final["initial_fleet_market_value_usd"] - final["npv_usd"]) / (final["effective_compute_flop"] / PF_DAY),
              "the cost of a PF-day with the initial fleet", 1e-9)
    check(nothing["initial_fleet_market_value_usd"] > 1e8, "10,000 H100 are worth more than 100 M USD")
    close(by_name["nothing"]["mean_cost_with_initial_fleet_usd_per_pf_day"], nothing["cost_per_effective_pf_day_usd"],
          "the comparison shows it, too", 1e-9)
    text, _ = run("compare", "cheapest-is-nothing", "--replications", "1")
    check(text.startswith("buy-1B has the lowest cost per effective compute"), text)
    check("nothing buys no compute" in text and "with initial fleet" in " ".join(text.split()), text)


def who_never_reaches_is_worse():
    # The initial fleet is one C0 a year, so that after four years idle stands at 5^-0.05 = 0.9227: it never reaches 0.9. hare
    # buys 1e8 USD x 3e10 FLOP/s/USD = 3e18 FLOP/s beside 1e18: (1 + 4 t)^-0.05 = 0.9 at t = (0.9^-20 - 1)/4 = 1.806 yr, for
    # 1e8 USD in every draw, because all is bought at the start.
    compared, by_name = run_json("compare", "cheap-loser")
    check(compared["best"] == "hare" and compared["leader"] == "hare", "who reaches the target beats who does not")
    idle, hare = by_name["idle"], by_name["hare"]
    check((hare["p_best"], idle["p_best"]) == (1, 0), "hare is best in all replications")
    check((hare["valued_replications"], idle["valued_replications"]) == (50, 0), "hare reaches it in 50, idle in none")
    check(hare["mean"] == 1e8 and hare["mean_replications"] == 50, "hare pays 1e8 USD in each of them")
    check(idle["mean"] is None and idle["median"] is None and idle["regret_mean"] is None, "idle has no cost to target")
    check(idle["regret_replications"] == 0 and hare["regret_mean"] == 0, "there is no regret of what never happens")
    pair = compared["pairs"][0]
    check((pair["a"], pair["a_alone"], pair["b_alone"], pair["replications"]) == ("idle", 0, 50, 0), f"censored: {pair}")
    text, _ = run("compare", "cheap-loser")
    check(text.startswith("hare leads in cost to target: it reaches the target in 50 of 50 replications, for 100.0 M USD"), text)
    check("idle never reaches the target" in " ".join(text.split()), text)

    # By time: restricted to the four years of the horizon, and called so.
    compared, by_name = run_json("compare", "cheap-loser", "--objective", "time_to_target")
    check(compared["best"] == "hare" and compared["restricted_mean"] is True, "a restricted mean is called one")
    close(by_name["hare"]["mean"], (0.9**-20 - 1) / 4, "years to the target", 1e-9)
    check(by_name["idle"]["mean"] == 4 and by_name["idle"]["median"] is None, "idle: the horizon in the mean, no median")
    text, _ = run("compare", "cheap-loser", "--objective", "time_to_target")
    check("restricted mean" in text, text)
    # The lines of the replications have no time or cost where there is none.
    for line in run("compare", "cheap-loser", "--format", "jsonl", "--replications", "2")[0].splitlines():
        check(('"time_to_target_yr":null' in line and '"cost_to_target_usd":null' in line) == ('"strategy":"idle"' in line), line)


def nobody_reaches():
    # Below 0.85 neither gets: (1 + 16)^-0.05 = 0.868. That is no tie that either wins.
    for objective in ("time_to_target", "cost_to_target"):
        compared, by_name = run_json("compare", "cheap-loser", "--objective", objective, "--target", "0.85")
        check(compared["best"] is None and compared["leader"] is None and compared["tied"] == [], "nobody leads")
        check(all(each["p_best"] == 0 for each in by_name.values()), "nobody is best in any replication")
        check(compared["without_winner"] == 50, "in 50 replications there is no winner")
        text, _ = run("compare", "cheap-loser", "--objective", objective, "--target", "0.85")
        check(text.startswith("No strategy reaches the target in any of 50 replications"), text)


def some_draws_reach():
    # Where a strategy reaches the target in some draws alone, its share counts first. 0.87 takes 0.87^-20 - 1 = 15.2 C0 in four
    # years: 3.8e18 FLOP/s. `often` has 1e18 + 3e18 or 6e18 in all draws, `seldom` 1e18 + 1.98e18, or 5.7e18 where it gets there.
    text = """fleetrace: 1
name: some-draws
horizon: {start: 2024-01-01, length: 4 yr}
hardware: {model: trend, price_performance: 3e10 FLOP/s/USD, price_performance_doubling: none}
initial_fleet: [{capacity: 1e18 FLOP/s}]
strategies:
  often: {buy: front_loaded, budget: {choice: {values: [1e8 USD, 2e8 USD], weights: [1, 1]}}}
  seldom: {buy: front_loaded, budget: {choice: {values: [66e6 USD, 19e7 USD], weights: [1, 1]}}}
study: {replications: 60, objective: cost_to_target, target: 0.87}
"""
    compared, by_name = run_json("compare", "-", text=text)
    often, seldom = by_name["often"], by_name["seldom"]
    reached = seldom["valued_replications"]
    check(often["valued_replications"] == 60 and 0 < reached < 60, f"seldom reaches it in {reached} of 60")
    check(seldom["mean_replications"] == reached and seldom["mean"] == 19e7, "its mean speaks of these alone")
    check(compared["best"] == "often", "who reaches it more often leads, though the other is cheaper where it does")
    check(often["p_best"] + seldom["p_best"] == 1 and often["p_best"] >= (60 - reached) / 60, "shares")
    pair = compared["pairs"][0]
    check((pair["a_alone"], pair["b_alone"], pair["replications"]) == (60 - reached, 0, reached), f"counts: {pair}")


def what_more_replications_buy():
    # Two strategies of the same law never differ in truth, so that no number of replications tells them apart. Half the width
    # of an interval takes four times as many.
    for count in (100, 267, 769):
        compared, _ = run_json("compare", "exchangeable", "--replications", str(count))
        text = " ".join(run("compare", "exchangeable", "--replications", str(count))[0].split())
        check("would tell" not in text, text)
        if compared["best"] is not None:
            continue  # in 5 % of all studies chance alone does this
        check(compared["replications_to_halve_interval"] == 4 * count, "half the interval takes four times as many")
        grouped = f"{4 * count:,}"
        check(f"{grouped} replications would narrow that interval to about" in text and "may be zero" in text, text)


def one_rule_for_ties():
    # Both hold 100 accelerators in the first year and the same number in the three after that: level to rounding.
    text = run("run", "tie-by-rounding")[0]
    check(text.startswith("hare and once end level with the lowest loss"), text)
    check("passes" not in text, text)
    compared, by_name = run_json("compare", "tie-by-rounding")
    check(compared["best"] is None and compared["leader"] is None, "nobody leads by rounding")
    check(compared["tied"] == ["hare", "once"], f"tied: {compared['tied']}")
    check(by_name["hare"]["p_best"] == by_name["once"]["p_best"] == 0.5, "the share of a tie is split")
    check(all(each["regret_mean"] == 0 for each in by_name.values()), "nobody regrets a tie")
    check(compared["pairs"][0]["mean_difference"] == 0, "tied values differ by 0")
    check(run("compare", "tie-by-rounding")[0].startswith("hare and once are tied in final loss"), "the answer says so")
    swept, _ = run_json("sweep", "tie-by-rounding", "--vary", "operations.mfu=0.3,0.4,0.5,0.6")
    for point in swept["points"]:
        check(point["best"] is None and point["tied"] == ["hare", "once"], f"tied at every point: {point}")
    check("tied" in run("sweep", "tie-by-rounding", "--vary", "operations.mfu=0.3,0.4,0.5,0.6")[0], "the sweep says so")
    # A limit is met by what is tied with it.
    loss = by_name["hare"]["mean"]
    run("run", "tie-by-rounding", "--fail-if", f"hare.relative_loss < {loss * (1 + 1e-11):.17g}")


compute_that_the_money_bought()
who_never_reaches_is_worse()
nobody_reaches()
some_draws_reach()
what_more_replications_buy()
one_rule_for_ties()
