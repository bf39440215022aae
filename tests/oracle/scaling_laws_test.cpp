#include <catch2/catch.hpp>
#include <cmath>

#include "fleetrace/models/loss.hpp"
#include "tests/unit/spec_of.hpp"

// Absolute laws of loss against published figures and docs/derivations.md 5: C = 5.76e23 FLOP, Chinchilla's own.
namespace {

using namespace fleetrace;
using models::kBesiroglu;
using models::kHoffmann;
using test::Random;
using test::spec_of;

constexpr double kChinchillaFlop = 5.76e23;

const core::Entry& entry(std::string_view name) { return *models::loss_family().find(name); }

models::LossLaw hoffmann(double reference) {
  return models::resolve_loss(spec_of(entry("chinchilla"), {{"floor", "1.69"},
                                                            {"parameter_scale", "406.4"},
                                                            {"token_scale", "410.7"},
                                                            {"alpha", "0.34"},
                                                            {"beta", "0.28"}}),
                              reference);
}

}  // namespace

TEST_CASE("compute-optimal models and losses of Hoffmann and Besiroglu") {
  const double hoffmann_n = kHoffmann.optimal_parameters(kChinchillaFlop);
  CHECK(hoffmann_n == Approx(3.219e10).epsilon(2e-4));
  CHECK(kChinchillaFlop / 6 / hoffmann_n / hoffmann_n == Approx(92.6).epsilon(1e-3));
  CHECK(kHoffmann.loss(hoffmann_n, kChinchillaFlop / 6 / hoffmann_n) == Approx(1.93075).epsilon(3e-6));
  const double besiroglu_n = kBesiroglu.optimal_parameters(kChinchillaFlop);
  CHECK(besiroglu_n == Approx(7.225e10).epsilon(2e-4));
  CHECK(kChinchillaFlop / 6 / besiroglu_n / besiroglu_n == Approx(18.4).epsilon(2e-3));
  CHECK(kBesiroglu.loss(besiroglu_n, kChinchillaFlop / 6 / besiroglu_n) == Approx(1.97444).epsilon(3e-6));
  CHECK(hoffmann(kChinchillaFlop).reference_loss == Approx(1.93075).epsilon(3e-6));
  CHECK(models::resolve_loss(spec_of(entry("chinchilla"), {}), kChinchillaFlop).reference_loss ==
        Approx(1.97444).epsilon(3e-6));
}

TEST_CASE("no model lies below the frontier, and the optimal one lies on it") {
  Random random(5);
  for (int i = 0; i < 2'000; ++i) {
    const double flop = std::pow(10.0, random.uniform(18, 28));
    const auto frontier = models::resolve_loss(spec_of(entry("chinchilla"), {}), flop).reference_loss;
    const double best = kBesiroglu.optimal_parameters(flop);
    CHECK(kBesiroglu.loss(best, flop / 6 / best) == Approx(frontier).epsilon(1e-13));
    const double other = best * std::pow(10.0, random.uniform(-2, 2));
    CHECK(kBesiroglu.loss(other, flop / 6 / other) >= frontier * (1 - 1e-14));
  }
}

TEST_CASE("twenty tokens a parameter: N = sqrt(C/120)") {
  const auto law = models::resolve_loss(spec_of(entry("chinchilla"), {{"tokens_per_parameter", "20"}}), 1e22);
  for (const double flop : {1e22, 3e23, 1e26}) {
    const double n = std::sqrt(flop / 120);
    CHECK(law.loss(flop / 1e22) * law.reference_loss == Approx(kBesiroglu.loss(n, 20 * n)).epsilon(1e-13));
  }
}

TEST_CASE("ratio is the inverse of loss, also with two terms, and the floor is never reached") {
  Random random(6);
  for (const std::string split : {"optimal", "3", "20", "400"}) {
    const auto law = models::resolve_loss(spec_of(entry("chinchilla"), {{"tokens_per_parameter", split}}), 2e24);
    CHECK(law.loss(1) == Approx(1).epsilon(1e-15));
    CHECK(law.ratio(1) == 1);
    CHECK(std::isinf(law.ratio(law.floor)));
    CHECK(law.loss(1e300) >= law.floor);
    for (int i = 0; i < 300; ++i) {
      const double ratio = std::pow(10.0, random.uniform(0, 6));
      const double loss = law.loss(ratio);
      CHECK(loss < 1);
      CHECK(law.reducible(loss) > 0);
      CHECK(law.ratio(loss) == Approx(ratio).epsilon(1e-11));
    }
  }
}

TEST_CASE("the reducible loss falls with alpha beta / (alpha + beta)") {
  const auto law = hoffmann(1e24);
  CHECK(law.reducible(law.loss(10)) == Approx(std::pow(10, -0.34 * 0.28 / 0.62)).epsilon(1e-12));  // 0.1535 a decade
  // d ln L / d ln C = -exponent (L - E)/L: 0.0103 at 5e25 FLOP (docs/derivations.md 5f).
  const auto at_frontier = hoffmann(5e25);
  const double slope = std::log(at_frontier.loss(1.001)) / std::log(1.001);
  CHECK(slope == Approx(-0.34 * 0.28 / 0.62 * (1 - at_frontier.floor)).epsilon(1e-3));
}

TEST_CASE("without a floor Kaplan's law is the relative one with an absolute scale") {
  const auto kaplan = models::resolve_loss(spec_of(entry("kaplan"), {}), 8.64e19);
  CHECK(kaplan.reference_loss == Approx(std::pow(3.1e8, 0.05)).epsilon(1e-12));  // 1 PF-day
  CHECK(kaplan.floor == 0);
  const auto relative = models::relative_loss(0.05);
  for (const double ratio : {1.0, 2.0, 1e6}) {
    CHECK(kaplan.loss(ratio) == Approx(relative.loss(ratio)).epsilon(1e-14));
    CHECK(kaplan.ratio(relative.loss(ratio)) == Approx(ratio).epsilon(1e-12));
  }
}
