#include <algorithm>
#include <random>
#include <vector>

#include "tests/oracle/race.hpp"

// Deliveries under limited production against the reflection of a fluid queue (docs/derivations.md 2l):
//   D(t) = inf over s <= t of [O(s) + S(t) - S(s)], then the lead time.
namespace fleetrace::test {
namespace {

struct Step {
  core::Time at;
  std::int64_t count = 0;
};

struct Flow {
  std::vector<Step> orders;
  std::vector<Step> deliveries;
};

std::string scenario_with(const std::string& supply, const std::string& purchases, const char* length = "6 yr") {
  return std::string("horizon: {start: 2026-01-01, length: ") + length + R"(}
hardware: {model: catalog, accelerators: [B200], price_decline: 0 /yr}
operations: {mfu: 0.4}
loss: {reference: 1e24 FLOP}
supply: {)" +
         supply + R"(}
strategies: {x: {buy: schedule, purchases: )" +
         purchases + "}}\n";
}

Flow flow_of(const fleet::StrategySetup& one) {
  Flow flow;
  const fleet::Outcome outcome = fleet::simulate(one, [&](const fleet::World&, const fleet::Event& event) {
    if (event.payload.kind == fleet::EventKind::delivery) flow.deliveries.push_back({event.time, event.payload.count});
  });
  for (const fleet::Cohort& cohort : outcome.cohorts) flow.orders.push_back({cohort.ordered, cohort.size});
  return flow;
}

double until(const std::vector<Step>& steps, core::Time t) {
  double sum = 0;
  for (const Step& step : steps) sum += step.at <= t ? static_cast<double>(step.count) : 0;
  return sum;
}

/// The formula itself: the infimum lies just before an order, or at t.
double reflected(const Flow& flow, const models::Production& production, core::Time released, core::Time t) {
  const auto made = [&](core::Time at) { return production.cumulative((at - released).years()); };
  double least = until(flow.orders, t);
  double before = 0;
  for (const Step& order : flow.orders) {
    if (order.at > t) break;
    least = std::min(least, before + made(t) - made(order.at));
    before += static_cast<double>(order.count);
  }
  return least;
}

}  // namespace

TEST_CASE("an order of q at rate c has its last delivery after q/c and the lead time") {
  for (const char* every : {"7 days", "1 day", "100 days", "20 yr"}) {
    CAPTURE(every);
    const auto one = cases_of(
        scenario_with(std::string("lead_time: 3 months, transit: 1 months, production: {rate: 4000 "
                                  "/yr, shipped_every: ") +
                          every + "}",
                      "[{at: 1 yr, amount: 5e8 USD}]"))[0];
    const Flow flow = flow_of(one);
    REQUIRE(flow.orders.size() == 1);
    const auto q = static_cast<double>(flow.orders[0].count);
    const double expected = 1 + q / 4000 + 0.25;
    CHECK(one.horizon.years_at(flow.deliveries.back().at) == Approx(expected).margin(1e-9));
    CHECK(until(flow.deliveries, one.horizon.end) == q);
    const double lots = std::ceil(q / 4000 / one.plant.supply.shipped_every.years());
    CHECK(static_cast<double>(flow.deliveries.size()) == lots);
  }
}

TEST_CASE("deliveries follow the reflected queue, less than a lot behind") {
  std::mt19937_64 generator(77);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(generator() >> 11) * 0x1p-53;
  };
  int busy = 0;
  for (int trial = 0; trial < 150; ++trial) {
    std::string purchases = "[";
    const int orders = static_cast<int>(uniform(1, 9));
    for (int i = 0; i < orders; ++i) {
      purchases += (i > 0 ? ", " : "") + std::string("{at: ") + text(uniform(0, 5.9)) +
                   " yr, amount: " + text(std::exp(uniform(std::log(1e6), std::log(1e9)))) + " USD}";
    }
    const double lead = trial % 3 == 0 ? 0 : uniform(0, 0.5);
    const double every = uniform(1, 90);
    const auto one = cases_of(
        scenario_with("lead_time: " + text(lead) + " yr, transit: " + text(lead * uniform(0, 0.9)) +
                          " yr, production: {rate: " + text(uniform(500, 20'000)) + " /yr, ramp: " +
                          text(trial % 2 == 0 ? 0 : uniform(0.1, 2)) + " yr, shipped_every: " + text(every) + " days}",
                      purchases + "]"))[0];
    CAPTURE(trial, purchases, lead, every);
    const Flow flow = flow_of(one);
    const models::Production& production = one.plant.supply.production;
    const core::Time released = one.plant.market.types[0].released;
    // An order of n lots takes more than n - 1 intervals, so no lot is larger than what full production makes in one.
    const double lot = production.rate * one.plant.supply.shipped_every.years() + 1;
    for (int i = 1; i <= 300; ++i) {
      const core::Time t = one.horizon.start + core::Duration::from_years(0.02 * i - 0.001);
      const double fluid = reflected(flow, production, released, t);
      const double delivered = until(flow.deliveries, t + one.plant.supply.lead_time.mean);
      if (t + one.plant.supply.lead_time.mean >= one.horizon.end) break;
      REQUIRE(delivered <= fluid + 1e-6 * (1 + fluid));
      REQUIRE(delivered > fluid - lot - 1e-6 * fluid);
      busy += fluid < until(flow.orders, t) - 1 ? 1 : 0;
    }
  }
  CHECK(busy > 5'000);  // the queue was not empty most of the time
}

TEST_CASE("deliveries are first come first served, and every accelerator is somewhere") {
  const auto one = cases_of(
      scenario_with("lead_time: 1 months, transit: 10 days, production: {rate: 3000 /yr, ramp: 1 yr}",
                    "[{at: 0 yr, amount: 3e8 USD}, {at: 1 yr, amount: 2e8 USD}, {at: 1.1 yr, "
                    "amount: 4e8 USD}]"))[0];
  std::vector<std::uint32_t> from;
  const fleet::Outcome outcome = fleet::simulate(one, [&](const fleet::World& world, const fleet::Event& event) {
    REQUIRE(world.conserved());
    if (event.payload.kind == fleet::EventKind::delivery) from.push_back(event.payload.index);
  });
  CHECK(std::is_sorted(from.begin(), from.end()));
  CHECK(from.back() == 2);
  std::int64_t total = 0;
  for (const fleet::Cohort& cohort : outcome.cohorts) total += cohort.size;
  const auto& at_end = outcome.final.accelerators;
  CHECK(std::accumulate(at_end.begin(), at_end.end(), std::int64_t{0}) == total);
}

TEST_CASE("unlimited production is no production at all, and a fast one tends to it") {
  const std::string purchases = "[{at: 0 yr, amount: 3e8 USD}, {at: 1 yr, amount: 2e8 USD}]";
  const Race plain = race(scenario_with("lead_time: 3 months, transit: 10 days", purchases));
  const Race same = race(
      scenario_with("lead_time: 3 months, transit: 10 days, production: {rate: unlimited, ramp: 1 yr}", purchases));
  CHECK(same["x"].final.effective_flop == plain["x"].final.effective_flop);
  CHECK(same["x"].events == plain["x"].events);
  const Race fast = race(
      scenario_with("lead_time: 3 months, transit: 10 days, production: {rate: 1e15 /yr}", purchases));
  CHECK(fast["x"].final.effective_flop == Approx(plain["x"].final.effective_flop).epsilon(1e-9));
  CHECK(fast["x"].events == plain["x"].events);
  const Race slow = race(
      scenario_with("lead_time: 3 months, transit: 10 days, production: {rate: 1000 /yr}", purchases));
  CHECK(slow["x"].final.effective_flop < plain["x"].final.effective_flop);
  CHECK(slow["x"].final.capex == plain["x"].final.capex);
}

TEST_CASE("an order that is never finished costs no events beyond the horizon") {
  const Race run = race(
      scenario_with("production: {rate: 1e-9 /yr, shipped_every: 1 h}", "[{at: 0 yr, amount: 1e12 USD}]"));
  CHECK(run["x"].events < 200);
  CHECK(run["x"].final.accelerators[static_cast<std::size_t>(fleet::State::ordered)] == run["x"].cohorts[0].size);
}

}  // namespace fleetrace::test
