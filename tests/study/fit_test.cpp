#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "sim/core/numeric/math.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/study/fit/least_squares.hpp"
#include "sim/study/fit/lives.hpp"
#include "sim/study/fit/logistic.hpp"
#include "sim/study/fit/positive.hpp"
#include "sim/study/fit/scaling.hpp"

// Fits recover the constants that data were drawn with, and their intervals cover them as often as they say. A share of n
// repetitions may lie four standard deviations from the stated one: a false alarm has a probability of 6e-5 an interval.
namespace fleetrace::study {
namespace {

constexpr double kConfidence = 0.9;

core::Stream stream_of(std::size_t repetition) {
  return core::Stream(7, static_cast<std::uint32_t>(repetition), core::Purpose::study);
}

/// How often the interval that `covers` makes of a stream holds the truth.
double coverage(std::size_t repetitions, const std::function<Interval(core::Stream&)>& interval, double truth) {
  std::size_t hits = 0;
  for (std::size_t i = 0; i < repetitions; ++i) {
    core::Stream stream = stream_of(i);
    const Interval ends = interval(stream);
    hits += ends.low <= truth && truth <= ends.high ? 1 : 0;
  }
  return static_cast<double>(hits) / static_cast<double>(repetitions);
}

double four_sigma(std::size_t repetitions) {
  return 4 * std::sqrt(kConfidence * (1 - kConfidence) / static_cast<double>(repetitions));
}

std::vector<WatchedLives> weibull_lives(core::Stream& stream, std::size_t count, double shape, double scale,
                                        double until) {
  std::vector<WatchedLives> lives;
  for (std::size_t i = 0; i < count; ++i) {
    const double life = core::weibull(stream, shape, scale);
    // Every third life is first seen at an age, if it lasts until then.
    const double from = i % 3 == 0 ? 0.2 : 0;
    if (life <= from) continue;
    const double to = std::min(life, until);
    lives.push_back({from, to, life < until ? 1.0 : 0.0, to - from});
  }
  return lives;
}

std::vector<TrainedModel> chinchilla_runs(core::Stream& stream, double scatter) {
  const models::Chinchilla law = models::kBesiroglu;
  std::vector<TrainedModel> runs;
  for (double n = 5e7; n < 2e10; n *= 2.5) {
    for (double ratio = 3; ratio < 400; ratio *= 2.2) {
      const double tokens = n * ratio;
      runs.push_back({n, tokens, tokens, law.loss(n, tokens) * core::lognormal(stream, 1, scatter)});
    }
  }
  return runs;
}

}  // namespace

TEST_CASE("a line of four points by hand") {
  const std::vector<double> x = {0, 1, 2, 3};
  const std::vector<double> y = {1, 2, 4, 5};
  const Line line = fit_line(x, y);
  CHECK(line.slope == Approx(1.4));
  CHECK(line.at(0) == Approx(0.9));
  CHECK(line.scatter == Approx(std::sqrt(0.2 / 2)));
  // t of 0.975 with two degrees of freedom is 4.302653; the slope's error is sqrt(0.1 / 5).
  CHECK(line.slope_interval(0.95).high == Approx(1.4 + 4.302653 * std::sqrt(0.02)).epsilon(1e-6));
  CHECK(line.prediction_at(1.5, 0.95).high == Approx(3 + 4.302653 * std::sqrt(0.1 + 0.1 / 4)).epsilon(1e-6));
  CHECK(line.correlation_at(1.5) == Approx(0).margin(1e-12));
  // With three times the slope's error: nothing changes at the center; one and a half from it 0.1 + 0.1/4 + 9 x 0.02 x 1.5^2.
  CHECK(line.slope_interval(0.95, 3).high == Approx(1.4 + 3 * 4.302653 * std::sqrt(0.02)).epsilon(1e-6));
  CHECK(line.prediction_at(1.5, 0.95, 3).high == Approx(line.prediction_at(1.5, 0.95).high).epsilon(1e-14));
  CHECK(line.prediction_at(3, 0.95, 3).high == Approx(5.1 + 4.302653 * std::sqrt(0.125 + 0.405)).epsilon(1e-6));
}

TEST_CASE("intervals of slopes and predictions cover, 2,000 repetitions") {
  const std::vector<double> x = {0, 0.5, 1.2, 2, 3, 3.5, 5};
  const auto drawn = [&](core::Stream& stream) {
    std::vector<double> y;
    for (const double each : x) y.push_back(1 + 0.3 * each + core::normal(stream, 0, 0.4));
    return fit_line(x, y);
  };
  const auto slope = [&](core::Stream& stream) { return drawn(stream).slope_interval(kConfidence); };
  CHECK(coverage(2000, slope, 0.3) == Approx(kConfidence).margin(four_sigma(2000)));
  std::size_t hits = 0;
  for (std::size_t i = 0; i < 2000; ++i) {
    core::Stream stream = stream_of(i);
    const Interval ends = drawn(stream).prediction_at(7, kConfidence);
    const double next = 1 + 0.3 * 7 + core::normal(stream, 0, 0.4);
    hits += ends.low <= next && next <= ends.high ? 1 : 0;
  }
  CHECK(static_cast<double>(hits) / 2000 == Approx(kConfidence).margin(four_sigma(2000)));
}

TEST_CASE("intervals of failure rates cover at least as often as they say, 2,000 repetitions") {
  const auto rate = [](core::Stream& stream) {
    return failure_rate(static_cast<double>(core::poisson(stream, 0.05 * 200)), 200, kConfidence).interval;
  };
  const double covered = coverage(2000, rate, 0.05);
  CHECK(covered >= kConfidence - four_sigma(2000));
  CHECK(covered <= 0.97);  // discrete deaths make the exact interval wider than it says, and no wider than this
  // Three of ten years without a death: the upper end is -ln(0.05)/10.
  CHECK(failure_rate(0, 10, kConfidence).interval.high == Approx(-std::log(0.05) / 10));
}

TEST_CASE("intervals of lognormal and Gamma laws cover") {
  const auto draw = [](core::Stream& stream, std::size_t n, const auto& one) {
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) values.push_back(one(stream));
    return values;
  };
  const auto lognormal = [](core::Stream& stream) { return core::lognormal(stream, 3, 0.8); };
  const auto gamma = [](core::Stream& stream) { return core::gamma(stream, 6, 0.5); };
  const double margin = four_sigma(2000);
  const auto of_lognormal = [&](Estimated LognormalFit::*which) {
    return
        [=](core::Stream& stream) { return (fit_lognormal(draw(stream, 12, lognormal), kConfidence).*which).interval; };
  };
  CHECK(coverage(2000, of_lognormal(&LognormalFit::median), 3) == Approx(kConfidence).margin(margin));
  CHECK(coverage(2000, of_lognormal(&LognormalFit::sigma), 0.8) == Approx(kConfidence).margin(margin));
  // Cox's interval of the mean and profile likelihood are good approximations, whose own error is within the margin of fewer draws.
  CHECK(coverage(400, of_lognormal(&LognormalFit::mean), 3 * std::exp(0.32)) ==
        Approx(kConfidence).margin(four_sigma(400)));
  const auto of_gamma = [&](Estimated GammaFit::*which) {
    return [=](core::Stream& stream) { return (fit_gamma(draw(stream, 30, gamma), kConfidence).*which).interval; };
  };
  CHECK(coverage(400, of_gamma(&GammaFit::mean), 3) == Approx(kConfidence).margin(four_sigma(400)));
  CHECK(coverage(400, of_gamma(&GammaFit::shape), 6) == Approx(kConfidence).margin(four_sigma(400)));
}

TEST_CASE("Weibull lives, censored and truncated: the law is found, and its intervals cover") {
  core::Stream many = stream_of(0);
  const WeibullFit whole = fit_weibull(weibull_lives(many, 4000, 1.7, 3, 4), 0.95);
  CHECK(whole.shape.value == Approx(1.7).epsilon(0.06));
  CHECK(whole.scale.value == Approx(3).epsilon(0.04));
  CHECK(whole.mean.value == Approx(whole.scale.value * std::tgamma(1 + 1 / whole.shape.value)));
  const auto interval = [](Estimated WeibullFit::*which) {
    return [=](core::Stream& stream) {
      return (fit_weibull(weibull_lives(stream, 40, 1.7, 3, 3), kConfidence).*which).interval;
    };
  };
  CHECK(coverage(100, interval(&WeibullFit::shape), 1.7) == Approx(kConfidence).margin(four_sigma(100)));
  CHECK(coverage(100, interval(&WeibullFit::mean), 3 * std::tgamma(1 + 1 / 1.7)) ==
        Approx(kConfidence).margin(four_sigma(100)));
}

TEST_CASE("with shape 1 lives that all ended are exponential, and a life table says what its lives say") {
  // -ln L = n ln m + sum/m has its minimum at the mean, whatever the shape's own maximum.
  std::vector<WatchedLives> lives;
  for (int i = 1; i <= 400; ++i) {
    const double age = -std::log(1 - (i - 0.5) / 400);
    lives.push_back({0, age, 1, age});
  }
  const WeibullFit single = fit_weibull(lives, 0.95);
  CHECK(single.shape.value == Approx(1).epsilon(0.02));
  std::vector<WatchedLives> table;
  for (double from = 0; from < 8; from += 0.1) {
    WatchedLives row{from, from + 0.1, 0, 0, true};
    for (const WatchedLives& each : lives) {
      row.time += std::max(0.0, std::min(each.to, row.to) - row.from);
      row.deaths += each.to > row.from && each.to <= row.to ? 1 : 0;
    }
    if (row.time > 0) table.push_back(row);
  }
  const WeibullFit grouped = fit_weibull(table, 0.95);
  CHECK(grouped.shape.value == Approx(single.shape.value).epsilon(0.01));
  CHECK(grouped.mean.value == Approx(single.mean.value).epsilon(0.005));
}

TEST_CASE("steps of a hazard are deaths over time at risk in each") {
  const std::vector<WatchedLives> lives = {{0, 0.5, 1, 0.5}, {0, 1.5, 0, 1.5}, {0.25, 2, 1, 1.75}};
  const std::vector<HazardStep> steps = fit_steps(lives, {0, 1}, 0.9);
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].deaths == 1);
  CHECK(steps[0].time == Approx(0.5 + 1 + 0.75));
  CHECK(steps[1].deaths == 1);
  CHECK(steps[1].time == Approx(0.5 + 1));
  CHECK(steps[1].rate.value == Approx(1 / 1.5));
}

TEST_CASE("a logistic curve is found, its ceiling is bounded where the data bend and not where they do not") {
  const auto curve = [](double t, double ceiling) {
    return 2 * ceiling / (1 + (ceiling - 1) * std::exp(-0.9 * (t - 4)));
  };
  std::vector<double> t;
  for (double each = 0; each <= 10; each += 0.5) t.push_back(each);
  const auto drawn = [&](core::Stream& stream, double ceiling, double scatter) {
    std::vector<double> y;
    for (const double each : t) y.push_back(curve(each, ceiling) * core::lognormal(stream, 1, scatter));
    return fit_logistic(t, y, 4, kConfidence);
  };
  core::Stream quiet = stream_of(0);
  const LogisticFit exact = drawn(quiet, 20, 0);
  REQUIRE(exact.converged);
  CHECK(exact.ceiling.value == Approx(20).epsilon(1e-6));
  CHECK(exact.rate.value == Approx(0.9).epsilon(1e-6));
  CHECK(exact.level.value == Approx(2).epsilon(1e-6));
  const auto ceiling = [&](core::Stream& stream) { return drawn(stream, 20, 0.1).ceiling.interval; };
  CHECK(coverage(60, ceiling, 20) == Approx(kConfidence).margin(four_sigma(60)));
  core::Stream open = stream_of(1);
  CHECK(std::isinf(drawn(open, 1e9, 0.05).ceiling.interval.high));
}

TEST_CASE(
    "Chinchilla's law is found without scatter, and within its errors with it, the same for any number of threads") {
  const std::atomic<bool> stop = false;
  core::Stream quiet = stream_of(0);
  const auto exact = fit_chinchilla(chinchilla_runs(quiet, 0), {20, 1, 1}, stop);
  REQUIRE(exact);
  const models::Chinchilla law = chinchilla_of(exact->value);
  CHECK(law.floor == Approx(models::kBesiroglu.floor).epsilon(1e-4));
  CHECK(law.alpha == Approx(models::kBesiroglu.alpha).epsilon(1e-3));
  CHECK(law.beta == Approx(models::kBesiroglu.beta).epsilon(1e-3));
  core::Stream noisy = stream_of(1);
  const std::vector<TrainedModel> runs = chinchilla_runs(noisy, 0.01);
  const auto one = fit_chinchilla(runs, {20, 1, 1}, stop);
  const auto four = fit_chinchilla(runs, {20, 1, 4}, stop);
  REQUIRE((one && four));
  CHECK(one->value == four->value);
  CHECK(one->error == four->error);
  CHECK(one->correlation == four->correlation);
  CHECK(std::fabs(one->value[3] - models::kBesiroglu.alpha) < 4 * one->error[3]);
  CHECK(std::fabs(one->value[4] - models::kBesiroglu.beta) < 4 * one->error[4]);
  const std::atomic<bool> stopped = true;
  CHECK_FALSE(fit_chinchilla(runs, {20, 1, 1}, stopped));
}

TEST_CASE("repetition of data is found beside the law of fresh data") {
  const models::RepeatedData law{models::kBesiroglu, 15, 5};
  core::Stream stream = stream_of(2);
  std::vector<TrainedModel> runs = chinchilla_runs(stream, 0.001);
  for (double n = 1e8; n < 1e10; n *= 3) {
    for (const double epochs : {2.0, 5.0, 12.0, 40.0}) {
      const double unique = 4 * n;
      runs.push_back(
          {n, unique * epochs, unique, law.loss(n, unique * epochs, unique) * core::lognormal(stream, 1, 0.001)});
    }
  }
  const std::atomic<bool> stop = false;
  const auto found = fit_repeated(runs, {20, 1, 1}, stop);
  REQUIRE(found);
  CHECK(core::exp(found->value[5]) == Approx(15).epsilon(0.15));
  CHECK(core::exp(found->value[6]) == Approx(5).epsilon(0.3));
}

}  // namespace fleetrace::study
