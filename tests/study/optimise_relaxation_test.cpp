#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <sstream>

#include "fleetrace/fleetrace.hpp"
#include "tests/unit/said.hpp"

/// Worlds that are not linear: a bound is that of a named relaxation, or there is none.
namespace fleetrace {
namespace {

using test::contains;

enum class Kind { learning, production, waiting, scale };

/// A small world of one kind, with strategies that order at random.
class RandomWorld {
 public:
  RandomWorld(Kind kind, std::uint64_t seed) : random_(seed), kind_(kind) {}

  std::string text() {
    const int years = 3 + whole(4);
    std::ostringstream out;
    out << "fleetrace: 1\nname: random\nhorizon: {start: 2026-01-01, length: " << years << " yr}\naccelerators:\n"
        << "  OLD: {released: 2025-06-01, bf16: 1 PFLOP/s, server_power: 1 kW, price: 5 kUSD, server_overhead: 1, "
           "interconnect_share: 0}\n"
        << "  NEW: {released: 2027-0" << 1 + whole(9) << "-01, bf16: " << 2 + whole(4)
        << " PFLOP/s, server_power: 1.5 kW, price: 6 kUSD, server_overhead: 1, interconnect_share: 0}\n"
        << "hardware:\n  model: catalog\n  accelerators: [OLD, NEW]\n";
    if (kind_ == Kind::learning)
      out << "  price: {model: learning, learning_rate: 0." << 1 + whole(3) << ", volume: " << 1000 + whole(50000)
          << "}\n";
    out << "progress: {model: exponential, doubling: " << 6 + whole(18)
        << " months}\noperations:\n  mfu: 0.4\n  lifetime: " << (whole(2) == 0 ? 20 : 1 + whole(4)) << " yr\n";
    if (kind_ == Kind::scale)
      out << "  throughput: {model: power_law, exponent: 0." << 1 + whole(4) << ", at: " << 1000 + whole(20000)
          << (whole(2) == 0 ? ", at_most: 0.6" : "") << "}\n";
    out << "supply: {lead_time: " << whole(6) << " months";
    if (kind_ == Kind::production)
      out << ", production: {rate: " << 500 + whole(20000) << " /yr, ramp: " << 1 + whole(12) << " months}";
    out << "}\nsites:\n  main: {pue: 1.1, electricity: 0.08 USD/kWh, grid: [{from: 2026-01-01, power: " << 2 + whole(15)
        << " MW}, {from: 2027-0" << 1 + whole(9) << "-01, power: " << 17 + whole(30) << " MW}]}\n"
        << "loss: {reference: 1e24 FLOP}\ninitial_fleet: [{accelerator: OLD, count: " << 50 + whole(1000)
        << ", installed: 2025-07-01}]\nstrategies:\n";
    const int budget = 20 + whole(200);
    const char* const waits = kind_ == Kind::waiting ? ", power_limits: installation" : "";
    out << "  base: {buy: incremental, budget: " << budget << "e6 USD, every: 6 months" << waits << "}\n";
    for (int i = 0; i < 8; ++i) {
      out << "  random" << i << ": {buy: orders, budget: " << budget << "e6 USD" << waits << ", orders: [";
      const int orders = 1 + whole(4);
      for (int k = 0; k < orders; ++k) {
        const int half_year = whole(2 * years);
        const bool is_new = half_year >= 4 && whole(2) == 0;
        out << (k > 0 ? ", " : "") << "{at: " << half_year * 0.5 << " yr, accelerator: " << (is_new ? "NEW" : "OLD")
            << ", count: " << (whole(2) == 0 ? 1 + whole(1 + budget * 150 / orders) : 1'000'000) << '}';
      }
      out << "]}\n";
    }
    return out.str();
  }

 private:
  int whole(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }

  std::mt19937_64 random_;
  Kind kind_;
};

}  // namespace

TEST_CASE("no random schedule of a world that is not linear beats a bound that is claimed", "[optimise]") {
  const Kind kind = GENERATE(Kind::learning, Kind::production, Kind::waiting, Kind::scale);
  int claimed = 0;
  double gaps = 0;
  // Deliveries of limited production are many events.
  const int scenarios = kind == Kind::production ? 8 : 40;
  for (std::uint64_t seed = 1; static_cast<int>(seed) <= scenarios; ++seed) {
    const std::string text = RandomWorld(kind, seed).text();
    INFO(text);
    OptimizeOptions options;
    options.strategy = "base";
    if (seed % 6 == 0 && kind != Kind::scale) options.objective = fleet::Metric::mean_loss;
    const OptimizeResult found = optimize(load(text), options);
    // Another plan near the best that was found, or the plan itself, is no worse than what is in the scenario.
    CHECK(run(load(found.scenario_text))["optimum"].final.relative_loss == found.final_loss);
    if (!found.bound) {
      CHECK_FALSE(found.without_bound.empty());
      CHECK(found.relaxed.empty());
      continue;
    }
    ++claimed;
    CHECK_FALSE(found.relaxed.empty());
    CHECK(found.worth.empty());
    CHECK(*found.bound <= found.value);
    for (const study::OptimumRival& each : found.versus) CHECK(each.value >= *found.bound);
    gaps += found.value / *found.bound - 1;
  }
  CAPTURE(static_cast<int>(kind), claimed);
  CHECK(claimed > scenarios / 2);
  // A bound that says nothing would be far from the plan.
  CHECK(gaps / claimed < (kind == Kind::production ? 0.015 : kind == Kind::waiting ? 0.003 : 0.03));
}

TEST_CASE("relaxations of a shipped scenario are near its best plan", "[optimise]") {
  struct Known {
    const char* set;
    const char* to;
    const char* says;
    double gap;
  };
  const Known all[] = {
      {"operations.throughput", "{model: power_law, exponent: 0.104}", "falls with scale", 0.002},
      {"operations.throughput", "{model: power_law, exponent: 0.3}", "falls with scale", 0.006},
      {"hardware.price", "{model: learning, volume: 1e6}", "costs what it would after", 0.004},
  };
  for (const Known& known : all) {
    CAPTURE(known.to);
    Scenario scenario = load("hare-and-turtle");
    scenario.set("hardware.server_overhead", "1.64");
    scenario.set(known.set, known.to);
    OptimizeOptions options;
    options.strategy = "turtle";
    const OptimizeResult found = optimize(scenario, options);
    REQUIRE(found.bound);
    CAPTURE(found.value, *found.bound);
    CHECK(*found.bound <= found.value);
    CHECK(found.value - *found.bound < known.gap);
    CHECK(found.value <= found.best_shipped);
    REQUIRE(found.relaxed.size() == 1);
    CHECK(contains(found.relaxed[0], known.says));
  }
}

TEST_CASE("what no relaxation is known of has no bound, and a plan that was searched for", "[optimise]") {
  // Research that the fleet does itself: what is bought makes the algorithm better, which no sum of units has.
  Scenario scenario = load("hare-and-turtle");
  scenario.set("progress", "{model: research, fleet_share: 0.2}");
  OptimizeOptions options;
  options.strategy = "turtle";
  const OptimizeResult found = optimize(scenario, options);
  CHECK_FALSE(found.bound);
  CHECK_FALSE(found.without_bound.empty());
  CHECK(found.relaxed.empty());
}

TEST_CASE("a strategy that moves hardware between sites has no bound: the plan leaves it where it is", "[optimise]") {
  Scenario scenario = load("two-sites");
  OptimizeOptions options;
  options.strategy = "both";
  CHECK(optimize(scenario, options).bound);
  scenario.set("strategies.both.moves",
               "[{at: 2028-01-01, accelerator: H100, count: 10, from: near, to: far, pause: 1 months}]");
  const OptimizeResult found = optimize(scenario, options);
  CHECK_FALSE(found.bound);
  REQUIRE_FALSE(found.without_bound.empty());
  CHECK(contains(found.without_bound.front(), "moves hardware between sites"));
}

TEST_CASE("a power tree adds up", "[optimise]") {
  Scenario scenario = load("capacity-what-if");
  scenario.set("sites.main",
               "{power: 60 MW, pue: 1.1, power_tree: {feed: {capacity: 12 MW, count: 4}, row: {capacity: 1 "
               "MW, count: 40, from: [feed]}}}");
  OptimizeOptions options;
  options.strategy = "turtle";
  const OptimizeResult found = optimize(scenario, options);
  REQUIRE(found.bound);
  CHECK(found.relaxed.empty());
  CHECK(*found.bound <= found.value);
  CHECK(found.value - *found.bound < 3e-6);
}

}  // namespace fleetrace
