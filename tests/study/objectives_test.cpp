#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sim/reader/load.hpp"
#include "sim/study/compare/comparison.hpp"

// Objectives that nobody wins by doing nothing, and ties.
namespace {

using namespace fleetrace;
using fleet::Metric;
using study::Comparison;
using study::Results;
using study::StudyDesign;

StudyDesign three() { return StudyDesign::of(reader::load("race-under-uncertainty"), 1, 0.75); }

struct Race {
  double value;
  double reached;
};

/// Values of an objective by replication and strategy, and whether the target is reached.
Results raced(const std::vector<std::vector<Race>>& rows, Metric measure) {
  Results results(rows.front().size());
  results.resize(rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<fleet::Metrics> row(rows[r].size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      fleet::get(row[i], measure) = rows[r][i].value;
      fleet::get(row[i], Metric::target_reached) = rows[r][i].reached;
    }
    results.set(r, row);
  }
  return results;
}

}  // namespace

TEST_CASE("strategies that are tied share the best place, and nobody leads", "[study]") {
  const StudyDesign design = three();
  const double rounding = 1 + 3e-16;
  const auto of = [&](double factor) {
    std::vector<std::vector<Race>> rows;
    for (const double loss : {0.5, 0.4, 0.6}) rows.push_back({{loss, 0}, {loss * factor, 0}, {loss + 0.1, 0}});
    return study::compare(design, raced(rows, Metric::final_loss), Metric::final_loss, 0.95);
  };
  for (const double factor : {1.0, rounding, 1 / rounding, 1 + 0.9e-9, 1 - 0.9e-9}) {
    CAPTURE(factor);
    const Comparison comparison = of(factor);
    CHECK_FALSE(comparison.best);
    CHECK_FALSE(comparison.leader);
    CHECK(comparison.tied == std::vector<std::size_t>{0, 1});
    CHECK(comparison.strategies[0].p_best == 0.5);
    CHECK(comparison.strategies[1].regret_mean == 0);
    CHECK(comparison.pairs[0].difference.mean == 0);
    CHECK(comparison.strategies[0].pareto_spend);
    CHECK(comparison.strategies[1].pareto_spend);
  }
  CHECK(of(1 + 2e-9).leader == std::optional<std::size_t>(0));
  CHECK(of(1 - 2e-9).leader == std::optional<std::size_t>(1));
}

TEST_CASE("one rule says what is tied", "[study]") {
  CHECK(fleet::are_tied(0.7, 0.7 * (1 + 0.9e-9)));
  CHECK_FALSE(fleet::are_tied(0.7, 0.7 * (1 + 1.1e-9)));
  CHECK(fleet::are_tied(0, 0));
  CHECK_FALSE(fleet::are_tied(0, 1e-300));
  const double never = std::numeric_limits<double>::infinity();
  CHECK(fleet::are_tied(never, never));
  CHECK_FALSE(fleet::are_tied(1, never));
  CHECK_FALSE(fleet::are_tied(std::nan(""), std::nan("")));
  // Money is known to the cent, time to the millisecond.
  CHECK(fleet::are_tied(Metric::npv, 0, 0.009));
  CHECK_FALSE(fleet::are_tied(Metric::npv, 0, 0.011));
  CHECK(fleet::are_tied(Metric::time_to_target, 1e-6, 1e-6 + 3e-11));
  CHECK_FALSE(fleet::are_tied(Metric::final_loss, 1e-6, 1e-6 + 3e-11));
}

// Three strategies, four replications. a pays 10, 20 and 30, and misses the target in the last, having spent 1. b reaches it in
// all for 25, but in the third, for which it pays 30 as a does. c never does, for nothing.
TEST_CASE("costs to a target: who does not reach it is worse than who does, and counts are told", "[study]") {
  const Comparison found = study::compare(three(),
                                          raced({{{10, 1}, {25, 1}, {0, 0}},
                                                 {{20, 1}, {25, 1}, {0, 0}},
                                                 {{30, 1}, {30, 1}, {0, 0}},
                                                 {{1, 0}, {25, 1}, {0, 0}}},
                                                Metric::cost_to_target),
                                          Metric::cost_to_target, 0.95);
  const auto& all = found.strategies;
  CHECK(found.leader == std::optional<std::size_t>(1));  // 4 of 4, though a is cheaper where both reach it
  CHECK_FALSE(found.best);                               // by one coin
  CHECK(found.rival == std::optional<std::size_t>(0));
  CHECK((all[0].valued == 3 && all[1].valued == 4 && all[2].valued == 0));
  CHECK(all[0].objective.n == 3);
  CHECK(all[0].objective.mean == 20);
  CHECK(std::isnan(all[2].objective.mean));
  CHECK(all[0].p_best == 2.5 / 4);
  CHECK(all[1].p_best == 1.5 / 4);
  CHECK(all[2].p_best == 0);
  CHECK(all[0].regret_mean == 0);
  CHECK(all[0].regret_replications == 3);
  CHECK(all[1].regret_mean == Approx((15.0 + 5 + 0 + 0) / 4));
  CHECK(all[1].regret_replications == 4);
  CHECK(all[2].regret_replications == 0);
  CHECK(std::isnan(all[2].regret_mean));
  CHECK(all[0].median == 25);  // of 10, 20, 30 and never
  CHECK(std::isinf(all[0].quantile_95));
  CHECK(std::isinf(all[2].quantile_05));
  CHECK((found.pairs[0].a_alone == 0 && found.pairs[0].b_alone == 1 && found.pairs[0].difference.n == 3));
  CHECK(found.pairs[0].difference.mean == Approx(-20.0 / 3));
  CHECK((found.pairs[1].a_alone == 3 && found.pairs[1].difference.n == 0));
  CHECK(found.without_winner == 0);
  CHECK_FALSE(all[2].pareto_spend);
  CHECK_FALSE(found.is_restricted());
}

TEST_CASE("times to a target are restricted, and two that do not reach it are no tie", "[study]") {
  const Comparison found = study::compare(
      three(),
      raced({{{1, 1}, {3, 1}, {4, 0}}, {{4, 0}, {3, 1}, {4, 0}}, {{4, 0}, {4, 0}, {4, 0}}}, Metric::time_to_target),
      Metric::time_to_target, 0.95);
  const auto& all = found.strategies;
  CHECK(found.is_restricted());
  CHECK(found.leader == std::optional<std::size_t>(0));
  CHECK(all[0].objective.mean == 3);
  CHECK(all[1].objective.mean == Approx(10.0 / 3));
  CHECK(all[2].objective.mean == 4);
  CHECK(all[0].p_best == Approx(1.0 / 3));
  CHECK(all[1].p_best == Approx(1.0 / 3));
  CHECK(all[2].p_best == 0);
  CHECK(found.without_winner == 1);
  CHECK(all[0].regret_replications == 2);  // nobody reaches it in the third
  CHECK(all[0].regret_mean == 0.5);
  CHECK(all[2].regret_mean == 2);
  CHECK(std::isinf(all[2].median));
}

TEST_CASE("where no strategy ever reaches the target nobody leads", "[study]") {
  for (const Metric objective : {Metric::time_to_target, Metric::cost_to_target}) {
    const Comparison found = study::compare(
        three(), raced({{{4, 0}, {4, 0}, {4, 0}}, {{4, 0}, {4, 0}, {4, 0}}}, objective), objective, 0.95);
    CHECK_FALSE(found.leader);
    CHECK_FALSE(found.best);
    CHECK_FALSE(found.rival);
    CHECK(found.tied.empty());
    CHECK(found.without_winner == 2);
    for (const study::StrategyStanding& each : found.strategies) CHECK(each.p_best == 0);
  }
}

TEST_CASE("the rival of a strategy that reaches the target more often is who is cheaper where both do", "[study]") {
  std::vector<std::vector<Race>> rows(20, {{20, 1}, {20, 1}, {10, 1}});
  rows[3] = {{20, 1}, {0, 0}, {0, 0}};
  const Comparison found = study::compare(three(), raced(rows, Metric::cost_to_target), Metric::cost_to_target, 0.95);
  CHECK(found.leader == std::optional<std::size_t>(0));
  CHECK_FALSE(found.best);
  CHECK(found.rival == std::optional<std::size_t>(2));
  CHECK(found.replications_to_halve == 0);  // their difference does not vary, so that nothing narrows
}

TEST_CASE("six of six coins tell who reaches the target, five do not", "[study]") {
  for (const std::size_t count : {5U, 6U}) {
    std::vector<std::vector<Race>> rows(count, {{20, 1}, {0, 0}});
    const Comparison found = study::compare(three(), raced(rows, Metric::cost_to_target), Metric::cost_to_target, 0.95);
    CHECK(found.leader == std::optional<std::size_t>(0));
    CHECK(found.best.has_value() == (count == 6));
  }
}

// Capacity at constant prices: 1e18 FLOP/s there from the start, at 3e10 FLOP/s/USD worth 33.3 M USD; 1e8 USD buys 3e18 more. All
// work for 4 years, and power is free. A PF-day of what was bought costs 1e8 / (3e18 x 4 yr / 8.64e19); so does one of
// all of it, since old and new cost the same.
TEST_CASE("cost per effective compute is that of the compute that the money bought", "[study]") {
  const auto compared = [](const std::string& fleet) {
    const scenario::Scenario scenario = reader::load_bytes(
        "fleetrace: 1\nname: bought\nhorizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: trend, price_performance: "
        "3e10 FLOP/s/USD, price_performance_doubling: none}\nloss: {reference: 1e26 FLOP}\n" +
            fleet +
            "strategies:\n  idle: {buy: none}\n  hare: {buy: front_loaded, budget: 1e8 USD}\n  heron: {buy: once, at: 2 yr, "
            "budget: 1e8 USD}\n",
        "x.yaml");
    const StudyDesign design = StudyDesign::of(scenario, 1, std::nullopt, Metric::cost_per_effective_compute);
    CHECK(design.has_base);
    const std::atomic<bool> stop = false;
    Results results(3);
    REQUIRE(study::replicate(design, 1, 1, stop, results));
    return study::compare(design, results, Metric::cost_per_effective_compute, 0.95);
  };
  const double pf_days = 3e18 * 4 * 31557600 / 8.64e19;
  for (const char* fleet : {"", "initial_fleet: [{capacity: 1e18 FLOP/s}]\n"}) {
    CAPTURE(fleet);
    const Comparison found = compared(fleet);
    CHECK(found.best == std::optional<std::size_t>(1));
    CHECK(found.strategies[0].valued == 0);
    CHECK(found.strategies[1].objective.mean == Approx(1e8 / pf_days).epsilon(1e-12));
    CHECK(found.strategies[2].objective.mean == Approx(2e8 / pf_days).epsilon(1e-12));
    CHECK(found.strategies[1].mean_with_initial_fleet == Approx(1e8 / pf_days).epsilon(1e-12));
  }
}
