#include <catch2/catch.hpp>
#include <cmath>

#include "models/progress/progress.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;
using test::Random;
using test::spec_of;

models::ProgressLaw law(const char* model, const std::vector<std::pair<std::string, std::string>>& written) {
  return models::resolve_progress(spec_of(*models::progress_family().find(model), written));
}

models::ProgressLaw exponential(double rate) {
  core::Spec spec = spec_of(*models::progress_family().find("exponential"), {});
  spec.value("doubling").data = rate;
  return models::resolve_progress(spec);
}

/// Five-point Gauss-Legendre on 200 panels.
double quadrature(const models::ProgressLaw& progress, double from, double to) {
  static constexpr double kNodes[] = {0, 0.5384693101056831, 0.9061798459386640};
  static constexpr double kWeights[] = {0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
  const int panels = 200;
  const double half = (to - from) / panels / 2;
  double sum = 0;
  for (int panel = 0; panel < panels; ++panel) {
    const double middle = from + (2 * panel + 1) * half;
    sum += kWeights[0] * progress.multiplier(middle);
    for (int i = 1; i < 3; ++i) {
      sum += kWeights[i] *
             (progress.multiplier(middle - half * kNodes[i]) + progress.multiplier(middle + half * kNodes[i]));
    }
  }
  return sum * half;
}

}  // namespace

TEST_CASE("without progress a FLOP stays a FLOP") {
  const auto none = law("none", {});
  CHECK(none.multiplier(0) == 1);
  CHECK(none.multiplier(1e6) == 1);
  CHECK(none.integral(2, 5) == 3);
  CHECK(none.cost_per_year == 0);
  CHECK_FALSE(none.embodied);
}

TEST_CASE("a doubling time of 8 months") {
  const auto fast = law("exponential", {{"doubling", "8 months"}, {"cost", "75e6 USD/yr"}, {"embodied", "true"}});
  CHECK(fast.multiplier(0) == 1);
  CHECK(fast.multiplier(2.0 / 3) == Approx(2).epsilon(1e-15));
  CHECK(fast.multiplier(2) == Approx(8).epsilon(1e-15));
  CHECK(fast.multiplier(8) == Approx(4096).epsilon(1e-14));
  CHECK(fast.multiplier(-2) == Approx(0.125).epsilon(1e-15));
  CHECK(fast.integral(0, 2) == Approx(7 / (1.5 * std::log(2.0))).epsilon(1e-14));  // (8 - 1) / alpha
  CHECK(fast.cost_per_year == 75e6);
  CHECK(fast.embodied);
  const auto preset = law("exponential", {});
  CHECK(preset.multiplier(2) == fast.multiplier(2));
  CHECK(preset.cost_per_year == 0);
  CHECK_FALSE(preset.embodied);
}

TEST_CASE("changes of progress are exact where its multiplier is beyond all numbers") {
  // 1,500 doublings in 1,000 years.
  const models::ProgressLaw progress = law("exponential", {{"doubling", "8 months"}});
  CHECK(std::isinf(progress.multiplier(1'000)));
  CHECK(progress.change(999, 1'000) == Approx(1.5 * std::log(2.0)).epsilon(1e-12));
  CHECK(progress.change(0, 1'000) == Approx(1'500 * std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("after a jump the expected logarithm begins at the level that it left, and grows as before") {
  auto jumps = law("jumps", {{"doubling", "1 yr"}, {"jumps", "2 /yr"}, {"sigma", "0.2"}});
  const double growth = jumps.expected_log(3) - jumps.expected_log(0);
  core::Stream stream(4711, 0, core::Purpose::progress_jumps);
  jumps.jump(jumps, stream);
  REQUIRE(jumps.multiplier(0) != 1);
  CHECK(jumps.expected_log(0) == Approx(std::log(jumps.multiplier(0))).epsilon(1e-14));
  CHECK(jumps.expected_log(3) == Approx(std::log(jumps.multiplier(0)) + growth).epsilon(1e-14));
}

TEST_CASE("a rate of zero is exactly no progress") {
  for (const auto& same :
       {law("exponential", {{"doubling", "none"}}), law("exponential", {{"rate", "0 doublings/yr"}})}) {
    CHECK(same.multiplier(123.4) == 1);
    CHECK(same.integral(0.1, 7.3) == 7.3 - 0.1);
  }
  CHECK(exponential(1e-18).integral(0, 8) == 8);
  CHECK(exponential(-1e-18).integral(0, 8) == 8);
}

TEST_CASE("progress may be lost again") {
  const auto decay = law("exponential", {{"rate", "-1 doublings/yr"}});
  CHECK(decay.multiplier(3) == Approx(0.125).epsilon(1e-15));
  CHECK(decay.integral(0, 1) == Approx(0.5 / std::log(2.0)).epsilon(1e-14));
  CHECK(decay.integral(0, 1e5) == Approx(1 / std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("the integral is the area under the multiplier, and adds up over any cut") {
  Random random(12);
  for (int i = 0; i < 300; ++i) {
    const auto progress = exponential(random.uniform(-4, 4));
    const double from = random.uniform(0, 10);
    const double to = from + random.uniform(0, 20);
    const double cut = random.uniform(from, to);
    const double whole = progress.integral(from, to);
    INFO(progress.coefficients[0] << ' ' << from << ' ' << to);
    REQUIRE(progress.multiplier(0) == 1);
    REQUIRE(whole == Approx(quadrature(progress, from, to)).epsilon(1e-12).margin(0));
    REQUIRE(progress.integral(from, cut) + progress.integral(cut, to) == Approx(whole).epsilon(1e-13).margin(0));
    REQUIRE(progress.integral(from, from) == 0);
    // A(t + s) = A(t) A(s)
    REQUIRE(progress.multiplier(from + to) ==
            Approx(progress.multiplier(from) * progress.multiplier(to)).epsilon(1e-12).margin(0));
  }
}

TEST_CASE("a limit bends what is below 1, too, and a change above 1 is not bent") {
  // ln A = 3 ln 2 (1 - e^(-ln P/(3 ln 2))), P halved or doubled each year.
  const double most = 3 * std::log(2.0);
  const auto limited = [&](double doublings) {
    models::ProgressLaw law = exponential(doublings);
    law.is_plain = false;
    law.log_limit = most;
    return law;
  };
  const auto log_a = [&](double log_p) { return most * (1 - std::exp(-log_p / most)); };
  const double half = std::log(2.0);
  const models::ProgressLaw falling = limited(-1);
  CHECK(falling.multiplier(3) == Approx(std::exp(log_a(-3 * half))).epsilon(1e-14));
  CHECK(falling.change(0, 3) == Approx(log_a(-3 * half)).epsilon(1e-14));
  CHECK(falling.change(1, 3) == Approx(log_a(-3 * half) - log_a(-half)).epsilon(1e-14));
  const models::ProgressLaw rising = limited(1);
  CHECK(rising.multiplier(3) == Approx(std::exp(log_a(3 * half))).epsilon(1e-14));
  CHECK(rising.change(0, 3) == Approx(3 * half).epsilon(1e-14));
  CHECK(rising.change(-1, 2) == Approx(log_a(2 * half) - log_a(-half)).epsilon(1e-14));
  // Growth is what is left of the way: d ln A/dt = g (1 - ln A/ln A_max).
  CHECK(rising.expected_growth(3) == Approx(half * (1 - log_a(3 * half) / most)).epsilon(1e-14));
  CHECK(rising.expected_log(2) == Approx(log_a(2 * half)).epsilon(1e-14));
  for (const auto& law : {falling, rising}) {
    for (const auto& [from, to] : {std::pair{0.0, 0.01}, {0.0, 3.0}, {1.0, 1.05}, {2.0, 9.0}})
      CHECK(law.integral(from, to) == Approx(quadrature(law, from, to)).epsilon(1e-12));
  }
}

TEST_CASE("research grows by what it gets: its rate is the slope of its logarithm, from each change of its input on") {
  // A = (1 + b t)^r with b = ln 2/r at the reference input, and b times 2^0.5 at twice of it.
  models::ProgressLaw research = law("research", {{"doubling", "1 yr"}, {"returns", "2"}, {"parallelisation", "0.5"}});
  research.fund(research, 0, 1);
  const double slope = std::log(2.0) / 2;
  CHECK(research.multiplier(3) == Approx(std::pow(1 + 3 * slope, 2)).epsilon(1e-14));
  CHECK(research.rate(research, 3) == Approx(2 * slope / (1 + 3 * slope)).epsilon(1e-14));
  research.fund(research, 3, 2);
  const double faster = slope * std::sqrt(2.0);
  const double base = 1 + 3 * slope;
  CHECK(research.multiplier(5) == Approx(std::pow(base + 2 * faster, 2)).epsilon(1e-14));
  CHECK(research.rate(research, 5) == Approx(2 * faster / (base + 2 * faster)).epsilon(1e-14));
  CHECK(research.integral(3, 5) == Approx(quadrature(research, 3, 5)).epsilon(1e-12));
  research.fund(research, 5, 0);
  CHECK(research.multiplier(9) == research.multiplier(5));
  CHECK(research.rate(research, 9) == 0);
  CHECK(research.integral(5, 9) == Approx(4 * research.multiplier(5)).epsilon(1e-14));
}
