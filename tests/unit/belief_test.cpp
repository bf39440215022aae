#include "models/purchase/belief.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace fleetrace::test {
namespace {

using models::Belief;

}  // namespace

TEST_CASE("a belief about a rate is updated by Bayes' rule", "[belief]") {
  // Precisions 1/0.1^2 = 100 before and 2/0.1^2 = 200 seen: 300 in all. Mean (100 x 0.35 + 200 x 0.25)/300 = 85/300.
  const Belief after = Belief{0.35, 0.1}.after(0.5, 2, 0.1);
  CHECK(after.mean == Approx(85.0 / 300).epsilon(1e-14));
  CHECK(after.sd == Approx(1 / std::sqrt(300.0)).epsilon(1e-14));
}

TEST_CASE("what is seen in two steps teaches what is seen in one", "[belief]") {
  const Belief prior{0.2, 0.3};
  const Belief once = prior.after(0.9, 3, 0.2);
  const Belief twice = prior.after(0.1, 1, 0.2).after(0.8, 2, 0.2);
  CHECK(twice.mean == Approx(once.mean).epsilon(1e-13));
  CHECK(twice.sd == Approx(once.sd).epsilon(1e-13));
}

TEST_CASE("between what was believed and what was seen, by how sure each is", "[belief]") {
  for (const double sd : {1e-8, 0.01, 0.3, 1e4}) {
    for (const double error : {1e-6, 0.1, 10.0}) {
      for (const double years : {1e-6, 0.5, 40.0}) {
        CAPTURE(sd, error, years);
        const Belief after = Belief{-0.1, sd}.after(0.4 * years, years, error);
        CHECK(after.mean >= -0.1);
        CHECK(after.mean <= 0.4 * (1 + 1e-12));
        CHECK(after.sd <= sd);
        const double precision = 1 / (sd * sd) + years / (error * error);
        CHECK(after.sd == Approx(1 / std::sqrt(precision)).epsilon(1e-9));
        CHECK(after.mean == Approx((-0.1 / (sd * sd) + 0.4 * years / (error * error)) / precision).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("nothing is learned without time or without doubt", "[belief]") {
  CHECK(Belief{0.3, 0.1}.after(5, 0, 0.1).mean == 0.3);
  CHECK(Belief{0.3, 0}.after(5, 2, 0.1).mean == 0.3);
  CHECK(Belief{0.3, 0}.after(5, 2, 0.1).sd == 0);
}

TEST_CASE("a belief has the median and half the distance of the outer quantiles", "[belief]") {
  const Belief belief = models::belief_of(0.2, 0.35, 0.6);
  CHECK(belief.mean == 0.35);
  CHECK(belief.sd == Approx(0.2).epsilon(1e-14));
}

}  // namespace fleetrace::test
