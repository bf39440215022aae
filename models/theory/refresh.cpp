#include "models/theory/refresh.hpp"

#include <cmath>

#include "models/theory/require.hpp"
#include "models/theory/root.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

std::vector<double> chain(double eta, double first, int purchases) {
  std::vector<double> intervals{first};
  while (intervals.size() < static_cast<std::size_t>(purchases)) {
    intervals.push_back(core::integral_of_exp(-eta, intervals.back()));
  }
  return intervals;
}

}  // namespace

std::vector<double> refresh_intervals(double eta, double horizon, int purchases) {
  core::require(eta >= 0 && eta < kInfinity, "eta must be at least 0 and finite");
  require_horizon(horizon);
  core::require(purchases >= 1 && purchases <= 10'000, "the purchases must be between 1 and 10 000");
  const auto excess = [&](double first) {
    double sum = -horizon;
    for (const double interval : chain(eta, first, purchases)) sum += interval;
    return sum;
  };
  if (purchases == 1) return {horizon};
  // The first interval is the longest, so it lies between horizon / purchases and the horizon.
  return chain(eta, root_between(excess, horizon / purchases * (1 - 1e-12), horizon), purchases);
}

}  // namespace fleetrace::models::theory
