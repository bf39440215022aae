#pragma once

#include <cstdint>

/// Hot spares: how many accelerators work while some are in repair and others stand by to replace them.
namespace fleetrace::models {

/// Expected number of working accelerators: E min(target, healthy), healthy ~ Binomial(installed, availability), which
/// is the stationary law of independent alternating renewal processes, whatever their laws of life and repair.
///   = target - E max(0, down - spares), down ~ Binomial(installed, 1 - availability), spares = installed - target
/// 0 <= target <= installed, 0 < availability <= 1. Relative error below 1e-12, and below 1e-9 where the standard deviation
/// of `down` is above 1e4 and its law is taken as normal.
[[nodiscard]] double expected_working(std::int64_t installed, std::int64_t target, double availability);

/// The least number of spares that is enough with probability `level`. The number in repair is Poisson with the mean
/// `in_repair` = N MTTR / MTTF for N accelerators in service all the time and repairs of any law (Palm 1943).
/// in_repair in [0, 9e6], 0 < level < 1.
[[nodiscard]] std::int64_t spares_for(double in_repair, double level);

}  // namespace fleetrace::models
