#pragma once

/// How far a fleet of mixed age falls short of the newest hardware: level factors in (0, 1] that leave the growth rate alone.
/// Rates at least 0, times and shapes above 0; else std::invalid_argument.                              MODELS.md section 0
namespace fleetrace::models::theory {

/// Evenly staggered refresh at the age `life`: (1 - e^(-eta T)) / (eta T); 1 at eta = 0.
[[nodiscard]] double staggered_refresh_factor(double eta, double life);

/// Exponential retirement at the rate `retirement` delta > 0: delta / (delta + eta).
[[nodiscard]] double exponential_retirement_factor(double eta, double retirement);

/// Generations at a fixed cadence D, seen at a random phase: (1 - e^(-eta D)) / (eta D).
[[nodiscard]] double cadence_factor(double eta, double cadence);

/// Growth of E[J^N(t)] when releases are a renewal process with Gamma(shape k, mean D) gaps and each multiplies
/// price-performance by J: s = (J^(1/k) - 1) k / D [1/yr]; ln J / D for an infinite shape.              MODELS.md section 2
[[nodiscard]] double renewal_growth_rate(double jump, double cadence, double shape);

}  // namespace fleetrace::models::theory
