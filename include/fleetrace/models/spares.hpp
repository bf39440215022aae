#pragma once

#include <cstdint>

/// How many accelerators work where some are in repair and others stand by for them.
namespace fleetrace::models {

/// E min(target, healthy), healthy ~ Binomial(installed, availability): the stationary law of independent alternating
/// renewals, whatever their laws of life and repair.
///   = target - E max(0, down - spares), down ~ Binomial(installed, 1 - availability), spares = installed - target
/// 0 <= target <= installed, 0 < availability <= 1. Relative error below 1e-12, and below 1e-9 where the standard deviation
/// of `down` is above 1e4 and its law is taken as normal.
[[nodiscard]] double expected_working(std::int64_t installed, std::int64_t target, double availability);

/// The least number of spares that covers those in repair with probability `level`, where that number is Poisson with mean
/// `in_repair` = N MTTR / MTTF: N accelerators in service all the time, repairs of any law (Palm 1943).
/// in_repair in [0, 9e6], 0 < level < 1.
[[nodiscard]] std::int64_t spares_for(double in_repair, double level);

}  // namespace fleetrace::models
