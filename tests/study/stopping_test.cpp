#include "sim/study/compare/stopping.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string_view>

#include "sim/core/numeric/student.hpp"
#include "sim/core/random/samplers.hpp"

namespace {

using namespace fleetrace;
using study::HalfWidthRule;
using study::SequentialMean;

constexpr int kMacroReplications = 2000;

using Draw = std::function<double(core::Stream&)>;

struct Covered {
  double share = 0;
  double mean_n = 0;
};

/// How often the interval at the stop holds the truth. With a fixed number of values where one is given.
Covered covered(std::string_view name, const Draw& draw, double truth, const HalfWidthRule& rule,
                std::size_t fixed = 0) {
  Covered result;
  for (int macro = 0; macro < kMacroReplications; ++macro) {
    core::Stream stream(11, static_cast<std::uint32_t>(macro), core::Purpose::study, core::Entity::named(name));
    SequentialMean mean(rule);
    while (fixed == 0 ? !mean.done() : mean.n() < fixed) mean.add(draw(stream));
    if (std::fabs(mean.mean() - truth) <= mean.half_width()) result.share += 1.0 / kMacroReplications;
    result.mean_n += static_cast<double>(mean.n()) / kMacroReplications;
  }
  return result;
}

}  // namespace

// A share of 0.95 has a standard error of 0.0049: the band is three of them, and false alarm 0.2 % for each of three.
TEST_CASE("Student's intervals of a fixed number of values cover as stated") {
  const Draw normal = [](core::Stream& stream) { return core::normal(stream, 3, 2); };
  for (const std::size_t n : {2U, 10U, 50U}) {
    const Covered result = covered("fixed", normal, 3, {.absolute = 1}, n);
    CAPTURE(n, result.share);
    CHECK(result.share >= 0.935);
    CHECK(result.share <= 0.965);
  }
}

// True coverage of these cases is about 0.945, three standard errors (0.005) above the limit: false alarm 0.2 % each.
TEST_CASE("sequential intervals cover with 93 percent or more, and are as narrow as was asked for") {
  const Draw normal = [](core::Stream& stream) { return core::normal(stream, 2, 1); };
  const Draw paired = [](core::Stream& stream) {
    const double common = core::normal(stream, 5, 3);
    return (common + core::normal(stream, 0, 1)) - (0.9 * common + core::normal(stream, 0, 1));
  };
  const Covered absolute = covered("absolute", normal, 2, {.absolute = 0.2});
  const Covered relative = covered("relative", normal, 2, {.relative = 0.1});
  const Covered narrow = covered("narrow", normal, 2, {.absolute = 0.05});
  const Covered difference = covered("difference", paired, 0.5, {.absolute = 0.25});
  CAPTURE(absolute.share, relative.share, narrow.share, difference.share);
  for (const Covered& result : {absolute, relative, narrow, difference}) CHECK(result.share >= 0.93);
  // (1.96 sd / half-width)^2, and a little more for the unknown sd.
  CHECK(absolute.mean_n == Approx(96).margin(5));
  CHECK(relative.mean_n == Approx(96).margin(5));
  CHECK(narrow.mean_n == Approx(1537).epsilon(0.01));
  CHECK(difference.mean_n == Approx(129).margin(5));
}

TEST_CASE("mean, standard deviation and half-width by hand") {
  SequentialMean mean({.absolute = 1});
  CHECK(mean.mean() == 0);
  CHECK(std::isinf(mean.half_width()));
  for (const double value : {1e9 + 2, 1e9 + 4, 1e9 + 4, 1e9 + 4, 1e9 + 5, 1e9 + 5, 1e9 + 7, 1e9 + 9}) mean.add(value);
  CHECK(mean.n() == 8);
  CHECK(mean.mean() == 1e9 + 5);
  CHECK(mean.sd() == Approx(std::sqrt(32.0 / 7)).epsilon(1e-12));
  CHECK(mean.half_width() == Approx(2.3646242515927853 * std::sqrt(32.0 / 7 / 8)).epsilon(1e-12));
}

TEST_CASE("the rule waits for its first values, even where nothing varies") {
  SequentialMean mean({.relative = 0.01});
  for (int i = 0; i < 29; ++i) {
    mean.add(0.1);
    CHECK_FALSE(mean.done());
  }
  mean.add(0.1);
  CHECK(mean.done());
  CHECK(mean.half_width() == 0);
}

TEST_CASE("stopping refuses rules that never or always hold") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(SequentialMean({}), std::invalid_argument);
  CHECK_THROWS_AS(SequentialMean({.absolute = -1, .relative = 1}), std::invalid_argument);
  CHECK_THROWS_AS(SequentialMean({.absolute = nan}), std::invalid_argument);
  CHECK_THROWS_AS(SequentialMean({.absolute = 1, .confidence = 1}), std::invalid_argument);
  CHECK_THROWS_AS(SequentialMean({.absolute = 1, .first = 29}), std::invalid_argument);
  CHECK_THROWS_AS(SequentialMean({.absolute = 1}).add(nan), std::invalid_argument);
}
