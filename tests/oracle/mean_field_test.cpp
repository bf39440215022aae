#include "fleetrace/models/loss.hpp"
#include "tests/oracle/race.hpp"

// Constant power, progress alone: R(t) = (1 + (2^(gamma t) - 1) / (gamma ln 2))^-kappa with t in years, and (1 + t)^-kappa
// at gamma = 0. Lu 2025, arXiv:2501.02156.
namespace fleetrace::test {
namespace {

constexpr long double kKappa = 0.05L;

long double ratio(double gamma, long double years) {
  if (gamma == 0) return 1 + years;
  const long double eta = gamma * 0.693147180559945309417232121458L;
  return 1 + std::expm1(eta * years) / eta;
}

long double years_to(double gamma, long double loss) {
  const long double needed = std::pow(loss, -1 / kKappa) - 1;
  if (gamma == 0) return needed;
  const long double eta = gamma * 0.693147180559945309417232121458L;
  return std::log1p(eta * needed) / eta;
}

std::string mean_field(double gamma, const std::string& length) {
  return "horizon: {start: 2026-01-01, length: " + length +
         "}\n"
         "progress: {model: exponential, rate: " +
         text(gamma) +
         " doublings/yr}\n"
         "initial_fleet: [{capacity: 1e18 FLOP/s}]\n"
         "loss: {model: relative, kappa: 0.05, targets: [0.95, 0.9, 0.8, 0.7, 0.6, 0.5]}\n"
         "strategies: {lab: {buy: none}}\n";
}

}  // namespace

TEST_CASE("progress alone gives the mean field at every sample") {
  for (const double gamma : {0.0, 0.25, 1.0, 2.0, 3.0}) {
    CAPTURE(gamma);
    const Race run = race(mean_field(gamma, "40 yr"));
    const fleet::Outcome& lab = run["lab"];
    REQUIRE(lab.series.size() >= 97);
    for (const fleet::Sample& sample : lab.series) {
      const long double years = static_cast<long double>((sample.time - run.cases[0].horizon.start).milliseconds()) /
                                31'557'600'000.0L;
      CAPTURE(static_cast<double>(years));
      CHECK(std::fabs(sample.relative_loss - std::pow(ratio(gamma, years), -kKappa)) <= 2e-15L);
      CHECK(relative_error(1 + sample.effective_flop / (1e18 * kYearSeconds),
                           static_cast<double>(ratio(gamma, years))) <= 1e-13);
    }
  }
}

TEST_CASE("without progress the model and a rate of zero are the same bits") {
  std::string none = mean_field(0, "40 yr");
  const std::string rate = "{model: exponential, rate: 0 doublings/yr}";
  none.replace(none.find(rate), rate.size(), "{model: none}");
  const Race a = race(none);
  const Race b = race(mean_field(0, "40 yr"));
  for (std::size_t i = 0; i < a["lab"].series.size(); ++i) {
    CHECK(a["lab"].series[i].relative_loss == b["lab"].series[i].relative_loss);
  }
  CHECK(a["lab"].final.mean_relative_loss == Approx(b["lab"].final.mean_relative_loss).epsilon(1e-15));
}

TEST_CASE("the limit of a vanishing rate is continuous") {
  const double still = race(mean_field(0, "30 yr"))["lab"].final.relative_loss;
  for (const double gamma : {1e-4, 1e-8, 1e-12, 1e-16, 1e-30, -1e-12}) {
    CAPTURE(gamma);
    const double moving = race(mean_field(gamma, "30 yr"))["lab"].final.relative_loss;
    CHECK(std::fabs(moving - still) <= 0.05 * 15 * std::fabs(gamma) + 1e-15);
  }
}

TEST_CASE("dates of targets are the closed inverse to the millisecond") {
  for (const double gamma : {0.0, 0.25, 1.0, 2.0, 3.0}) {
    const Race run = race(mean_field(gamma, gamma == 0 ? "30000 yr" : "60 yr"));
    const core::Time start = run.cases[0].horizon.start;
    for (const fleet::Target& target : run["lab"].targets) {
      CAPTURE(gamma, target.relative_loss);
      const long double exact = years_to(gamma, target.relative_loss) * 31'557'600'000.0L;
      if (!target.reached) {
        CHECK(exact > static_cast<long double>((run.cases[0].horizon.end - start).milliseconds()) - 2);
        continue;
      }
      const auto found = static_cast<long double>((*target.reached - start).milliseconds());
      CHECK(found >= exact - 0.5L - exact * 1e-15L);
      CHECK(found <= exact + 1.5L + exact * 1e-15L);
      CHECK(models::mean_field_years(gamma, std::pow(target.relative_loss, -20)) * 31'557'600'000.0 ==
            Approx(static_cast<double>(exact)).epsilon(1e-13));
    }
  }
}

TEST_CASE("half the loss takes a million years without progress") {
  // Years to R = 0.5 at kappa = 0.05: 2^20 - 1, and 36.94, 19.47, 10.24, 7.02 for gamma = 0.5, 1, 2, 3.
  const Race slow = race(mean_field(0, "1100000 yr"));
  REQUIRE(slow["lab"].targets.back().reached);
  CHECK((*slow["lab"].targets.back().reached - slow.cases[0].horizon.start).years() ==
        Approx(1'048'575).epsilon(1e-14));
  const double gammas[] = {0.5, 1, 2, 3};
  const double years[] = {36.94, 19.47, 10.24, 7.02};
  for (int i = 0; i < 4; ++i) {
    const Race run = race(mean_field(gammas[i], "40 yr"));
    CHECK((*run["lab"].targets.back().reached - run.cases[0].horizon.start).years() == Approx(years[i]).margin(0.005));
  }
}

TEST_CASE("the mean loss is the integral of the closed form") {
  for (const double gamma : {-0.5, 0.0, 0.25, 1.0, 2.0, 3.0}) {
    for (const char* length : {"1 yr", "8 yr", "40 yr"}) {
      CAPTURE(gamma, length);
      const Race run = race(mean_field(gamma, length));
      const long double years = std::atof(length);
      const long double integral = simpson([&](long double t) { return std::pow(ratio(gamma, t), -kKappa); }, 0, years);
      CHECK(std::fabs(run["lab"].final.mean_relative_loss - integral / years) <= 1e-13L);
    }
  }
}

}  // namespace fleetrace::test
