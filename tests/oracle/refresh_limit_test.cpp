#include "tests/oracle/race.hpp"

// The mean field as the limit of a constant-power fleet that is replaced ever faster by what is on sale: every D years all
// hardware retires and power is filled again. Price-performance and efficiency grow at different rates throughout, so
// that neither can stand in for the other.
namespace fleetrace::test {
namespace {

constexpr double kAlgorithms = 0.7;  // [doublings/yr]
constexpr double kEfficiency = 0.9;
constexpr double kPrice = 0.3;
constexpr double kHorizon = 6;

/// 1 MW, full from the start on: a fleet of 1e18 FLOP/s at 1 W per TFLOP/s.
std::string refreshed(double interval, double algorithms, bool embodied, double pue = 1) {
  return "horizon: {start: 2026-01-01, length: 6 yr, sample_every: 1 yr}\n"
         "hardware: {model: trend, price_performance_rate: " +
         text(kPrice) + " doublings/yr, power_per_flops: 1 W/(TFLOP/s), energy_efficiency_rate: " + text(kEfficiency) +
         " doublings/yr}\nprogress: {model: exponential, rate: " + text(algorithms) +
         " doublings/yr, embodied: " + (embodied ? "true" : "false") + "}\nsites: {main: {power: " + text(1e6 * pue) +
         " W, pue: " + text(pue) + "}}\noperations: {lifetime: " + text(interval) +
         " yr}\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\n"
         "strategies: {refresher: {buy: incremental, budget: 9e12 USD, every: " +
         text(interval) + " yr}}\n";
}

double mean_field_loss(double gamma, double years) {
  return std::pow(1 + std::expm1(gamma * kLn2 * years) / (gamma * kLn2), -0.05);
}

}  // namespace

TEST_CASE("the refreshed fleet keeps its power and meets the staircase factors exactly") {
  const double eta = kEfficiency * kLn2;
  for (const double interval : {2.0, 1.0, 0.5, 0.125}) {
    for (const double pue : {1.0, 1.25}) {
      CAPTURE(interval, pue);
      const Race run = race(refreshed(interval, 0, false, pue));
      const fleet::Outcome& outcome = run["refresher"];
      CHECK(outcome.final.energy_kwh == Approx(1e3 * pue * 6 * 8766).epsilon(1e-12));
      for (const fleet::Sample& sample : outcome.series)
        CHECK(sample.average_site_power == Approx(1e6 * pue).epsilon(1e-9));
      // Compute of a staircase over that of the smooth curve through its left corners.
      const double smooth = 1e18 * kYearSeconds * std::expm1(eta * kHorizon) / eta;
      CHECK(outcome.final.effective_flop / smooth ==
            Approx(eta * interval / std::expm1(eta * interval)).epsilon(1e-12));
      // Capacity over what is on sale, averaged over time: (1 - e^(-eta D)) / (eta D).
      const auto& segments = outcome.trajectory.segments();
      double average = 0;
      for (std::size_t i = 0; i < segments.size(); ++i) {
        const double from = segments[i].from_years;
        const double to = i + 1 < segments.size() ? segments[i + 1].from_years : kHorizon;
        average += segments[i].rate / 1e18 * (std::exp(-eta * from) - std::exp(-eta * to)) / eta / kHorizon;
      }
      CHECK(average == Approx(-std::expm1(-eta * interval) / (eta * interval)).epsilon(1e-12));
    }
  }
}

TEST_CASE("refreshed ever faster, a constant-power fleet tends to the mean field with first order") {
  for (const double algorithms : {0.0, kAlgorithms}) {
    const double gamma = algorithms + kEfficiency;
    std::vector<double> before;
    for (const double interval : {0.25, 0.125, 0.0625, 0.03125, 0.015625}) {
      CAPTURE(algorithms, interval);
      const Race run = race(refreshed(interval, algorithms, false));
      std::vector<double> errors;
      for (const fleet::Sample& sample : run["refresher"].series) {
        const double years = run.cases[0].horizon.years_at(sample.time);
        if (years > 0) errors.push_back(sample.relative_loss - mean_field_loss(gamma, years));
      }
      REQUIRE(errors.size() == 6);
      for (std::size_t i = 0; i < errors.size(); ++i) {
        CHECK(errors[i] > 0);  // always behind what is on sale
        CHECK(errors[i] < 0.05 * interval);
        if (!before.empty()) CHECK(std::log2(before[i] / errors[i]) == Approx(1).margin(interval < 0.1 ? 0.03 : 0.1));
      }
      before = errors;
    }
  }
}

TEST_CASE("the same limit by money is reached at the rate of price-performance, not of efficiency") {
  for (const double interval : {0.25, 0.125, 0.0625}) {
    CAPTURE(interval);
    const double budget = 1e9 / 0.125 * 6;  // 1e9 USD an eighth of a year
    const Race run = race(
        "horizon: {start: 2026-01-01, length: 6 yr, sample_every: 1 yr}\n"
        "hardware: {model: trend, price_performance: 1e9 FLOP/s/USD, price_performance_rate: 0.3 doublings/yr, "
        "power_per_flops: 1 W/(TFLOP/s), energy_efficiency_rate: 0.9 doublings/yr}\n"
        "operations: {lifetime: " +
        text(interval) +
        " yr}\nloss: {reference: 1e26 FLOP}\n"
        "strategies: {refresher: {buy: incremental, budget: " +
        text(budget) + " USD, every: " + text(interval) + " yr}}\n");
    const double eta = kPrice * kLn2;
    const double capacity = 8e9 * interval * 1e9;
    CHECK(run["refresher"].final.effective_flop ==
          Approx(capacity * kYearSeconds * interval * std::expm1(eta * 6) / std::expm1(eta * interval)).epsilon(1e-12));
  }
}

TEST_CASE("realised growth per joule follows efficiency, per dollar price-performance") {
  // What is in service at the end was bought an interval before: (H - D) of hardware growth, H of algorithms, over H.
  for (const double interval : {1.0, 0.25}) {
    CAPTURE(interval);
    const double hardware = (kHorizon - interval) / kHorizon;
    const auto plain = race(refreshed(interval, 0, false))["refresher"].final;
    CHECK(plain.gamma_per_joule.value() == Approx(kEfficiency * hardware).epsilon(1e-9));
    CHECK(plain.gamma_per_usd.value() == Approx(kPrice * hardware).epsilon(1e-9));
    const auto disembodied = race(refreshed(interval, kAlgorithms, false, 1.25))["refresher"].final;
    CHECK(disembodied.gamma_per_joule.value() == Approx(kEfficiency * hardware + kAlgorithms).epsilon(1e-9));
    CHECK(disembodied.gamma_per_usd.value() == Approx(kPrice * hardware + kAlgorithms).epsilon(1e-9));
    const auto embodied = race(refreshed(interval, kAlgorithms, true))["refresher"].final;
    CHECK(embodied.gamma_per_joule.value() == Approx((kEfficiency + kAlgorithms) * hardware).epsilon(1e-9));
    CHECK(embodied.gamma_per_usd.value() == Approx((kPrice + kAlgorithms) * hardware).epsilon(1e-9));
  }
}

TEST_CASE("a fleet that is never renewed gains from algorithms alone, and from nothing where they are embodied") {
  const std::string fleet =
      "horizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: trend, power_per_flops: 1 W/(TFLOP/s)}\n"
      "initial_fleet: [{capacity: 1e18 FLOP/s}]\nstrategies: {still: {buy: none}}\nprogress: {model: exponential, rate: 1.1 doublings/yr";
  const auto disembodied = race(fleet + "}\n")["still"].final;
  CHECK(disembodied.gamma_per_joule.value() == Approx(1.1).epsilon(1e-12));
  CHECK(disembodied.gamma_per_usd.value() == Approx(1.1).epsilon(1e-12));
  const auto embodied = race(fleet + ", embodied: true}\n")["still"].final;
  CHECK(embodied.gamma_per_joule.value() == 0);
  CHECK(embodied.gamma_per_usd.value() == 0);
  CHECK(embodied.effective_flop == Approx(1e18 * 4 * kYearSeconds).epsilon(1e-14));
}

TEST_CASE("what waits and is young stays in the queue when the old leaves, and takes its place") {
  // Places for 100. 100 are five years old at the first review; of the 60 that wait, 10 are so, too.
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 3 yr}\nhardware: {model: catalog, accelerators: [A100-80]}\n"
      "operations: {mfu: 0.4, lifetime: 20 yr}\nsites: {main: {racks: 25, accelerators_per_rack: 4}}\n"
      "loss: {reference: 1e24 FLOP}\ninitial_fleet:\n  - {accelerator: A100-80, count: 100, installed: 2020-12-20}\n"
      "  - {accelerator: A100-80, count: 10, installed: 2020-12-20}\n"
      "  - {accelerator: A100-80, count: 50, installed: 2025-01-01}\n"
      "strategies: {s: {buy: refresh, power: 1 W, age: 5 yr, slots: 1, budget: 1 USD}}\n");
  const std::vector<fleet::Cohort>& cohorts = run["s"].cohorts;
  REQUIRE(cohorts.size() == 3);
  CHECK(cohorts[0].count(fleet::State::retired) == 100);
  CHECK(cohorts[1].count(fleet::State::retired) == 10);
  CHECK(cohorts[2].count(fleet::State::in_service) == 50);
}

}  // namespace fleetrace::test
