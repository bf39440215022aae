#include <catch2/catch.hpp>
#include <cmath>

#include "models/failure/failure.hpp"
#include "random_judge.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/random/samplers.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;
using test::Random;
using test::spec_of;

const core::Entry& exponential() { return *models::failure_family().find("exponential"); }

/// A bathtub (docs/derivations.md 4.1a), S = exp(-(t/40)^.5 - .03 t - (t/8)^6), in hours.
models::LifeLaw oracle_bathtub() {
  models::LifeLaw life;
  life.add(0.5, 40 * 2);
  life.add(1, 1 / 0.03);
  life.add(6, 8 * std::tgamma(1 + 1.0 / 6));
  life.resolve_mean();
  return life;
}

double survival(const models::LifeLaw& life, double x) {
  double hazard = 0;
  for (std::size_t i = 0; i < life.count; ++i) hazard += std::pow(x / life.parts[i].scale, life.parts[i].shape);
  return std::exp(-hazard);
}

/// The distribution function of the equilibrium law, tabulated: the integral of S over [0, x] over the mean.
class Equilibrium {
 public:
  Equilibrium(const models::LifeLaw& life, double most) : step_(most / kCells) {
    double sum = 0;
    for (int i = 0; i < kCells; ++i) {
      below_.push_back(sum / life.mean);
      const double x = step_ * i;
      // In the root of x, so that the cusp of shapes below 1 does no harm.
      const double a = std::sqrt(x);
      const double b = std::sqrt(x + step_);
      const auto f = [&life](double root) { return survival(life, root * root) * 2 * root; };
      sum += (b - a) / 6 * (f(a) + 4 * f((a + b) / 2) + f(b));
    }
    below_.push_back(sum / life.mean);
  }
  [[nodiscard]] double operator()(double x) const {
    const double cell = std::min(x / step_, kCells - 1e-6);
    const auto i = static_cast<std::size_t>(cell);
    return below_[i] + (cell - static_cast<double>(i)) * (below_[i + 1] - below_[i]);
  }
  [[nodiscard]] double total() const { return below_.back(); }

 private:
  static constexpr int kCells = 200'000;
  double step_;
  std::vector<double> below_;
};

}  // namespace

TEST_CASE("without failures everything is up") {
  const auto law = models::resolve_failures(core::preset_spec(*models::failure_family().find("none")));
  CHECK(law.availability == 1);
  CHECK(law.failures_per_up_year == 0);
  CHECK(models::failure_family().preset == "none");
}

TEST_CASE("availability is MTBF / (MTBF + repair)") {
  // Llama 3: 16 384 accelerators for 54 days with 220 hardware failures, 96 517 h each.
  const auto llama = models::resolve_failures(spec_of(exponential(), {}));
  CHECK(16'384 * 54 * 24 / 220.0 == Approx(96'517).epsilon(1e-5));
  CHECK(llama.availability == Approx(0.9992545735021586).epsilon(1e-15));           // 96 517 / 96 589
  CHECK(llama.failures_per_up_year == Approx(0.09082337826496886).epsilon(1e-15));  // 8 766 / 96 517
  const auto half = models::resolve_failures(spec_of(exponential(), {{"mtbf", "1 yr"}, {"repair", "1 yr"}}));
  CHECK(half.availability == 0.5);
  CHECK(half.failures_per_up_year == 1);
  const auto instant = models::resolve_failures(spec_of(exponential(), {{"mtbf", "0.25 yr"}, {"repair", "0 s"}}));
  CHECK(instant.availability == 1);
  CHECK(instant.failures_per_up_year == 4);
}

TEST_CASE("availability stays above 0 and failures finite, however bad the hardware") {
  const auto worst = models::resolve_failures(spec_of(exponential(), {{"mtbf", "0.001 s"}, {"repair", "1e8 yr"}}));
  CHECK(worst.availability > 0);
  CHECK(std::isfinite(worst.failures_per_up_year));
  CHECK_FALSE(exponential().find("mtbf")->range.contains(0));
  CHECK_FALSE(exponential().find("mtbf")->range.contains(1e-300));
  CHECK_FALSE(exponential().find("repair")->range.contains(-1));
}

TEST_CASE("up time and repair time make up the whole of a cycle") {
  Random random(15);
  for (int i = 0; i < 2'000; ++i) {
    core::Spec spec = spec_of(exponential(), {});
    const double mtbf = std::pow(10.0, random.uniform(3, 12));
    const double repair = std::pow(10.0, random.uniform(0, 12));
    spec.value("mtbf").data = mtbf;
    spec.value("repair").data = repair;
    const auto law = models::resolve_failures(spec);
    REQUIRE(law.availability > 0);
    REQUIRE(law.availability <= 1);
    // Failures in a calendar year, each with its repair: the year that is not up.
    const double down_ms = law.availability * law.failures_per_up_year * repair;
    REQUIRE(law.availability + down_ms / 31'557'600'000.0 == Approx(1).epsilon(1e-14));
  }
}

TEST_CASE("the mean of a Weibull life is scale Gamma(1 + 1/shape), whatever its shape") {
  for (const char* shape : {"0.1", "0.5", "0.75", "1", "2", "20"}) {
    const auto law = models::resolve_failures(
        spec_of(*models::failure_family().find("weibull"), {{"shape", shape}, {"mtbf", "1000 h"}, {"repair", "10 h"}}));
    const models::LifeLaw::Part& part = law.life.parts[0];
    CHECK(part.scale * std::tgamma(1 + 1 / std::stod(shape)) == Approx(3.6e9).epsilon(1e-13));
    CHECK(law.life.mean == 3.6e9);
    CHECK(law.availability == Approx(1000.0 / 1010).epsilon(1e-15));
  }
}

TEST_CASE("the mean of a bathtub life is the integral of its survival") {
  CHECK(oracle_bathtub().mean == Approx(5.019260551003035).epsilon(1e-12));
  // Equal parts of one shape k: the mean of the least of three is that of one over 3^(1/k).
  for (const double shape : {0.1, 0.5, 1.0, 3.0, 20.0}) {
    models::LifeLaw life;
    for (int i = 0; i < 3; ++i) life.add(shape, 7e8);
    life.resolve_mean();
    CHECK(life.mean == Approx(7e8 / std::pow(3, 1 / shape)).epsilon(1e-12));
  }
  // A part that is far away does nothing.
  models::LifeLaw life;
  life.add(0.75, 1e8);
  life.add(1, 1e300);
  life.resolve_mean();
  CHECK(life.mean == Approx(1e8).epsilon(1e-11));
}

TEST_CASE("lives and what is left of them follow their laws") {
  // 200,000 of each; the false-alarm rate is that of random_judge.hpp. A scale off by 1 % is condemned.
  models::LifeLaw weibull;
  weibull.add(0.75, 100);
  weibull.resolve_mean();
  models::LifeLaw wearing;
  wearing.add(3, 100);
  wearing.resolve_mean();
  for (const models::LifeLaw& life : {weibull, wearing, oracle_bathtub()}) {
    const Equilibrium equilibrium(life, 40 * life.mean);
    CHECK(equilibrium.total() == Approx(1).epsilon(1e-6));
    core::Stream stream(5, 0, core::Purpose::failures);
    judge::Uniformity lives;
    judge::Uniformity residuals;
    judge::Uniformity wrong;
    for (int i = 0; i < 200'000; ++i) {
      lives.add(survival(life, life.draw(stream)));
      const double residual = life.draw_residual(stream);
      residuals.add(equilibrium(residual));
      wrong.add(equilibrium(1.05 * residual));
    }
    judge::Verdict verdict;
    lives.judge(verdict);
    residuals.judge(verdict);
    verdict.acquit();
    judge::Verdict against;
    wrong.judge(against);
    against.condemn();
  }
}

TEST_CASE("what is left of a lognormal repair is u times a longer one") {
  // Mean of the equilibrium law: E X^2 / (2 E X) = mean e^(sigma^2) / 2; its square's mean: E X^3 / (3 E X).
  models::RepairLaw repair = models::resolve_failures(spec_of(exponential(), {{"repair", "72 h"}})).repair;
  CHECK(repair.sigma < 0);
  repair.sigma = 0.8;
  repair.median = repair.mean * std::exp(-0.32);
  core::Stream stream(6, 0, core::Purpose::repairs);
  double whole = 0, left = 0, squares = 0;
  constexpr int kDraws = 1'000'000;
  for (int i = 0; i < kDraws; ++i) {
    whole += repair.draw(stream) / repair.mean / kDraws;
    const double x = repair.draw_residual(stream) / repair.mean;
    left += x / kDraws;
    squares += x * x / kDraws;
  }
  // Standard errors: 0.95 e-3 and less than 2.2 e-3; 5 of them have a false-alarm rate of 6e-7.
  const double spread = std::exp(0.64);
  CHECK(whole == Approx(1).margin(5e-3));
  CHECK(left == Approx(spread / 2).margin(1e-2));
  CHECK(squares == Approx(spread * spread * spread / 3).epsilon(0.05));
  repair.sigma = 0;
  repair.median = repair.mean;
  CHECK(repair.draw(stream) == Approx(repair.mean).epsilon(1e-14));
  CHECK(repair.draw_residual(stream) < repair.mean);
}

TEST_CASE("a repair that takes no time needs no law") {
  const auto law = models::resolve_failures(spec_of(exponential(), {{"repair", "0 h"}}));
  models::RepairLaw repair = law.repair;
  core::Stream stream(7, 0, core::Purpose::repairs);
  for (const double sigma : {-1.0, 0.0, 1.0}) {
    repair.sigma = sigma;
    CHECK(repair.draw(stream) == 0);
    CHECK(repair.draw_residual(stream) == 0);
  }
}

TEST_CASE("spares are rounded and never all") {
  const auto law = models::resolve_failures(spec_of(exponential(), {{"spares", "0.02"}}));
  CHECK(law.spares_of(0) == 0);
  CHECK(law.spares_of(1) == 0);
  CHECK(law.spares_of(24) == 0);
  CHECK(law.spares_of(26) == 1);
  CHECK(law.spares_of(16'384) == 328);
  const auto most = models::resolve_failures(spec_of(exponential(), {{"spares", "0.99"}}));
  CHECK(most.spares_of(2) == 1);
  CHECK(most.spares_of(10) == 9);
}
