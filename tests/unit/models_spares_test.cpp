#include <catch2/catch.hpp>
#include <cmath>

#include "models/failure/spares.hpp"
#include "sim/core/numeric/special.hpp"

namespace {

using namespace fleetrace;
using namespace fleetrace::models;

/// E min(target, healthy) summed over everything that can be.
double by_sum(std::int64_t installed, std::int64_t target, double availability) {
  double sum = 0;
  for (std::int64_t healthy = 0; healthy <= installed; ++healthy) {
    sum += static_cast<double>(std::min(target, healthy)) * core::binomial_mass(healthy, installed, availability);
  }
  return sum;
}

}  // namespace

TEST_CASE("Palm: 23.3 in repair need 35 spares for 99 %") {
  // 16 384 accelerators, 50 676.6 h between failures, 72 h of repair.
  const double in_repair = 16'384 / 50676.6 * 72;
  CHECK(in_repair == Approx(23.3).epsilon(2e-3));
  CHECK(spares_for(in_repair, 0.99) == 35);
  CHECK(spares_for(0, 0.99) == 0);
  CHECK(spares_for(1e-3, 0.99) == 0);
  CHECK(spares_for(1, 0.5) == 1);
  CHECK(spares_for(1e6, 0.5) == Approx(1e6).epsilon(1e-5));
  // The least such number.
  for (const double mean : {0.5, 3.0, 23.3, 400.0}) {
    for (const double level : {0.5, 0.9, 0.99, 0.999999}) {
      double below = 0;
      std::int64_t k = 0;
      for (;; ++k) {
        below += core::poisson_mass(k, mean);
        if (below >= level) break;
      }
      CHECK(spares_for(mean, level) == k);
    }
  }
}

TEST_CASE("what works on average is the sum over what may be healthy") {
  for (const std::int64_t installed : {1, 2, 7, 100, 3'000}) {
    for (const double share : {0.0, 0.01, 0.1, 0.5, 0.9}) {
      const auto target = installed - static_cast<std::int64_t>(share * static_cast<double>(installed));
      for (const double availability : {0.01, 0.5, 0.9, 0.99925, 1 - 1e-9, 1.0}) {
        CAPTURE(installed, target, availability);
        CHECK(expected_working(installed, target, availability) ==
              Approx(by_sum(installed, target, availability)).epsilon(1e-11));
      }
    }
  }
}

TEST_CASE("very large fleets work as their normal limit") {
  // Standard deviations of 1e4 and a little more: the sum and the normal law meet.
  const std::int64_t installed = 1'000'000'000;
  for (const std::int64_t spares : {90'000'000, 99'990'000, 100'000'000, 100'010'000}) {
    const double by_terms = expected_working(installed, installed - spares, 1 - 0.1);
    const double by_normal = expected_working(installed + 300'000'000, installed + 300'000'000 - spares, 1 - 0.1 / 1.3);
    CHECK(by_terms == Approx(by_normal - 3e8).epsilon(1e-6));
  }
  // As many spares as are down on average: the target less phi(0) = 0.398942 of a standard deviation of 5e4.
  CHECK(expected_working(10'000'000'000, 5'000'000'000, 0.5) == Approx(5e9 - 19'947.114).epsilon(1e-12));
  // One standard deviation more: less phi(1) - Phi(-1) = 0.0833155 of it.
  CHECK(expected_working(10'000'000'000, 4'999'950'000, 0.5) == Approx(4'999'950'000 - 4'165.775).epsilon(1e-12));
  CHECK(expected_working(1'000'000'000'000, 990'000'000'000, 0.5) == Approx(5e11).epsilon(1e-12));
  CHECK(expected_working(1'000'000'000'000, 400'000'000'000, 0.5) == Approx(4e11).epsilon(1e-12));
}
