#include "models/hardware/releases.hpp"

#include <cmath>
#include <vector>

#include "sim/core/numeric/special.hpp"
#include "tests/oracle/race.hpp"

// Renewal theory (docs/derivations.md 2f): with S_n ~ Gamma(n k, D/k) the n-th release,
//   P(N(t) >= n) = P(n k, t k/D),  E N(t) = sum of these,  E J^N(t) = 1 + sum (J^n - J^(n-1)) P(N(t) >= n).
namespace fleetrace::test {
namespace {

using models::Cadence;

double at_least(const Cadence& law, int n, double t) {
  return n == 0 ? 1 : core::gamma_p(n * law.shape, t * law.shape / law.mean.years());
}

double exact_mean(const Cadence& law, double jump, double t) {
  double sum = 1;
  for (int n = 1; n < 400; ++n) sum += (std::pow(jump, n) - std::pow(jump, n - 1)) * at_least(law, n, t);
  return sum;
}

Cadence law(double years, double shape) { return {core::Duration::from_years(years), shape}; }

int releases_until(const Cadence& law, double years, std::uint32_t replication) {
  core::Duration at;
  for (std::uint64_t n = 1;; ++n) {
    at = at + models::release_interval(law, 20'260'101, replication, n);
    if (at.years() >= years) return static_cast<int>(n) - 1;
  }
}

}  // namespace

TEST_CASE("the mean of J^N grows at the rate that the jump is matched to") {
  // The remainder dies out like e^(-2 pi^2 ... t), so two dates far out give the rate to 1e-9.
  for (const double k : {1.0, 2.0, 8.0}) {
    for (const double jump : {1.3, 2.0, 3.0}) {
      CAPTURE(k, jump);
      const double growth = std::log(exact_mean(law(2, k), jump, 50) / exact_mean(law(2, k), jump, 40)) / 10;
      CHECK(models::mean_growth(law(2, k), jump) == Approx(growth).epsilon(1e-9));
    }
  }
  // k = 1 is exact at every date: E J^N = e^(lambda (J - 1) t).
  CHECK(exact_mean(law(2, 1), 2, 3) == Approx(std::exp(1.5)).epsilon(1e-12));
  CHECK(models::mean_growth(law(2, 1), 2) == Approx(0.5).epsilon(1e-14));
  // An ordinary renewal process of k = 2: E N(t) = t/D - 1/4 + e^(-4 t/D)/4.
  double count = 0;
  for (int n = 1; n < 100; ++n) count += at_least(law(2, 2), n, 3);
  CHECK(count == Approx(1.5 - 0.25 + 0.25 * std::exp(-6)).epsilon(1e-12));
}

// 40,000 replications of the pure function for each of 4 laws: one chi-square of the counts, one z of E J^N; 8 tests at
// |z| < 5.5 or p > 1e-7, false alarm 1e-6 in all. The last case shows that a cadence off by 2 % is caught.
TEST_CASE("counts of releases have their distribution, and J^N its mean") {
  const double years = 10;
  const int n = 40'000;
  const auto judged = [&](const Cadence& drawn, const Cadence& stated) {
    const double jump = 1.6;
    std::vector<double> observed(60);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; ++i) {
      const int count = releases_until(drawn, years, static_cast<std::uint32_t>(i));
      ++observed.at(static_cast<std::size_t>(count));
      sum += std::pow(jump, count);
      squares += std::pow(jump, 2 * count);
    }
    // Cells of at least 25 expected; the last takes the rest.
    double statistic = 0;
    int cells = 0;
    double seen = 0;
    double expected = 0;
    for (int count = 0; count < 60; ++count) {
      seen += observed[static_cast<std::size_t>(count)];
      expected += n * (at_least(stated, count, years) - at_least(stated, count + 1, years));
      const double rest = n * at_least(stated, count + 1, years);
      if (expected < 25 || (rest < 25 && count < 59)) continue;
      statistic += (seen - expected) * (seen - expected) / expected;
      ++cells;
      seen = expected = 0;
    }
    const double mean = sum / n;
    const double error = std::sqrt((squares / n - mean * mean) / n);
    return std::pair(core::gamma_q((cells - 1) / 2.0, statistic / 2), (mean - exact_mean(stated, jump, years)) / error);
  };
  for (const double k : {1.0, 2.0, 8.0, 40.0}) {
    const auto [p, z] = judged(law(2, k), law(2, k));
    CAPTURE(k, p, z);
    CHECK(p > 1e-7);
    CHECK(std::fabs(z) < 5.5);
  }
  const auto [p, z] = judged(law(2, 8), law(2.04, 8));
  CAPTURE(p, z);
  CHECK((p < 1e-7 || std::fabs(z) > 5.5));
}

}  // namespace fleetrace::test
