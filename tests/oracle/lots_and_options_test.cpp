#include "models/theory/lot_sizing.hpp"
#include "models/theory/real_option.hpp"
#include "models/theory/waiting.hpp"
#include "tests/oracle/race.hpp"

// When to order, and whether to wait: lot sizes against all 2^n plans, thresholds against the equations they solve.
namespace fleetrace::test {
namespace {

using models::theory::best_lots;
using models::theory::option_exponent;
using models::theory::option_threshold;

/// The least cost over all subsets of periods, the first one with demand always an order.
double cheapest(const std::vector<double>& demand, const std::vector<double>& price, double order, double holding) {
  const std::size_t n = demand.size();
  double best = std::numeric_limits<double>::infinity();
  for (unsigned plan = 0; plan < 1U << n; ++plan) {
    double cost = 0;
    int last = -1;
    bool valid = true;
    for (std::size_t k = 0; k < n; ++k) {
      if ((plan >> k & 1U) != 0) {
        last = static_cast<int>(k);
        cost += order;
      }
      if (demand[k] == 0) continue;
      if (last < 0) {
        valid = false;
        break;
      }
      cost += demand[k] * (price[static_cast<std::size_t>(last)] + holding * (static_cast<double>(k) - last));
    }
    if (valid) best = std::min(best, cost);
  }
  return best;
}

double uniform(std::uint64_t& state) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<double>(state >> 11U) * 0x1p-53;
}

}  // namespace

TEST_CASE("lot sizes equal the best of all 2^12 plans") {
  std::uint64_t state = 7;
  std::size_t orders = 0;
  for (int round = 0; round < 40; ++round) {
    std::vector<double> demand;
    std::vector<double> price;
    for (int k = 0; k < 12; ++k) {
      demand.push_back(uniform(state) < 0.2 ? 0 : 100 * uniform(state));
      price.push_back(5 * uniform(state));
    }
    const double order = 300 * uniform(state);
    const double holding = uniform(state);
    const models::theory::LotPlan plan = best_lots({demand, price, order, holding});
    REQUIRE(plan.cost == Approx(cheapest(demand, price, order, holding)).epsilon(1e-12));
    orders += plan.orders.size();
  }
  CHECK(orders > 40);
  CHECK(orders < 480);
}

TEST_CASE("lot sizes by hand and at their limits") {
  // Wagner and Whitin's kind of example: carrying 20 units for one period costs less than another order of 80, 30 units
  // for three periods more.
  const std::vector<double> demand{10, 20, 0, 30};
  const std::vector<double> price{1, 1, 1, 1};
  CHECK(best_lots({demand, price, 80, 1}).orders == std::vector<std::size_t>{0, 3});
  CHECK(best_lots({demand, price, 80, 1}).cost == 60 + 2 * 80 + 20);
  CHECK(best_lots({demand, price, 0, 1}).orders ==
        std::vector<std::size_t>{0, 1, 3});  // nothing is carried for nothing
  CHECK(best_lots({demand, price, 1e6, 0}).orders == std::vector<std::size_t>{0});
  CHECK(best_lots({}).cost == 0);
  CHECK_THROWS_AS(best_lots({demand, {}, 1, 1}), std::invalid_argument);
  const std::vector<double> negative{-1};
  CHECK_THROWS_AS(best_lots({negative, negative, 1, 1}), std::invalid_argument);
  CHECK(models::theory::sawtooth_interval(0.85, 2, 0.5) == Approx(std::log(1.7) / 0.5).epsilon(1e-14));
  CHECK_THROWS_AS(models::theory::sawtooth_interval(0.5, 2, 0.5), std::invalid_argument);
}

TEST_CASE("the planner's race costs what the best of all 2^12 plans costs") {
  // 12 quarters, a trend: capacity at each quarter's end is what the load needs then.
  for (const double order : {0.0, 1e6, 2e7, 5e8}) {
    const Race run = race(
        "horizon: {start: 2026-01-01, length: 3 yr}\nhardware: {model: trend, price_performance: 1e10 FLOP/s/USD, "
        "price_performance_rate: 0.5 doublings/yr}\noperations: {mfu: 0.5}\nloss: {reference: 1e26 FLOP}\nsupply: {order_cost: " +
        text(order) +
        " USD}\nstrategies: {s: {buy: lot_sizing, load: 1e18 FLOP/s, growth: 0.6 /yr, budget: 9e12 USD}}\n");
    std::vector<double> demand;
    std::vector<double> price;
    double met = 0;
    for (int k = 0; k < 12; ++k) {
      const double need = 2e18 * std::exp(0.6 * (k + 1) * 0.25);
      demand.push_back(need - met);
      met = need;
      price.push_back(std::exp2(-0.5 * 0.25 * k) / 1e10);
    }
    CAPTURE(order, run["s"].cohorts.size());
    CHECK(run["s"].final.capex.usd() == Approx(cheapest(demand, price, order, 0)).epsilon(1e-8));
    CHECK(run["s"].final.capacity == Approx(met).epsilon(1e-8));
    // The load is met throughout.
    for (const fleet::Sample& sample : run["s"].series) {
      const double years = run.cases[0].horizon.years_at(sample.time);
      CHECK((sample.capacity == 0 || sample.capacity * 0.5 > 1e18 * std::exp(0.6 * years) * (1 - 1e-9)));
    }
  }
}

TEST_CASE("the real option's threshold solves its quadratic; r = d = .04 and s = .2 give 2") {
  CHECK(option_exponent({0.04, 0.04, 0.2}) == Approx(2).epsilon(1e-14));
  CHECK(option_threshold({0.04, 0.04, 0.2}) == Approx(2).epsilon(1e-13));
  CHECK(option_threshold({0.08, 0.1, 0.3}) == Approx(1.8074).margin(5e-5));
  std::uint64_t state = 3;
  for (int i = 0; i < 1000; ++i) {
    const models::theory::Option option{0.001 + uniform(state), 0.001 + uniform(state), 0.01 + uniform(state)};
    const double beta = option_exponent(option);
    REQUIRE(beta > 1);
    const double variance = option.volatility * option.volatility;
    const double left = variance / 2 * beta * (beta - 1) + (option.interest - option.payout) * beta;
    REQUIRE(left == Approx(option.interest).epsilon(1e-8));
    // More chance, more patience.
    REQUIRE(option_threshold({option.interest, option.payout, option.volatility * 1.5}) > option_threshold(option));
  }
  // Without chance: when the growth of the project's value no longer beats interest.
  CHECK(option_threshold({0.08, 0.02, 0}) == 4);
  CHECK(option_threshold({0.08, 0.02, 1e-4}) == Approx(4).epsilon(1e-5));
  CHECK(option_threshold({0.02, 0.08, 0}) == 1);
  CHECK(option_threshold({0.02, 0.08, 1e-4}) == Approx(1).epsilon(1e-5));
  CHECK_THROWS_AS(option_threshold({0.08, 0, 0.2}), std::invalid_argument);
}

TEST_CASE("the option is exercised when the price-performance on sale reaches break-even times the threshold") {
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend, price_performance: 1e10 FLOP/s/USD, "
      "price_performance_rate: 0.5 doublings/yr}\nloss: {reference: 1e26 FLOP}\nstrategies:\n"
      "  two: {buy: real_option, break_even: 1e10 FLOP/s/USD, interest: 0.04 /yr, payout: 0.04 /yr, volatility: 0.2, "
      "budget: 1e9 USD}\n"
      "  never: {buy: real_option, break_even: 1e12 FLOP/s/USD, budget: 1e9 USD}\n");
  REQUIRE(run["two"].cohorts.size() == 1);
  CHECK(run.cases[0].horizon.years_at(run["two"].cohorts[0].ordered) == Approx(2).margin(1e-9));  // twice the start
  CHECK(run["never"].cohorts.empty());
  CHECK(run["never"].final.unspent == core::Money::from_usd(1e9));
}

TEST_CASE("Gottbrath's 26 months") {
  const double eta = kLn2 / 1.5;
  CHECK(models::theory::longest_job_started_now(eta) * 12 == Approx(25.97).margin(0.005));
  CHECK(models::theory::wait_before_job(eta, 0, 0.999 / eta) == 0);
  CHECK(models::theory::wait_before_job(eta, 0, 1.001 / eta) > 0);
  CHECK_THROWS_AS(models::theory::longest_job_started_now(0), std::invalid_argument);
}

}  // namespace fleetrace::test
