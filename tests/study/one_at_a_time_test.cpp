#include "sim/study/sensitivity/one_at_a_time.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/random/samplers.hpp"

namespace {

using namespace fleetrace;
using study::break_evens;
using study::tornado;
using Row = std::span<const double>;

double score(double u) { return core::inverse_normal_cdf(u); }

}  // namespace

TEST_CASE("a tornado orders inputs by what they do alone") {
  const study::Tornado found = tornado(4, [](Row u) { return 10 + u[0] - 4 * u[1] + u[2] * 0 + u[3] * u[0]; });
  CHECK(found.at_medians == 10 + 0.5 - 2 + 0.25);
  REQUIRE(found.bars.size() == 4);
  CHECK(found.bars[0].input == 1);
  CHECK(found.bars[0].at_low == Approx(10 + 0.5 - 0.2 + 0.25));
  CHECK(found.bars[0].at_high == Approx(10 + 0.5 - 3.8 + 0.25));
  CHECK(found.bars[0].width() == Approx(3.6));
  CHECK(found.bars[1].input == 0);
  CHECK(found.bars[1].width() == Approx(0.9 * 1.5));
  CHECK(found.bars[2].input == 3);
  CHECK(found.bars[3].input == 2);
  CHECK(found.bars[3].width() == 0);
}

TEST_CASE("a tornado takes infinite results, equal bars stay in order") {
  const double infinity = std::numeric_limits<double>::infinity();
  const study::Tornado found = tornado(
      3, [infinity](Row u) { return u[2] > 0.9 ? infinity : u[0] + u[1]; }, 0.1, 0.95);
  CHECK(found.bars[0].input == 2);
  CHECK(std::isinf(found.bars[0].width()));
  CHECK(found.bars[1].input == 0);
  CHECK(found.bars[2].input == 1);
  CHECK(tornado(1, [infinity](Row) { return infinity; }).bars[0].width() == 0);
  CHECK(tornado(0, [](Row) { return 3; }).bars.empty());
}

TEST_CASE("break-evens are the roots, all of them and in order") {
  const auto cubic = [](Row u) { return (score(u[1]) + 1) * (score(u[1]) - 0.5) * (score(u[1]) - 2) + score(u[0]); };
  const std::vector<double> found = break_evens(2, 1, cubic);
  REQUIRE(found.size() == 3);
  CHECK(score(found[0]) == Approx(-1).epsilon(1e-11));
  CHECK(score(found[1]) == Approx(0.5).epsilon(1e-11));
  CHECK(score(found[2]) == Approx(2).epsilon(1e-11));
  // Its only root at the median of the other.
  CHECK(break_evens(2, 0, [](Row u) { return u[0] - 0.25 + (u[1] - 0.5); })[0] == Approx(0.25).epsilon(1e-11));
}

TEST_CASE("no change of sign is no break-even") {
  CHECK(break_evens(1, 0, [](Row u) { return 1 + u[0]; }).empty());
  CHECK(break_evens(1, 0, [](Row) { return 0; }).empty());
  CHECK(break_evens(1, 0, [](Row u) { return std::pow(score(u[0]), 2); }).empty());
  CHECK(break_evens(1, 0, [](Row u) { return u[0] < 0.4 || u[0] > 0.6 ? 1 : 0; }).empty());
  CHECK(break_evens(1, 0, [](Row u) { return std::max(0.0, u[0] - 0.5); }).empty());
  // Beyond the quantiles that are looked at.
  CHECK(break_evens(1, 0, [](Row u) { return u[0] - 0.9995; }).empty());
  CHECK(break_evens(1, 0, [](Row u) { return u[0] - 0.9995; }, {.high = 0.9999}).size() == 1);
}

TEST_CASE("a jump counts, and of a stretch of ties the beginning") {
  const auto jump = [](Row u) { return u[0] < 0.3 ? -2.0 : std::numeric_limits<double>::infinity(); };
  REQUIRE(break_evens(1, 0, jump).size() == 1);
  CHECK(break_evens(1, 0, jump)[0] == Approx(0.3).epsilon(1e-11));
  const auto ties = [](Row u) { return u[0] < 0.2 ? 1 : u[0] < 0.6 ? 0 : -1; };
  REQUIRE(break_evens(1, 0, ties).size() == 1);
  CHECK(break_evens(1, 0, ties)[0] == Approx(0.2).epsilon(1e-11));
  const auto at_once = [](Row u) { return u[0] < 0.2 ? 0.0 : u[0] - 0.7; };
  REQUIRE(break_evens(1, 0, at_once).size() == 1);
  CHECK(break_evens(1, 0, at_once)[0] == Approx(0.7).epsilon(1e-11));
}

// Front-loaded against uniform spending over H years without algorithmic progress: their compute stands as x^2 to
// e^x - 1 - x, x = H ln2 / doubling time; equal at x = 1.7932821.
TEST_CASE("the price-performance doubling at which the hare breaks even") {
  constexpr double kHorizon = 5.36;
  const auto law = [](double u) { return core::lognormal_quantile(u, 2.07, 0.3); };
  const auto lead = [law](Row u) {
    const double x = kHorizon * core::kLn2 / law(u[0]);
    return core::log(x * x / (core::exp(x) - 1 - x));
  };
  const std::vector<double> found = break_evens(1, 0, lead);
  REQUIRE(found.size() == 1);
  CHECK(law(found[0]) == Approx(kHorizon * core::kLn2 / 1.7932821).epsilon(1e-7));
}

TEST_CASE("one at a time refuses what is no number and no place") {
  const auto nan = [](Row u) { return u[0] > 0.9 ? std::nan("") : 1; };
  CHECK_THROWS_AS(tornado(1, nan), std::invalid_argument);
  CHECK_THROWS_AS(break_evens(1, 0, nan), std::invalid_argument);
  const auto one = [](Row) { return 1; };
  CHECK_THROWS_AS(tornado(1, one, 0.6, 0.9), std::invalid_argument);
  CHECK_THROWS_AS(tornado(1, one, 0, 0.9), std::invalid_argument);
  CHECK_THROWS_AS(break_evens(1, 1, one), std::invalid_argument);
  CHECK_THROWS_AS(break_evens(1, 0, one, {.low = 0}), std::invalid_argument);
  CHECK_THROWS_AS(break_evens(1, 0, one, {.low = 0.5, .high = 0.4}), std::invalid_argument);
  CHECK_THROWS_AS(break_evens(1, 0, one, {.cells = 0}), std::invalid_argument);
}
