#include <algorithm>
#include <cmath>
#include <limits>

#include "models/failure/job.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// -ln(1 - y) - y, by its series where y is small and the difference would cancel.
double excess_of_log(double y) {
  if (y > 0.1) return -core::log1p(-y) - y;
  double sum = 0;
  for (int k = 18; k >= 2; --k) sum = sum * y + 1.0 / k;
  return sum * y * y;
}

}  // namespace

double goodput(double interval, double checkpoint, double restart, double mtbf) {
  if (std::isinf(mtbf)) return std::isinf(interval) ? 1 : interval / (interval + checkpoint);
  return interval / (mtbf * core::expm1((interval + checkpoint) / mtbf)) * core::exp(-restart / mtbf);
}

// y = 1 + W0(-e^(-1 - eps)) solves -ln(1 - y) - y = eps, a form that keeps all digits where eps is small and W0 is near
// its branch point. Newton's method starts from the first terms of the series of y.
double optimal_interval(double checkpoint, double mtbf) {
  if (std::isinf(mtbf)) return kInfinity;
  const double eps = checkpoint / mtbf;
  const double s = std::sqrt(2 * eps);
  double y = s < 1 ? s * (1 - s * (1.0 / 3 - s / 36)) : -core::expm1(-1 - eps);
  for (int i = 0; i < 60 && y < 1; ++i) {
    const double step = (excess_of_log(y) - eps) * (1 - y) / y;
    y -= step;
    if (!(std::fabs(step) > 4e-16 * y)) break;
  }
  return mtbf * y;
}

double young_interval(double checkpoint, double mtbf) { return std::sqrt(2 * checkpoint * mtbf); }

double daly_interval(double checkpoint, double mtbf) {
  if (checkpoint >= 2 * mtbf) return mtbf;
  if (std::isinf(mtbf)) return kInfinity;
  return young_interval(checkpoint, mtbf) * (1 + std::sqrt(checkpoint / (2 * mtbf)) / 3 + checkpoint / (18 * mtbf)) -
         checkpoint;
}

double best_job_size(double checkpoint, double mtbf) { return 2 * mtbf / (9 * checkpoint); }

double JobLaw::job_mtbf(double accelerators) const {
  const double together = size > 0 ? std::min(size, accelerators) : accelerators;
  if (!(together > 0)) return kInfinity;
  return outages_per_ms > 0 ? 1 / (together / mtbf + outages_per_ms) : mtbf / together;
}

double JobLaw::interval(double accelerators) const {
  switch (rule) {
    case Interval::optimal: return optimal_interval(checkpoint, job_mtbf(accelerators));
    case Interval::young: return young_interval(checkpoint, job_mtbf(accelerators));
    case Interval::daly: return daly_interval(checkpoint, job_mtbf(accelerators));
    case Interval::fixed: break;
  }
  return fixed_interval;
}

double JobLaw::expected_goodput(double accelerators) const {
  return goodput(interval(accelerators), checkpoint, restart, job_mtbf(accelerators));
}

}  // namespace fleetrace::models
