#include <algorithm>
#include <cmath>
#include <limits>

#include "models/failure/failure.hpp"
#include "models/failure/hazard_steps.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/core/random/samplers.hpp"

namespace fleetrace::models {
namespace {

double power(double base, double exponent) { return exponent == 1 ? base : core::pow(base, exponent); }

double cumulative_hazard(const LifeLaw& law, double x) {
  if (law.steps) return law.steps->cumulative(x);
  double sum = 0;
  for (std::size_t i = 0; i < law.count; ++i) sum += power(x / law.parts[i].scale, law.parts[i].shape);
  return sum;
}

double residual_of(const LifeLaw::Part& part, core::Stream& stream) {
  if (part.shape == 1) return core::exponential(stream, part.scale);
  const double share = stream.uniform();
  return share * part.scale * core::pow(core::gamma(stream, 1 + 1 / part.shape, 1), 1 / part.shape);
}

}  // namespace

void LifeLaw::add(double shape, double mean_of_part) {
  const double scale = shape == 1 ? mean_of_part : mean_of_part / core::exp(core::log_gamma(1 + 1 / shape));
  parts.at(count++) = {shape, scale, mean_of_part};
}

// With x = e^y the integrand e^y S(e^y) falls off at both ends and is analytic in a strip of half width pi/(2 shape),
// so that the trapezoidal rule converges exponentially, with an error of e^(-2 pi width/step).
//                                                               Trefethen and Weideman 2014, SIAM Review 56:385
void LifeLaw::resolve_mean() {
  if (steps) {
    mean = steps->mean();
    return;
  }
  mean = parts[0].mean;
  if (count == 1) return;
  double steepest = 1;
  double early = std::numeric_limits<double>::infinity();  // age up to which S is above 1/e
  for (std::size_t i = 0; i < count; ++i) {
    const Part& part = parts[i];
    steepest = std::max(steepest, part.shape);
    early = std::min(early, part.scale * core::pow(1.0 / static_cast<double>(count), 1 / part.shape));
  }
  const double step = 0.2 / steepest;
  const double begin = core::log(early) - 40;
  core::Sum sum;
  for (std::int64_t i = 0;; ++i) {
    const double x = core::exp(begin + static_cast<double>(i) * step);
    const double hazard = cumulative_hazard(*this, x);
    if (hazard > 700) break;
    sum.add(x * core::exp(-hazard));
  }
  mean = sum.value() * step;
}

double LifeLaw::survival(double x) const { return core::exp(-cumulative_hazard(*this, x)); }

LifeLaw LifeLaw::hurried(double factor) const {
  LifeLaw law = *this;
  law.mean /= factor;
  if (steps) law.steps = std::make_shared<const HazardSteps>(steps->hurried(factor));
  for (std::size_t i = 0; i < count; ++i) {
    law.parts[i].scale /= factor;
    law.parts[i].mean /= factor;
  }
  return law;
}

// Each part fails when its cumulative hazard has grown by an exponential variate.
double LifeLaw::draw_after(core::Stream& stream, double age) const {
  if (age == 0) return draw(stream);
  if (steps) return std::max(0.0, steps->age_at(steps->cumulative(age) + core::exponential(stream, 1)) - age);
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < count; ++i) {
    const Part& part = parts[i];
    const double more = core::exponential(stream, 1);
    if (part.shape == 1) {
      least = std::min(least, more * part.scale);
      continue;
    }
    const double hazard = core::pow(age / part.scale, part.shape);
    // age ((1 + more/hazard)^(1/shape) - 1), which does not cancel.
    const double growth = core::log1p(more / hazard) / part.shape;
    least = std::min(
        least, growth < 1 ? age * core::expm1(growth) : part.scale * core::pow(hazard + more, 1 / part.shape) - age);
  }
  return least;
}

double LifeLaw::draw(core::Stream& stream) const {
  if (is_memoryless()) return core::exponential(stream, parts[0].scale);
  if (steps) return steps->age_at(core::exponential(stream, 1));
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < count; ++i) {
    const Part& part = parts[i];
    least = std::min(
        least, part.shape == 1 ? core::exponential(stream, part.scale) : core::weibull(stream, part.shape, part.scale));
  }
  return least;
}

double LifeLaw::draw_residual(core::Stream& stream) const {
  if (steps) return steps->age_at_share(stream.uniform());
  std::size_t tightest = 0;
  for (std::size_t i = 1; i < count; ++i) tightest = parts[i].mean < parts[tightest].mean ? i : tightest;
  const Part& part = parts[tightest];
  for (;;) {
    const double x = residual_of(part, stream);
    if (count == 1) return x;
    const double others = cumulative_hazard(*this, x) - power(x / part.scale, part.shape);
    if (core::log(stream.uniform()) <= -others) return x;
  }
}

}  // namespace fleetrace::models
