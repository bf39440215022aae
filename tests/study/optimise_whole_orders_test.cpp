#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <sstream>

#include "fleetrace/fleetrace.hpp"
#include "sim/study/optimise/branch_and_bound.hpp"
#include "sim/study/optimise/linear_solver.hpp"
#include "tests/unit/said.hpp"

namespace fleetrace {
namespace {

using study::LinearProgram;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A knapsack with several rows whose columns take whole numbers from 0 to 3.
struct Knapsack {
  LinearProgram program;
  std::size_t columns = 4;

  explicit Knapsack(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto number = [&](int most) { return static_cast<double>(1 + random() % static_cast<std::uint64_t>(most)); };
    for (std::size_t i = 0; i < columns; ++i) (void)program.add_column({number(20), 0, 3});
    for (int row = 0; row < 3; ++row) {
      LinearProgram::Row each{-kInfinity, number(30), {}};
      for (std::size_t i = 0; i < columns; ++i) each.terms.push_back({i, number(9)});
      (void)program.add_row(each);
    }
  }

  /// The objective, or minus infinity where a row is broken.
  [[nodiscard]] double value(const std::vector<std::int64_t>& counts) const {
    for (const LinearProgram::Row& row : program.rows()) {
      double sum = 0;
      for (const study::LinearTerm& term : row.terms) sum += term.value * static_cast<double>(counts[term.column]);
      if (sum > row.high) return -kInfinity;
    }
    double sum = 0;
    for (std::size_t i = 0; i < columns; ++i) sum += program.columns()[i].objective * static_cast<double>(counts[i]);
    return sum;
  }

  [[nodiscard]] double best() const {
    double best = 0;
    for (std::int64_t code = 0; code < 256; ++code)
      best = std::max(best, value({code & 3, (code >> 2) & 3, (code >> 4) & 3, (code >> 6) & 3}));
    return best;
  }
};

study::TreeResult searched(const Knapsack& knapsack, std::size_t most_nodes, const std::atomic<bool>* stop) {
  study::LinearSolver solver(knapsack.program);
  study::TreeSearch tree;
  for (std::size_t i = 0; i < knapsack.columns; ++i) {
    tree.whole.push_back({i, 1});
    tree.rank.push_back(0);
  }
  tree.most_nodes = most_nodes;
  tree.stop = stop;
  tree.relax = [&](const std::vector<study::NarrowedColumn>& narrowed) {
    for (std::size_t i = 0; i < knapsack.columns; ++i) solver.set_bounds(i, 0, 3);
    for (const study::NarrowedColumn& each : narrowed)
      solver.set_bounds(each.column, std::max(0.0, each.low), std::min(3.0, each.high));
    const study::LinearSolution solution = solver.solve();
    study::NodeRelaxation node;
    if (solution.status == study::LinearSolution::Status::infeasible) {
      node.is_empty = study::proves_empty(solver.program(), solution.prices);
      CHECK(node.is_empty);
      return node;
    }
    node.bound = study::safe_bound(solver.program(), solution.prices);
    node.values = solution.values;
    return node;
  };
  tree.round = [&](const std::vector<double>& values) {
    study::WholePlan plan;
    for (const double each : values) plan.counts.push_back(static_cast<std::int64_t>(std::floor(each + 1e-6)));
    plan.value = knapsack.value(plan.counts);
    return plan;
  };
  return study::search_tree(tree);
}

}  // namespace

TEST_CASE("branch and bound finds what trying everything finds", "[optimise]") {
  std::size_t branched = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const Knapsack knapsack(seed);
    const study::TreeResult found = searched(knapsack, 10'000, nullptr);
    CHECK(found.is_finished);
    CHECK(found.best.value == knapsack.best());
    CHECK(found.bound >= knapsack.best());
    CHECK(found.bound < knapsack.best() + 1e-6);
    if (found.nodes > 1) ++branched;
    // Where nodes run out, or where it is stopped, the bound still holds.
    const study::TreeResult cut = searched(knapsack, 3, nullptr);
    CHECK(cut.bound >= knapsack.best());
    CHECK(cut.best.value <= knapsack.best());
    const std::atomic<bool> stop = true;
    const study::TreeResult stopped = searched(knapsack, 10'000, &stop);
    CHECK(stopped.bound >= knapsack.best());
    CHECK(stopped.nodes == 1);
  }
  CHECK(branched > 100);
}

TEST_CASE("multipliers prove that nothing meets all rows, or prove nothing", "[optimise]") {
  // a + b >= 3 and a + 2 b <= 2 with a, b >= 0: twice the first less the second would be a >= 4, which breaks the second.
  LinearProgram program;
  const std::size_t a = program.add_column({1, 0, 10});
  const std::size_t b = program.add_column({1, 0, 10});
  (void)program.add_row({3, kInfinity, {{a, 1}, {b, 1}}});
  (void)program.add_row({-kInfinity, 2, {{a, 1}, {b, 2}}});
  CHECK(study::proves_empty(program, {-1, 1}));
  CHECK(study::proves_empty(program, {1, -1}));
  CHECK_FALSE(study::proves_empty(program, {}));
  CHECK_FALSE(study::proves_empty(program, {-1, 0.1}));
  study::LinearSolver solver(program);
  const study::LinearSolution solution = solver.solve();
  REQUIRE(solution.status == study::LinearSolution::Status::infeasible);
  CHECK(study::proves_empty(program, solution.prices));
}

namespace {

/// Four yearly dates and lots of 1,000, of which the money allows five or six in all.
struct SmallWorld {
  const char* supply = "";
  double order_cost = 0;
  double smallest = 0;
  fleet::Metric objective = fleet::Metric::final_loss;
  const char* power = "unlimited";
  const char* electricity = "0 USD/kWh";
  std::optional<double> target = {};  ///< of cost_to_target
};

constexpr double kLotUsd = 5e6;
constexpr double kBudget = 27e6;

std::string scenario_of(const SmallWorld& world, const std::string& strategies) {
  std::ostringstream out;
  out << "fleetrace: 1\nname: small\nhorizon: {start: 2026-01-01, length: 4 yr}\naccelerators:\n"
      << "  CHIP: {released: 2026-01-01, bf16: 1 PFLOP/s, server_power: 1 kW, price: 5 kUSD, server_overhead: 1, "
         "interconnect_share: 0}\n"
      << "hardware: {model: catalog, accelerators: [CHIP], price_decline: 0 /yr}\n"
      << "progress: {model: exponential, doubling: 10 months}\noperations: {mfu: 0.4, lifetime: 18 months}\n"
      << "supply: {" << world.supply << "}\nsites: {main: {pue: 1, power: " << world.power
      << ", electricity: " << world.electricity << "}}\n"
      << "loss: {reference: 1e24 FLOP}\nstrategies:\n"
      << strategies;
  return out.str();
}

/// The best of all plans of whole lots on the four dates, by racing each of them.
double best_of_all(const SmallWorld& world) {
  double best = kInfinity;
  std::ostringstream strategies;
  int written = 0;
  const auto race = [&] {
    const Scenario scenario = load(scenario_of(world, strategies.str()));
    if (world.target) {
      CompareOptions options;
      options.objective = world.objective;
      options.target = world.target;
      options.replications = 1;
      for (const study::StrategyStanding& each : compare(scenario, options).strategies) {
        if (each.target_reached == 1) best = std::min(best, each.objective.mean);
      }
    } else {
      const RunResult result = run(scenario);
      for (const fleet::StrategyResult& each : result.strategies())
        best = std::min(best, world.objective == fleet::Metric::mean_loss ? each.final.mean_relative_loss
                                                                          : each.final.relative_loss);
    }
    strategies.str("");
    written = 0;
  };
  for (int code = 0; code < 7 * 7 * 7 * 7; ++code) {
    const int lots[] = {code % 7, code / 7 % 7, code / 49 % 7, code / 343};
    double usd = 0;
    bool is_allowed = true;
    std::string orders;
    for (int year = 0; year < 4; ++year) {
      if (lots[year] == 0) continue;
      usd += lots[year] * kLotUsd + world.order_cost;
      is_allowed = is_allowed && lots[year] * kLotUsd >= world.smallest;
      orders += (orders.empty() ? "" : ", ") + std::string("{at: ") + std::to_string(year) +
                " yr, accelerator: CHIP, count: " + std::to_string(1000 * lots[year]) + "}";
    }
    if (orders.empty() || !is_allowed || usd > kBudget) continue;
    strategies << "  s" << written++ << ": {buy: orders, budget: 27e6 USD, orders: [" << orders << "]}\n";
    if (written == 24) race();
  }
  if (written > 0) race();
  return best;
}

}  // namespace

TEST_CASE("lots, order costs and smallest orders are those of the best of all plans", "[optimise]") {
  const auto mean = fleet::Metric::mean_loss;
  const SmallWorld worlds[] = {
      {.supply = "lot: 1000"},
      {.supply = "lot: 1000", .power = "2500 kW"},
      {.supply = "lot: 1000", .objective = mean},
      {.supply = "lot: 1000, order_cost: 1e6 USD", .order_cost = 1e6, .power = "2500 kW"},
      {.supply = "lot: 1000, order_cost: 2e6 USD", .order_cost = 2e6, .objective = mean},
      {.supply = "lot: 1000, order_cost: 4e6 USD", .order_cost = 4e6, .objective = mean, .power = "3500 kW"},
      {.supply = "lot: 1000", .smallest = 14e6, .objective = mean},
      {.supply = "lot: 1000, order_cost: 1e6 USD", .order_cost = 1e6, .smallest = 9e6, .power = "2200 kW"},
  };
  for (const SmallWorld& world : worlds) {
    CAPTURE(world.supply, world.smallest, world.power);
    OptimizeOptions options;
    options.every = core::kYear;
    options.objective = world.objective;
    options.gap = 1e-8;
    if (world.smallest > 0) options.smallest_order = core::Money::from_usd(world.smallest);
    const std::string text = scenario_of(world, "  plan: {buy: incremental, budget: 27e6 USD, every: 1 yr}\n");
    const OptimizeResult found = optimize(load(text), options);
    const double best = best_of_all(world);
    CAPTURE(found.value, best);
    CHECK(found.value == Approx(best).epsilon(1e-12));
    REQUIRE(found.bound);
    CHECK(*found.bound <= best);
    CHECK(found.value - *found.bound < 1e-6);
    REQUIRE(found.notes.size() == 1);
    CHECK(test::contains(found.notes[0], "leaves out that orders are whole"));
    for (const study::PlannedPurchase& each : found.schedule) {
      CHECK(each.count % 1000 == 0);
      CHECK(each.cost.usd() >= world.smallest);
    }
  }
}

TEST_CASE("no whole orders come to a loss for less than the bound of the least money", "[optimise]") {
  const auto cost = fleet::Metric::cost_to_target;
  const SmallWorld worlds[] = {
      {.supply = "lot: 1000", .objective = cost, .target = 0.75},
      {.supply = "lot: 1000, order_cost: 1e6 USD", .order_cost = 1e6, .objective = cost, .target = 0.72},
      {.supply = "lot: 1000, order_cost: 3e6 USD",
       .order_cost = 3e6,
       .objective = cost,
       .power = "2500 kW",
       .target = 0.75},
      {.supply = "lot: 1000", .smallest = 14e6, .objective = cost, .target = 0.75},
      // Energy counts until the loss is met, so that it matters when that is.
      {.supply = "lot: 1000", .objective = cost, .electricity = "0.1 USD/kWh", .target = 0.72},
      {.supply = "lot: 1000, order_cost: 1e6 USD",
       .order_cost = 1e6,
       .smallest = 9e6,
       .objective = cost,
       .electricity = "0.3 USD/kWh",
       .target = 0.75},
  };
  int tight = 0;
  for (const SmallWorld& world : worlds) {
    CAPTURE(world.supply, world.smallest, world.power, world.electricity);
    OptimizeOptions options;
    options.every = core::kYear;
    options.objective = cost;
    options.target = world.target;
    if (world.smallest > 0) options.smallest_order = core::Money::from_usd(world.smallest);
    const std::string text = scenario_of(world, "  plan: {buy: incremental, budget: 27e6 USD, every: 1 yr}\n");
    const OptimizeResult found = optimize(load(text), options);
    const double best = best_of_all(world);
    CAPTURE(found.value, best, found.without_bound);
    CHECK(found.value == Approx(best).epsilon(1e-9));
    REQUIRE(found.bound);
    CHECK(*found.bound <= best);
    if (best / *found.bound - 1 < 2e-6) ++tight;
    CHECK(std::none_of(found.notes.begin(), found.notes.end(),
                       [](const std::string& each) { return test::contains(each, "The bound leaves out"); }));
    // With few nodes less is proved, and said.
    options.most_nodes = 1;
    const OptimizeResult early = optimize(load(text), options);
    REQUIRE(early.bound);
    CHECK(*early.bound <= best);
  }
  // Where a solver gives no proof that a branch is empty, the bound is that of the branch above it.
  CHECK(tight >= 5);
}

TEST_CASE("the least money for a loss keeps to whole orders", "[optimise]") {
  const SmallWorld world{.supply = "lot: 1000, order_cost: 1e6 USD", .order_cost = 1e6};
  OptimizeOptions options;
  options.every = core::kYear;
  options.objective = fleet::Metric::cost_to_target;
  const std::string text = scenario_of(
      world,
      "  plan: {buy: incremental, budget: 27e6 USD, every: 1 yr}\n"
      "  three: {buy: orders, budget: 27e6 USD, orders: [{at: 3 yr, accelerator: CHIP, "
      "count: 3000}]}\n");
  options.strategy = "plan";
  const Scenario scenario = load(text);
  // A little more than three lots bring takes a fourth; a little less takes the three and the cost of one order.
  const double three = run(scenario)["three"].final.relative_loss;
  options.target = three * (1 + 1e-6);
  const OptimizeResult met = optimize(scenario, options);
  CHECK(met.value == 3 * kLotUsd + 1e6);
  CAPTURE(met.without_bound);
  REQUIRE(met.bound);
  CHECK(*met.bound <= met.value);
  CHECK(met.value / *met.bound - 1 < 1e-6);
  options.target = three * (1 - 1e-6);
  const OptimizeResult more = optimize(scenario, options);
  CHECK(more.value == 4 * kLotUsd + 1e6);
  CHECK(*more.bound <= more.value);
}

TEST_CASE("what is left when nodes run out is said", "[optimise]") {
  Scenario scenario = load("lumpy-orders");
  OptimizeOptions options;
  options.strategy = "monthly";
  options.objective = fleet::Metric::mean_loss;
  options.most_nodes = 1;
  const OptimizeResult found = optimize(scenario, options);
  REQUIRE(found.bound);
  CHECK(*found.bound <= found.value);
  CHECK(std::any_of(found.notes.begin(), found.notes.end(),
                    [](const std::string& each) { return test::contains(each, "has left branches (nodes: 1)"); }));
}

}  // namespace fleetrace
