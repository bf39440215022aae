#include "sim/study/compare/comparison.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/theory/final_compute.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/reader/load.hpp"
#include "tests/study/metric_bits.hpp"

namespace {

using namespace fleetrace;
using fleet::Metric;
using study::Comparison;
using study::Results;
using study::StudyDesign;
using test::bits;

const std::atomic<bool> kGoOn = false;

/// Results made by hand: values of one measure, by replication and strategy.
Results made(const std::vector<std::vector<double>>& rows, Metric measure = Metric::final_loss) {
  Results results(rows.front().size());
  results.resize(rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<fleet::Metrics> row(rows[r].size());
    for (std::size_t i = 0; i < row.size(); ++i) fleet::get(row[i], measure) = rows[r][i];
    results.set(r, row);
  }
  return results;
}

scenario::Scenario shipped(const std::vector<reader::Override>& overrides = {}) {
  return reader::load("race-under-uncertainty", overrides);
}

StudyDesign three() {
  StudyDesign design = StudyDesign::of(shipped(), 1, 0.75);
  return design;
}

Results replicated(const StudyDesign& design, std::size_t count, int jobs = 1) {
  Results results(design.strategies.size());
  REQUIRE(study::replicate(design, count, jobs, kGoOn, results));
  return results;
}

}  // namespace

TEST_CASE("means, regret, probability of best and pairs by hand", "[study]") {
  const Comparison comparison = study::compare(three(), made({{0.5, 0.6, 0.7}, {0.7, 0.6, 0.7}, {0.4, 0.6, 0.4}}),
                                               Metric::final_loss, 0.95);
  CHECK(comparison.replications == 3);
  CHECK(comparison.leader == std::optional<std::size_t>(0));
  const auto& all = comparison.strategies;
  CHECK(all[0].objective.mean == Approx(1.6 / 3));
  CHECK(all[1].objective.sd == Approx(0).margin(1e-15));
  CHECK(all[0].p_best == Approx((1 + 0 + 0.5) / 3));  // the third is shared
  CHECK(all[1].p_best == Approx(1.0 / 3));
  CHECK(all[2].p_best == Approx(0.5 / 3));
  CHECK(all[0].regret_mean == Approx(0.1 / 3));
  CHECK(all[1].regret_mean == Approx((0.1 + 0.2) / 3));
  CHECK(all[2].regret_cvar95 == Approx(0.2));
  REQUIRE(comparison.pairs.size() == 3);
  CHECK(comparison.pairs[1].a == 0);
  CHECK(comparison.pairs[1].b == 2);
  CHECK(comparison.pairs[1].difference.mean == Approx(-0.2 / 3));
  CHECK_FALSE(comparison.best);
}

TEST_CASE("the smallest regret of every replication is zero", "[study]") {
  const StudyDesign design = three();
  const Results results = replicated(design, 50);
  double sum = 0;
  const Comparison comparison = study::compare(design, results, Metric::mean_loss, 0.95);
  double p_best = 0;
  for (const study::StrategyStanding& each : comparison.strategies) {
    sum += each.regret_mean;
    p_best += each.p_best;
    CHECK(each.regret_mean >= 0);
    CHECK(each.regret_cvar95 >= each.regret_mean);
  }
  CHECK(sum > 0);
  CHECK(p_best == Approx(1).epsilon(1e-12));
}

TEST_CASE("a best strategy is named only where every difference holds off zero", "[study]") {
  std::vector<std::vector<double>> clear;
  std::vector<std::vector<double>> close;
  for (int r = 0; r < 40; ++r) {
    const double common = 0.5 + 0.01 * (r % 7);
    clear.push_back({common, common + 0.01 + 0.001 * (r % 3), common + 0.05});
    close.push_back({common, common + (r % 2 == 0 ? 0.011 : -0.01), common + 0.05});
  }
  const StudyDesign design = three();
  const Comparison decided = study::compare(design, made(clear), Metric::final_loss, 0.95);
  CHECK(decided.best == std::optional<std::size_t>(0));
  CHECK(decided.pairs[0].pairing_gain > 20);  // the common part cancels
  const Comparison open = study::compare(design, made(close), Metric::final_loss, 0.95);
  CHECK_FALSE(open.best);
  CHECK(open.rival == std::optional<std::size_t>(1));
  CHECK(open.replications_to_halve == 160);
  // The same differences, that many times: the interval is half as wide.
  std::vector<std::vector<double>> more;
  while (more.size() < open.replications_to_halve) more.insert(more.end(), close.begin(), close.end());
  CHECK(study::compare(design, made(more), Metric::final_loss, 0.95).pairs[0].mean.half_width() ==
        Approx(open.pairs[0].mean.half_width() / 2).epsilon(0.05));  // Student's t is smaller, too
}

TEST_CASE("more is better for net present value", "[study]") {
  const Comparison comparison = study::compare(
      three(), made({{-3, -2, -1}, {-3.1, -2, -1}, {-3, -2.1, -1}}, Metric::npv), Metric::npv, 0.95);
  CHECK(comparison.leader == std::optional<std::size_t>(2));
  CHECK(comparison.best == std::optional<std::size_t>(2));
  CHECK(comparison.strategies[0].regret_mean == Approx(6.1 / 3));
}

TEST_CASE("nothing dominates a Pareto front, and something dominates the rest", "[study]") {
  Results results = made({{0.5, 0.6, 0.7}});
  const double spend[] = {3, 1, 2};
  std::vector<fleet::Metrics> row(3);
  for (std::size_t i = 0; i < 3; ++i) {
    row[i] = results.at(0, i);
    fleet::get(row[i], Metric::spend) = spend[i];
  }
  results.set(0, row);
  const Comparison comparison = study::compare(three(), results, Metric::final_loss, 0.95);
  CHECK(comparison.strategies[0].pareto_spend);
  CHECK(comparison.strategies[1].pareto_spend);
  CHECK_FALSE(comparison.strategies[2].pareto_spend);
  CHECK(comparison.strategies[0].pareto_energy);
  CHECK_FALSE(comparison.strategies[1].pareto_energy);
}

TEST_CASE("results do not depend on the number of threads, or on how they came together", "[study]") {
  const StudyDesign design = three();
  const Results one = replicated(design, 60, 1);
  for (const int jobs : {2, 3, 8}) {
    const Results many = replicated(design, 60, jobs);
    for (std::size_t r = 0; r < 60; ++r) {
      for (std::size_t i = 0; i < 3; ++i) REQUIRE(bits(one.at(r, i)) == bits(many.at(r, i)));
    }
  }
  Results grown(3);
  REQUIRE(study::replicate(design, 7, 2, kGoOn, grown));
  REQUIRE(study::replicate(design, 60, 2, kGoOn, grown));
  CHECK(bits(grown.at(59, 2)) == bits(one.at(59, 2)));
  CHECK(bits(grown.at(3, 1)) == bits(one.at(3, 1)));
}

TEST_CASE("replications share tables only where their laws are the same", "[study]") {
  const std::pair<const char*, const char*> varied[] = {
      {"operations.failures.infant_mtbf", "{uniform: {low: 30 yr, high: 90 yr}}"},
      {"loss.data_decay", "{uniform: {low: 5, high: 20}}"},
      {"operations.mfu", "{uniform: {low: 0.2, high: 0.5}}"}};  // has no table
  for (const auto& [path, law] : varied) {
    const StudyDesign design = StudyDesign::of(reader::load("all-models", {{path, law}}), 1, std::nullopt);
    study::Replicator together(design);
    for (const std::uint32_t replication : {0U, 1U, 2U}) {
      INFO(path << ' ' << replication);
      std::vector<fleet::Metrics> row(design.strategies.size());
      std::vector<fleet::Metrics> alone(row.size());
      together.run(replication, row);
      study::Replicator(design).run(replication, alone);
      CHECK(bits(row) == bits(alone));
    }
  }
}

TEST_CASE("adding, removing and reordering strategies changes nobody else's results", "[study]") {
  std::string yaml(reader::scenario_text("race-under-uncertainty"));
  const std::string turtle = yaml.substr(yaml.find("  turtle:"), yaml.find("  heron:") - yaml.find("  turtle:"));
  yaml.erase(yaml.find(turtle), turtle.size());
  yaml.insert(yaml.find("  hare:"), turtle + "  owl: {buy: none}\n");
  const StudyDesign changed = StudyDesign::of(reader::load_bytes(yaml, "x.yaml"), 1, 0.75);
  CHECK(changed.strategies == std::vector<std::string>{"turtle", "owl", "hare", "heron"});
  const StudyDesign design = three();
  const Results before = replicated(design, 20);
  const Results after = replicated(changed, 20);
  for (std::size_t r = 0; r < 20; ++r) {
    CHECK(bits(before.at(r, 0)) == bits(after.at(r, 2)));
    CHECK(bits(before.at(r, 1)) == bits(after.at(r, 0)));
    CHECK(bits(before.at(r, 2)) == bits(after.at(r, 3)));
  }
}

// Lognormal growth rates are common to both: on draws of their own, the variance of ln(C_hare/C_turtle) would be at least
// 20 times what it is.
TEST_CASE("common random numbers cut the variance of ln(C_hare/C_turtle) at least 20 times", "[study]") {
  const StudyDesign design = three();
  const Results results = replicated(design, 400);
  std::vector<double> paired;
  std::vector<double> apart;
  const std::vector<double> hare = results.sample(0, Metric::effective_compute);
  const std::vector<double> turtle = results.sample(1, Metric::effective_compute);
  for (std::size_t r = 0; r < 400; ++r) {
    paired.push_back(std::log(hare[r] / turtle[r]));
    apart.push_back(std::log(hare[r] / turtle[(r + 200) % 400]));
  }
  const double gain = std::pow(study::moments(apart).sd / study::moments(paired).sd, 2);
  CAPTURE(gain);
  CHECK(gain >= 20);
}

TEST_CASE("a scenario some of whose replications could not be run is refused when it is read", "[study]") {
  try {
    (void)reader::load_bytes(R"(fleetrace: 1
name: broke
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: trend}
initial_fleet: [{capacity: 1e18 FLOP/s}]
progress: {model: exponential, doubling: 1 yr, cost: 1e8 USD/yr}
strategies: {lab: {buy: incremental, budget: {uniform: {low: 3.9e8 USD, high: 9e8 USD}}}}
)",
                             "x.yaml");
    FAIL("every budget covers research");
  } catch (const core::InputError& error) {
    const std::string message = error.what();
    CHECK(message.find("x.yaml:7:46: strategies.lab.budget: it can be drawn as") != std::string::npos);
    CHECK(message.find("does not cover research") != std::string::npos);
  }
}

TEST_CASE("a stopped study keeps what it had", "[study]") {
  const StudyDesign design = three();
  Results results = replicated(design, 5);
  const std::atomic<bool> stop = true;
  CHECK_FALSE(study::replicate(design, 50, 2, stop, results));
  CHECK(results.done() == 5);
  CHECK(results.has(4));
  CHECK_FALSE(results.has(5));
  REQUIRE(study::replicate(design, 50, 2, kGoOn, results));
  CHECK(bits(results.at(49, 1)) == bits(replicated(design, 50).at(49, 1)));
}

TEST_CASE("without uncertainty the winner is the theory's", "[study]") {
  // alpha = 0, endless lives, 8 years at a doubling in 2.07: hare wins below 5.36 years, uniform spend above.
  const auto winner = [](const std::string& length) {
    const scenario::Scenario scenario = shipped({{"horizon.length", length},
                                                 {"hardware.price_performance_doubling", "2.07 yr"},
                                                 {"progress", "none"},
                                                 {"operations.lifetime", "unlimited"},
                                                 {"supply.lead_time", "0 days"},
                                                 {"loss.kappa", "0.05"},
                                                 {"initial_fleet.0.capacity", "1e9 FLOP/s"},
                                                 {"strategies.heron.at", "1 days"},
                                                 {"strategies.heron.budget", "1 USD"},
                                                 {"strategies.turtle.every", "3 days"}});
    const StudyDesign design = StudyDesign::of(scenario, 1, std::nullopt);
    CHECK_FALSE(design.has_chance);
    const Comparison comparison = study::compare(design, replicated(design, 1), Metric::final_loss, 0.95);
    REQUIRE(comparison.best);
    return design.strategies[*comparison.best];
  };
  CHECK(winner("5.30 yr") == "hare");
  CHECK(winner("5.42 yr") == "turtle");
}

TEST_CASE("a comparison is the same of the measures that it looks at alone", "[study]") {
  const StudyDesign design = three();
  for (const Metric objective : {Metric::final_loss, Metric::time_to_target, Metric::spend, Metric::npv}) {
    Results few(3, study::compared_metrics(objective));
    REQUIRE(study::replicate(design, 40, 2, kGoOn, few));
    const Comparison found = study::compare(design, few, objective, 0.95);
    const Comparison expected = study::compare(design, replicated(design, 40), objective, 0.95);
    CHECK(found.leader == expected.leader);
    CHECK(found.best == expected.best);
    for (std::size_t i = 0; i < 3; ++i) {
      const study::StrategyStanding& a = found.strategies[i];
      const study::StrategyStanding& b = expected.strategies[i];
      CHECK(std::array{a.objective.mean, a.objective.sd, a.median, a.quantile_05, a.quantile_95, a.p_best,
                       a.regret_mean, a.regret_cvar95, a.mean_spend, a.target_reached} ==
            std::array{b.objective.mean, b.objective.sd, b.median, b.quantile_05, b.quantile_95, b.p_best,
                       b.regret_mean, b.regret_cvar95, b.mean_spend, b.target_reached});
      CHECK((std::isnan(a.mean_energy) && std::isnan(b.mean_energy)));  // the scenario does not say what draws power
      CHECK(found.pairs[i].difference.mean == expected.pairs[i].difference.mean);
      CHECK(found.pairs[i].pairing_gain == expected.pairs[i].pairing_gain);
    }
    CHECK(std::isnan(few.get(0, 0, Metric::idle_money)));
  }
}

TEST_CASE("a comparison as JSON, lines and CSV", "[study]") {
  StudyDesign design = three();
  Results results = replicated(design, 20);
  const Comparison comparison = study::compare(design, results, Metric::time_to_target, 0.9);
  const fleetrace::ComparisonReport report{shipped(), std::move(design), std::move(results), comparison, {}, {}};
  const nlohmann::json json = nlohmann::json::parse(output::comparison_json(report));
  CHECK(json["objective"] == "time_to_target");
  CHECK(json["replications"] == 20);
  CHECK(json["strategies"].size() == 3);
  CHECK(json["pairs"].size() == 3);
  CHECK(json["inputs"].size() == 5);
  CHECK(json["strategies"][0]["mean"].get<double>() == Approx(comparison.strategies[0].objective.mean).epsilon(1e-11));
  const std::string lines = output::comparison_jsonl(report);
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 60);
  const nlohmann::json first = nlohmann::json::parse(lines.substr(0, lines.find('\n')));
  CHECK(first["inputs"].size() == 5);
  const std::string csv = output::comparison_csv(report);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 4);
  CHECK(csv.find("\nhare,time_to_target,20,") != std::string::npos);
  CHECK(csv.rfind(
            "strategy,objective,replications,mean_yr,ci_low_yr,ci_high_yr,mean_replications,valued_replications,sd_yr,",
            0) == 0);
}

TEST_CASE("every kind of chance counts as chance, and none where there is none", "[study]") {
  const auto is_random = [](const std::vector<reader::Override>& changes) {
    return StudyDesign::of(reader::load("hare-and-turtle", changes), 1, std::nullopt).has_chance;
  };
  CHECK_FALSE(is_random({}));
  CHECK(is_random({{"progress", "jumps"}}));
  CHECK(is_random({{"operations.failures.fidelity", "aggregate"}}));
  CHECK(is_random({{"loss.kappa", "{uniform: {low: 0.04, high: 0.06}}"}}));
  CHECK(is_random({{"supply.lead_time", "6 months"}, {"supply.lead_time_variation", "0.3"}}));
  CHECK(StudyDesign::of(reader::load("uncertain-releases"), 1, std::nullopt).has_chance);
}

// docs/derivations.md 8.3: kappa = 0.05, a doubling in 2.07 years, endless lives, no algorithmic progress, spending that buys one
// reference compute a year at the start (nu = 1): on average loss buying at once wins up to 16.10 years.
TEST_CASE("without uncertainty the winner on average loss is the theory's, too", "[study]") {
  const auto winner = [](const std::string& length) {
    const scenario::Scenario scenario = reader::load_bytes(
        "fleetrace: 1\nname: average\nhorizon: {start: 2026-01-01, length: " + length + R"( yr}
hardware: {model: trend, price_performance: 3e10 FLOP/s/USD, price_performance_doubling: 2.07 yr}
loss: {model: relative, kappa: 0.05, reference: 1.893456e27 FLOP}
strategies:
  hare: {buy: front_loaded, budget: 2e9 USD}
  turtle: {buy: incremental, budget: 2e9 USD, every: 7 days}
)",
        "x.yaml");
    const StudyDesign design = StudyDesign::of(scenario, 1, std::nullopt);
    const Comparison comparison = study::compare(design, replicated(design, 1), Metric::mean_loss, 0.95);
    return design.strategies[comparison.best.value()];
  };
  CHECK(winner("15.9") == "hare");
  CHECK(winner("16.3") == "turtle");
}
