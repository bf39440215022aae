#pragma once

#include <optional>

#include "models/throughput/throughput.hpp"

namespace fleetrace::models {

/// Utilisation over the stated one that falls with a power of the number N of accelerators of a run: min(most, (N / at)^-exponent).
struct PowerOfScale {
  double at = 1;
  double exponent = 0;
  double most = 1;
};

/// The constants of a law where it is such a power and has no other limit of scale; else nullopt.
[[nodiscard]] std::optional<PowerOfScale> power_of_scale(const ThroughputLaw& law);

}  // namespace fleetrace::models
