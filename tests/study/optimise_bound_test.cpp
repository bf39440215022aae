#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <sstream>

#include "fleetrace/fleetrace.hpp"
#include "sim/study/optimise/linear_solver.hpp"

namespace fleetrace {

using study::LinearProgram;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST_CASE("a bound of a linear programme holds for any prices", "[optimise]") {
  // Maximise 3 a + 2 b with a + b <= 4, a + 3 b <= 6, a <= 3: a = 3, b = 1, that is 11.
  LinearProgram program;
  const std::size_t a = program.add_column({3, 0, 3});
  const std::size_t b = program.add_column({2, 0, 10});
  (void)program.add_row({-kInfinity, 4, {{a, 1}, {b, 1}}});
  (void)program.add_row({-kInfinity, 6, {{a, 1}, {b, 3}}});
  // The prices 2 and 0 leave a reduced cost of 1 for a: 2 x 4 + 1 x 3 = 11.
  CHECK(study::safe_bound(program, {2, 0}) >= 11);
  CHECK(study::safe_bound(program, {2, 0}) == Approx(11).epsilon(1e-13));
  // No prices: 3 x 3 + 2 x 10. A price below 0 counts as none where no lower bound of the row is known.
  CHECK(study::safe_bound(program, {}) == Approx(29).epsilon(1e-13));
  CHECK(study::safe_bound(program, {-1, 0}) == Approx(29).epsilon(1e-13));
  CHECK(study::safe_bound(program, {std::nan(""), kInfinity}) == Approx(29).epsilon(1e-13));
  std::mt19937_64 random(1);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  for (int i = 0; i < 1000; ++i) {
    const double scale = std::pow(10.0, -uniform() * 12);
    CHECK(study::safe_bound(program, {2 + scale * (uniform() - 0.5), scale * (uniform() - 0.5)}) >= 11);
  }
}

TEST_CASE("a bound holds when the solver's answer is perturbed on purpose", "[optimise]") {
  std::mt19937_64 random(7);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  int tight = 0;
  int loose = 0;
  for (int i = 0; i < 100; ++i) {
    LinearProgram program;
    for (int k = 0; k < 12; ++k)
      (void)program.add_column({uniform() * std::pow(10.0, -6 * uniform()), 0, 1 + uniform()});
    for (int k = 0; k < 6; ++k) {
      LinearProgram::Row row{-kInfinity, 1 + uniform(), {}};
      for (std::size_t c = 0; c < 12; ++c) {
        if (uniform() < 0.6) row.terms.push_back({c, uniform()});
      }
      (void)program.add_row(row);
    }
    study::LinearSolver solver(program);
    const study::LinearSolution solution = solver.solve();
    REQUIRE(solution.status == study::LinearSolution::Status::optimal);
    double best = 0;
    for (std::size_t c = 0; c < 12; ++c) best += program.columns()[c].objective * solution.values[c];
    for (int k = 0; k < 50; ++k) {
      // From rounding to nonsense: shares of a price, and prices of what has none.
      const double size = std::pow(10.0, -14 * uniform());
      std::vector<double> prices = solution.prices;
      for (double& each : prices) each = each * (1 + size * (2 * uniform() - 1)) + size * (uniform() - 0.5);
      const double bound = study::safe_bound(program, prices);
      // The solver's plan is itself within its tolerance of the limits alone.
      CHECK(bound >= best * (1 - 1e-9));
      if (bound < best * (1 + 1e-6)) ++tight;
      if (bound > best * (1 + 1e-3)) ++loose;
    }
  }
  CHECK(tight > 500);
  CHECK(loose > 500);
}

TEST_CASE("the solver finds what is known, again after a new row and another objective", "[optimise]") {
  LinearProgram program;
  const std::size_t a = program.add_column({3, 0, 3});
  const std::size_t b = program.add_column({2, 0, 10});
  (void)program.add_row({-kInfinity, 4, {{a, 1}, {b, 1}}});
  study::LinearSolver solver(program);
  study::LinearSolution solution = solver.solve();
  REQUIRE(solution.status == study::LinearSolution::Status::optimal);
  CHECK(solution.values[a] == Approx(3));
  CHECK(solution.values[b] == Approx(1));
  CHECK(study::safe_bound(solver.program(), solution.prices) == Approx(11).epsilon(1e-12));
  solver.add_row({-kInfinity, 4.5, {{a, 1}, {b, 3}}});
  solution = solver.solve();
  CHECK(solution.values[b] == Approx(0.5));
  CHECK(study::safe_bound(solver.program(), solution.prices) == Approx(10).epsilon(1e-12));
  solver.set_objective(a, 0);
  solution = solver.solve();
  CHECK(solution.values[b] == Approx(1.5));
  CHECK(study::safe_bound(solver.program(), solution.prices) == Approx(3).epsilon(1e-12));
  solver.add_row({2, kInfinity, {{b, 1}}});
  CHECK(solver.solve().status == study::LinearSolution::Status::infeasible);
  LinearProgram no_rows;
  (void)no_rows.add_column({3, 0, 2});
  CHECK(study::LinearSolver(no_rows).solve().values == std::vector<double>{2});
}

namespace {

/// A scenario of which every limit is linear, with strategies that order at random on dates of the plan. Half of their orders are
/// for more than any limit allows, so that the simulator makes them as large as it allows: no limit may be too tight in the plan.
class RandomScenario {
 public:
  explicit RandomScenario(std::uint64_t seed) : random_(seed) {}

  std::string text() {
    const int years = 3 + whole(5);
    const bool two_sites = whole(3) == 0;
    std::ostringstream out;
    out << "fleetrace: 1\nname: random\nhorizon: {start: 2026-01-01, length: " << years << " yr}\n"
        << "hardware:\n  model: catalog\n  accelerators: [H100, B200, GB300]\n"
        << "  then: {cadence: 2 yr, price_performance_doubling: 2.07 yr, energy_efficiency_doubling: 2.06 yr}\n"
        << "progress: {model: exponential, doubling: " << 6 + whole(18) << " months}\n"
        << "operations: {lifetime: " << 1 + whole(6) << " yr, mfu: 0.38}\n"
        << "supply:\n  lead_time: " << whole(10) << " months\n";
    if (whole(3) == 0) out << "  yearly_limit: " << 500 + whole(20000) << " /yr\n";
    if (whole(3) == 0)
      out << "  allocations:\n    - {accelerator: H100, count: " << 100 + whole(5000)
          << "}\n    - {accelerator: H100, from: 2027-03-01, count: " << 100 + whole(5000) << "}\n";
    out << "sites:\n  near: {power: " << 5 + whole(60) << " MW, pue: 1.2, electricity: 0.1 USD/kWh}\n";
    if (two_sites)
      out << "  far:\n    grid: [{from: 2027-0" << 1 + whole(9) << "-01, power: " << 5 + whole(40)
          << " MW}]\n    pue: 1.1\n    electricity: 0.05 USD/kWh\n";
    out << "loss: {reference: initial-year}\ninitial_fleet: [{accelerator: H100, count: " << 100 + whole(3000)
        << ", installed: 2025-0" << 1 + whole(9) << "-01, site: near}]\nstrategies:\n";
    const int budget = 50 + whole(2000);
    out << "  base: {buy: incremental, budget: " << budget << "e6 USD, every: 6 months}\n";
    for (int i = 0; i < 8; ++i) add_random_orders(out, i, budget, years, two_sites);
    return out.str();
  }

 private:
  int whole(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }

  void add_random_orders(std::ostringstream& out, int index, int budget, int years, bool two_sites) {
    static constexpr const char* kNames[] = {"H100", "B200", "GB300", "GB300+1", "GB300+2"};
    static constexpr int kFrom[] = {0, 0, 0, 5, 9};  // half-years from which they are surely on sale
    out << "  random" << index << ": {buy: orders, budget: " << budget << "e6 USD, orders: [";
    const int orders = 1 + whole(4);
    for (int i = 0; i < orders; ++i) {
      const int half_year = whole(2 * years);
      int type = whole(5);
      while (kFrom[type] > half_year) --type;
      const double at = half_year * 0.5;
      out << (i > 0 ? ", " : "") << "{at: " << core::format_real(at) << " yr, accelerator: " << kNames[type]
          << ", count: " << (whole(2) == 0 ? 1 + whole(1 + budget * 25 / orders) : 1'000'000);
      if (two_sites) out << ", site: " << (whole(2) == 0 ? "near" : "far");
      out << '}';
    }
    out << "]}\n";
  }

  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("no random schedule beats the bound", "[optimise]") {
  int caught = 0;
  int orders = 0;
  constexpr int kScenarios = 500;
  for (std::uint64_t seed = 1; seed <= kScenarios; ++seed) {
    const std::string text = RandomScenario(seed).text();
    INFO(text);
    const Scenario scenario = load(text);
    OptimizeOptions options;
    options.strategy = "base";
    if (seed % 8 == 0) options.objective = fleet::Metric::mean_loss;
    const OptimizeResult found = optimize(scenario, options);
    REQUIRE(found.bound);
    REQUIRE(found.notes.empty());  // nothing held an order of the plan back
    CHECK(*found.bound <= found.value);
    for (const study::OptimumRival& each : found.versus) CHECK(each.value >= *found.bound);
    orders += static_cast<int>(found.schedule.size());
    // A bound that is too tight by 1e-5 is caught by the plan itself.
    const double too_tight = *found.bound + 1e-5;
    if (found.value < too_tight) ++caught;
  }
  CHECK(caught > kScenarios * 9 / 10);
  CHECK(orders > kScenarios);
}

TEST_CASE("no random schedule beats the bound of a date or of money", "[optimise]") {
  using fleet::Metric;
  struct Kind {
    Metric objective;
    bool has_target;
    const char* more;  ///< of the scenario
    const char* compute;
    double whole =
        0;  ///< what whole accelerators take from the best plan of shares, beside a hundred-thousandth: a few of them
  };
  const Kind kinds[] = {
      {Metric::time_to_target, true, "", "cumulative"},
      {Metric::cost_to_target, true, "", "cumulative", 3e5},
      {Metric::npv, false, "finance: {discount_rate: 0.08, revenue: {price: 1.5 USD/h, decline: 0.3 /yr}}\n",
       "cumulative"},
      {Metric::npv, true, "finance: {discount_rate: 0.08}\n", "cumulative", 3e5},
      {Metric::final_loss, false, "", "{best_run: {length: 4 months, share: 0.8}}"},
      {Metric::time_to_target, true, "", "{best_run: {length: 4 months, inherits: 0.5}}"},
  };
  int orders = 0;
  int met = 0;
  constexpr int kEach = 20;
  for (const Kind& kind : kinds) {
    int tight = 0;
    for (std::uint64_t seed = 1001; seed <= 1000 + kEach; ++seed) {
      const std::string text = RandomScenario(seed).text() + kind.more;
      INFO(fleet::info(kind.objective).name << ' ' << kind.compute << '\n' << text);
      Scenario scenario = load(text);
      scenario.set("loss.compute", kind.compute);
      OptimizeOptions options;
      options.strategy = "base";
      // A target that the best plan meets with some money to spare.
      if (kind.has_target) options.target = std::pow(optimize(scenario, options).value, 0.9);
      if (options.target && *options.target > 0.999) continue;  // hardly anything is bought
      options.objective = kind.objective;
      const OptimizeResult found = optimize(scenario, options);
      REQUIRE(found.bound);
      const bool is_lower_better = fleet::info(kind.objective).lower_is_better;
      const auto is_beaten_by = [&](double value) {
        return is_lower_better ? value < *found.bound : value > *found.bound;
      };
      CHECK_FALSE(is_beaten_by(found.value));
      REQUIRE_FALSE(std::isnan(found.value));
      for (const study::OptimumRival& each : found.versus) {
        CHECK_FALSE(is_beaten_by(each.value));
        if (!std::isnan(each.value)) ++met;
      }
      orders += static_cast<int>(found.schedule.size());
      if (std::fabs(found.value - *found.bound) <= 1e-5 * std::fabs(found.value) + kind.whole) ++tight;
      // The plan comes to the same value in a race of its own.
      const RunResult again = run(load(found.scenario_text));
      CHECK(again["optimum"].final.relative_loss == found.final_loss);
    }
    // A bound that is too tight by that much would be caught by plans themselves.
    CAPTURE(fleet::info(kind.objective).name, kind.compute, tight);
    CHECK(tight >= kEach / 3);
  }
  CHECK(orders > kEach);
  CHECK(met > 100);
}

}  // namespace fleetrace
