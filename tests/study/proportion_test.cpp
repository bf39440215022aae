#include "sim/study/proportion.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/core/numeric/special.hpp"

namespace {

using fleetrace::study::clopper_pearson;
using fleetrace::study::Interval;
using fleetrace::study::Ranks;
using fleetrace::study::wilson;

/// How probable it is that the interval from n trials holds their true chance p: summed over all outcomes, exactly.
template <class IntervalOf>
double coverage(std::size_t n, double p, IntervalOf interval_of) {
  double sum = 0;
  for (std::size_t k = 0; k <= n; ++k) {
    if (interval_of(k).contains(p))
      sum += fleetrace::core::binomial_mass(static_cast<std::int64_t>(k), static_cast<std::int64_t>(n), p);
  }
  return sum;
}

}  // namespace

// Where none or all succeed, the ends are closed forms: (1 - p)^n is half of 5 %. 8 of 10: R 4.2, binom.test(8, 10).
TEST_CASE("the exact interval of a share is that of Clopper and Pearson", "[study]") {
  const Interval none = clopper_pearson(0, 20, 0.95);
  CHECK(none.low == 0);
  CHECK(none.high == Approx(1 - std::pow(0.025, 1.0 / 20)).epsilon(1e-12));
  const Interval all = clopper_pearson(20, 20, 0.95);
  CHECK(all.low == Approx(std::pow(0.025, 1.0 / 20)).epsilon(1e-12));
  CHECK(all.high == 1);
  const Interval most = clopper_pearson(8, 10, 0.95);
  CHECK(most.low == Approx(0.4439045).epsilon(1e-6));
  CHECK(most.high == Approx(0.9747893).epsilon(1e-6));
  const Interval few = clopper_pearson(2, 10, 0.95);
  CHECK(few.low == Approx(1 - most.high).epsilon(1e-9));  // failures are successes of the opposite
  CHECK(few.high == Approx(1 - most.low).epsilon(1e-9));
  const Interval large = clopper_pearson(30'000, 100'000, 0.95);
  CHECK(large.half_width() == Approx(1.96 * std::sqrt(0.21 / 1e5)).epsilon(0.01));
}

TEST_CASE("the exact interval covers every probability, and Wilson's does on average", "[study]") {
  std::vector<Interval> exact;
  for (std::size_t k = 0; k <= 50; ++k) exact.push_back(clopper_pearson(k, 50, 0.95));
  double sum = 0;
  int count = 0;
  for (int i = 1; i < 200; ++i) {
    const double p = i / 200.0;
    INFO(p);
    CHECK(coverage(50, p, [&exact](std::size_t k) { return exact[k]; }) >= 0.95 - 1e-9);
    const double found = coverage(50, p, [](std::size_t k) { return wilson(static_cast<double>(k) / 50, 50, 0.95); });
    CHECK(found > 0.82);
    sum += found;
    ++count;
  }
  CHECK(sum / count == Approx(0.95).margin(0.005));
}

// 8 of 10 by hand, z = 1.959964: (0.8 + z^2/20 +- z sqrt(0.016 + z^2/400))/(1 + z^2/10).
TEST_CASE("Wilson's interval by hand, also of a share that ties split", "[study]") {
  const Interval found = wilson(0.8, 10, 0.95);
  CHECK(found.low == Approx(0.4901625).epsilon(1e-6));
  CHECK(found.high == Approx(0.9433178).epsilon(1e-6));
  CHECK(wilson(0, 10, 0.95).low == 0);
  CHECK(wilson(0, 10, 0.95).high == Approx(3.841459 / (10 + 3.841459)).epsilon(1e-6));
  const Interval split = wilson(0.55, 10, 0.95);
  CHECK((split.low > wilson(0.5, 10, 0.95).low && split.high < wilson(0.6, 10, 0.95).high));
}

TEST_CASE("ranks are those whose intervals hold the probability", "[study]") {
  for (const std::size_t n : {10U, 60U, 400U}) {
    for (const double p : {0.1, 0.5, 0.9}) {
      INFO(n << " replications, " << p);
      const Ranks ranks = fleetrace::study::ranks_of(p, n, 0.95);
      CHECK(ranks.answer == static_cast<std::size_t>(std::ceil(p * static_cast<double>(n) - 1e-9)));
      for (std::size_t k = 0; k <= n; ++k) {
        const bool holds = clopper_pearson(k, n, 0.95).contains(p);
        CHECK(holds == (k >= ranks.low && (!ranks.high || k < *ranks.high)));
      }
    }
  }
  // 0.9^n < 0.025 from 36 on.
  CHECK(fleetrace::study::least_trials(0.9, 0.95) == 36);
  CHECK_FALSE(fleetrace::study::ranks_of(0.9, 35, 0.95).high);
  CHECK(fleetrace::study::ranks_of(0.9, 36, 0.95).high == std::optional<std::size_t>(36));
}
