#include <algorithm>
#include <cmath>

#include "models/throughput/throughput.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {

double ring_all_reduce(double n, double bytes, double bandwidth, double latency) {
  return 2 * (n - 1) / n * bytes / bandwidth + 2 * (n - 1) * latency;
}

double tree_all_reduce(double n, double bytes, double bandwidth, double latency) {
  return n <= 1 ? 0 : 2 * core::log2(n) * latency + 2 * bytes / bandwidth;
}

double mfu_at_scale(double mfu, double at, double exponent, double most, double accelerators) {
  return std::min(most, mfu * core::pow(accelerators / at, -exponent));
}

double batch_efficiency(double batch, double critical) { return 1 / (1 + batch / critical); }

double critical_batch(double loss) { return 2e8 / core::pow(loss, 1 / 0.21); }

double data_movement_share(double flop, double falls_past, double slope, double wall) {
  if (flop <= falls_past) return 1;
  return std::min(core::pow(flop / falls_past, -slope), wall / flop);
}

int Retuning::doublings(double tuned, double accelerators) {
  int times = 0;
  while (std::ldexp(tuned, times + 1) <= accelerators) ++times;
  return times;
}

}  // namespace fleetrace::models
