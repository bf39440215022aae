#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "fleetrace/fleetrace.hpp"
#include "sim/api/resolved.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/replicator.hpp"

// buy: optimal and buy: rolling (docs/derivations.md 8.6).
namespace fleetrace {
namespace {

/// The scenario whose strategy follows the best plan, in place of what it does.
Scenario optimal(const std::string& name, const std::string& strategy, const std::string& keys,
                 const std::string& buy = "optimal") {
  Scenario scenario = load(name);
  scenario.set("strategies." + strategy, "{buy: " + buy + ", " + keys + "}");
  return scenario;
}

const std::string kUncertainTrend =
    "fleetrace: 1\nname: uncertain\nhorizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend, "
    "price_performance_doubling: {lognormal: {low: 1.0 yr, high: 6 yr, mass: 0.95}}}\nprogress: {model: exponential, doubling: "
    "{lognormal: {low: 5 months, high: 3 yr, mass: 0.95}}}\nloss: {reference: 9.46728e26 FLOP}\nstrategies:\n";
const std::string kRandomReleases =
    "fleetrace: 1\nname: releases\nhorizon: {start: 2026-01-01, length: 6 yr}\nhardware: {model: generations, first: GB300, "
    "cadence: 18 months, regularity: 8}\nsites: {main: {power: 50 MW}}\nsupply: {lead_time: 6 months}\nprogress: {model: exponential, "
    "doubling: 1 yr}\noperations: {lifetime: 4 yr, mfu: 0.4}\nloss: {reference: 1e26 FLOP}\nstrategies:\n";

std::string strategies(const std::string& keys) {
  return "  plan: {buy: optimal, budget: 1e9 USD, " + keys + "}\n  policy: {buy: rolling, budget: 1e9 USD, " + keys +
         "}\n  keen: {buy: rolling, budget: 1e9 USD, learns: true, " + keys +
         "}\n  bound: {buy: optimal, budget: 1e9 USD, information: hindsight, " + keys + "}\n";
}

}  // namespace

TEST_CASE("a strategy that buys the best plan comes to what optimize finds", "[optimising]") {
  struct Known {
    const char* scenario;
    const char* strategy;
    const char* budget;
  };
  for (const Known& known : {Known{"capacity-what-if", "turtle", "2e9 USD"},
                             Known{"who-waits-wins", "turtle", "1e9 USD"}, Known{"two-sites", "both", "4e9 USD"}}) {
    for (const char* objective : {"final_loss", "mean_loss"}) {
      INFO(known.scenario << ' ' << objective);
      const std::string keys = std::string("budget: ") + known.budget + ", every: 6 months, objective: " + objective;
      const Scenario scenario = optimal(known.scenario, known.strategy, keys);
      OptimizeOptions options;
      options.strategy = known.strategy;
      options.objective = *fleet::find_objective(objective);
      const OptimizeResult best = optimize(scenario, options);
      const RunResult found = run(scenario);
      const auto& final = found[known.strategy].final;
      CHECK(final.relative_loss == Approx(best.final_loss).epsilon(1e-12));
      CHECK(final.mean_relative_loss == Approx(best.mean_loss).epsilon(1e-12));
      REQUIRE(best.bound);
      CHECK(best.value - *best.bound < 1e-5);
    }
  }
}

TEST_CASE("a strategy that buys the best plan has the objectives and the limits of optimize", "[optimising]") {
  struct Asked {
    const char* keys;
    fleet::Metric objective;
    std::optional<double> target;
  };
  for (const Asked& asked : {Asked{"objective: time_to_target, target: 0.68", fleet::Metric::time_to_target, 0.68},
                             Asked{"objective: cost_to_target, target: 0.68", fleet::Metric::cost_to_target, 0.68},
                             Asked{"objective: npv", fleet::Metric::npv, {}},
                             Asked{"objective: npv, target: 0.68", fleet::Metric::npv, 0.68},
                             Asked{"dates: events", fleet::Metric::final_loss, {}},
                             Asked{"yearly_spend: 5e8 USD, objective: mean_loss", fleet::Metric::mean_loss, {}},
                             Asked{"smallest_order: 3e8 USD, objective: mean_loss", fleet::Metric::mean_loss, {}}}) {
    INFO(asked.keys);
    const Scenario scenario = optimal("capacity-what-if", "turtle",
                                      std::string("budget: 2e9 USD, every: 6 months, ") + asked.keys);
    OptimizeOptions options;
    options.strategy = "turtle";
    options.objective = asked.objective;
    options.target = asked.target;
    const std::string keys = asked.keys;
    if (keys.find("events") != std::string::npos) options.dates = ReviewDates::events;
    if (keys.find("yearly") != std::string::npos) options.yearly_spend = core::Money::from_usd(5e8);
    if (keys.find("smallest") != std::string::npos) options.smallest_order = core::Money::from_usd(3e8);
    const OptimizeResult best = optimize(scenario, options);
    const auto own = run(scenario)["turtle"].final;
    CHECK(own.relative_loss == Approx(best.final_loss).epsilon(1e-12));
    CHECK(own.mean_relative_loss == Approx(best.mean_loss).epsilon(1e-12));
    // It is another plan than the one without these keys.
    const auto plain = run(optimal("capacity-what-if", "turtle", "budget: 2e9 USD, every: 6 months"))["turtle"].final;
    CHECK(std::fabs(own.mean_relative_loss - plain.mean_relative_loss) > 1e-4);
  }
}

TEST_CASE("a rolling strategy keeps to its limits by year and by order, at what it has paid", "[optimising]") {
  const Scenario scenario = load(
      kUncertainTrend +
      "  policy: {buy: rolling, budget: 1e9 USD, objective: mean_loss, every: 6 months, learns: true, "
      "yearly_spend: 2.5e8 USD, smallest_order: 1e8 USD}\n");
  std::size_t orders = 0;
  for (std::uint32_t draw = 0; draw < 6; ++draw) {
    const fleet::StrategySetup setup = scenario::resolve(scenario.details(), {5, draw, fleet::InputDraw::drawn})
                                           .front();
    std::vector<double> by_year(8);
    core::Money before;
    for (const models::Installment& each : setup.strategy.policy.installments) {
      const double usd = (each.released - before).usd();
      before = each.released;
      CHECK(usd >= 1e8);
      by_year[static_cast<std::size_t>(setup.horizon.years_at(each.at))] += usd;
      ++orders;
    }
    for (const double usd : by_year) CHECK(usd <= 2.5e8 + 1);
    CHECK(before.usd() > 9e8);
  }
  CHECK(orders > 12);
}

TEST_CASE("where no plan comes to its target a strategy ends as near to it as it can", "[optimising]") {
  const std::string keys = "budget: 2e9 USD, every: 6 months";
  const double nearest = run(optimal("capacity-what-if", "turtle", keys))["turtle"].final.relative_loss;
  for (const char* objective : {"time_to_target", "cost_to_target", "npv"}) {
    const auto found = run(optimal("capacity-what-if", "turtle", keys + ", target: 0.3, objective: " + objective));
    CHECK(found["turtle"].final.relative_loss == nearest);
  }
}

TEST_CASE("the best run is what a plan is made for where it is what counts", "[optimising]") {
  Scenario scenario = load("capacity-what-if");
  scenario.set("loss.compute", "{model: best_run, length: 6 months}");
  OptimizeOptions options;
  options.strategy = "turtle";
  const OptimizeResult best = optimize(scenario, options);
  scenario.set("strategies.turtle", "{buy: optimal, budget: 2e9 USD, every: 6 months}");
  CHECK(run(scenario)["turtle"].final.relative_loss == Approx(best.value).epsilon(1e-12));
}

TEST_CASE("each changed scenario has a plan of its own", "[optimising]") {
  const std::string keys = "budget: 2e9 USD, every: 6 months";
  Scenario scenario = optimal("capacity-what-if", "turtle", keys);
  const auto loss = [&] { return run(scenario)["turtle"].final.relative_loss; };
  const double wide = loss();
  for (const char* power : {"20 MW", "30 MW"}) {
    scenario.set("sites.main.power", power);
    OptimizeOptions options;
    options.strategy = "turtle";
    CHECK(loss() == Approx(optimize(scenario, options).value).epsilon(1e-12));
    CHECK(loss() > wide);
  }
}

TEST_CASE("how much power a loss takes where all else is planned as well as it can be", "[optimising]") {
  const Scenario scenario = optimal("capacity-what-if", "turtle", "budget: 2e9 USD, every: 6 months");
  const SolveResult found = solve(scenario, "sites.main.power", "turtle.relative_loss <= 0.66");
  REQUIRE(found.end == study::Solution::End::found);
  // The answer is the least: a little less power does not do, and with the answer the plan that optimize finds does.
  Scenario at = scenario;
  const auto best_with = [&](double watts) {
    at.set("sites.main.power", core::format_quantity(core::Dimension::power, watts));
    OptimizeOptions options;
    options.strategy = "turtle";
    return optimize(at, options).value;
  };
  CHECK(best_with(found.best.input) <= 0.66 + 1e-9);
  CHECK(best_with(found.best.input * 0.99) > 0.66);
}

TEST_CASE("where nothing can be optimised the strategy is refused with the reason", "[optimising]") {
  CHECK_THROWS_WITH(optimal("capacity-what-if", "turtle", "budget: 2e9 USD, budget_covers: all"),
                    Catch::Contains("strategies.turtle: its purchases cannot be optimised") &&
                        Catch::Contains("pays energy out of its budget"));
  CHECK_THROWS_WITH(optimal("capacity-what-if", "turtle", "budget: 2e9 USD, target: 0.6"),
                    Catch::Contains("strategies.turtle.target: final_loss has no target"));
  CHECK_THROWS_WITH(load(kUncertainTrend + strategies("objective: time_to_target")),
                    Catch::Contains("needs the loss that is to be met"));
  CHECK_THROWS_WITH(load(kUncertainTrend + strategies("choose: newest")),
                    Catch::Contains("the plan says which accelerator is bought"));
  Scenario jumps = load(kRandomReleases + strategies("every: 1 yr"));
  CHECK_THROWS_WITH(jumps.set("progress", "{model: jumps, doubling: 1 yr}"),
                    Catch::Contains("progress comes in jumps whose dates nobody knows"));
}

TEST_CASE("a plan that nothing proves to be the best comes with a warning", "[optimising]") {
  const auto doubts = [](const Scenario& scenario) {
    std::string all;
    for (const core::Diagnostic& each : scenario.details().warnings) {
      if (each.problem == "nothing proves that its plan is the best") all += each.path + ": " + each.reason + ". ";
    }
    return all;
  };
  Scenario scenario = optimal("capacity-what-if", "turtle", "budget: 2e9 USD, every: 6 months");
  CHECK(doubts(scenario).empty());
  scenario.set("supply.production", "{rate: 50000 /yr}");
  CHECK(doubts(scenario) ==
        "strategies.turtle: production is limited, so that what is ordered first delays the rest. ");
  scenario = optimal("capacity-what-if", "turtle", "budget: 2e9 USD, every: 6 months", "rolling");
  scenario.set("operations.throughput", "{model: power_law, exponent: 0.3}");
  CHECK(!doubts(scenario).empty());
}

TEST_CASE("without uncertainty the rolling strategy does what the optimal one does", "[optimising]") {
  for (const auto& [scenario, strategy] :
       {std::pair{"capacity-what-if", "turtle"}, std::pair{"who-waits-wins", "turtle"}}) {
    const std::string keys = "budget: 1e9 USD, every: 6 months";
    const double plan = run(optimal(scenario, strategy, keys))[strategy].final.relative_loss;
    const double policy = run(optimal(scenario, strategy, keys, "rolling"))[strategy].final.relative_loss;
    CHECK(policy == Approx(plan).epsilon(1e-9));
  }
  // Where inputs are uncertain and come out at their medians, all is as it was expected at each review.
  const RunResult medians = run(load(kUncertainTrend + strategies("every: 6 months")));
  for (const char* each : {"policy", "keen", "bound"})
    CHECK(medians[each].final.relative_loss == Approx(medians["plan"].final.relative_loss).epsilon(1e-9));
}

TEST_CASE("no draw is better for a policy than hindsight", "[optimising]") {
  // One of some 18,000 whole units is 5.5e-5 of the compute, and a twentieth of that of the loss; a plan may miss a few of them.
  constexpr double kRounded = 1e-5;
  struct World {
    std::string text;
    std::uint32_t draws;
    std::size_t looks;  ///< the strategy that sees something: of rates only who learns does, of releases everyone
  };
  for (const World& world : {World{kUncertainTrend + strategies("every: 6 months"), 40, 2},
                             World{kRandomReleases + strategies("every: 6 months"), 12, 1}}) {
    const Scenario scenario = load(world.text);
    const study::StudyDesign design = study::StudyDesign::of(scenario.details(), 7, std::nullopt);
    REQUIRE(design.roles == std::vector<study::Role>{study::Role::fixed_plan, study::Role::policy, study::Role::policy,
                                                     study::Role::hindsight});
    study::Replicator replicator(design);
    double policy = 0;
    double bound = 0;
    double plan = 0;
    std::size_t differ = 0;
    for (std::uint32_t draw = 0; draw < world.draws; ++draw) {
      const auto row = replicator.run(draw);
      const auto loss = [&](std::size_t i) { return fleet::get(row[i], fleet::Metric::final_loss); };
      for (std::size_t i = 0; i < 3; ++i) CHECK(loss(i) >= loss(3) * (1 - kRounded));
      plan += loss(0);
      policy += loss(world.looks);
      bound += loss(3);
      if (std::fabs(loss(world.looks) - loss(0)) > 1e-6) ++differ;
    }
    // On average it pays to look, and it does not tell all.
    CHECK(differ > world.draws / 4);
    CHECK(policy < plan);
    CHECK(bound < policy);
  }
}

TEST_CASE("a rolling strategy orders by what is there, not by what will come", "[optimising]") {
  const std::string dates = GENERATE("calendar", "events");
  const Scenario scenario = load(
      kRandomReleases +
      "  policy: {buy: rolling, budget: 1e9 USD, objective: mean_loss, every: 6 months, dates: " + dates + "}\n");
  std::vector<fleet::StrategySetup> worlds;
  for (std::uint32_t i = 0; i < 8; ++i)
    worlds.push_back(scenario::resolve(scenario.details(), {3, i, fleet::InputDraw::drawn}).front());
  const auto is_same_until = [](const fleet::StrategySetup& a, const fleet::StrategySetup& b) {
    const auto& x = a.plant.market.types;
    const auto& y = b.plant.market.types;
    std::size_t i = 0;
    while (i < x.size() && i < y.size() && x[i].released == y[i].released) ++i;
    return std::min(i < x.size() ? x[i].released : a.horizon.end, i < y.size() ? y[i].released : b.horizon.end);
  };
  std::size_t compared = 0;
  for (const fleet::StrategySetup& a : worlds) {
    for (const fleet::StrategySetup& b : worlds) {
      const core::Time until = is_same_until(a, b);
      const auto before = [&](const fleet::StrategySetup& each) {
        std::vector<std::pair<std::string, std::int64_t>> orders;
        for (const models::PlannedOrder& order : each.strategy.policy.orders) {
          if (order.at < until) orders.emplace_back(order.accelerator, order.count);
        }
        return orders;
      };
      CHECK(before(a) == before(b));
      compared += before(a).size();
    }
  }
  CHECK(compared > 50);
}

}  // namespace fleetrace
