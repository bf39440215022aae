#pragma once

/// How far a fleet of mixed age falls short of the newest hardware, as factors in (0, 1] that do not change its growth rate.
/// Rates at least 0, times and shapes above 0; else std::invalid_argument.                              docs/derivations.md 0f
namespace fleetrace::models::theory {

/// Factor for evenly staggered refresh at the age T = `life`: (1 - e^(-eta T)) / (eta T); 1 at eta = 0.
[[nodiscard]] double staggered_refresh_factor(double eta, double life);

/// Factor for exponential retirement at the rate delta = `retirement` > 0: delta / (delta + eta).
[[nodiscard]] double exponential_retirement_factor(double eta, double retirement);

/// Factor for generations at a fixed cadence D, at a random time between two releases: (1 - e^(-eta D)) / (eta D).
[[nodiscard]] double cadence_factor(double eta, double cadence);

/// Growth of E[J^N(t)] when releases are a renewal process with Gamma(shape k, mean D) gaps and each multiplies
/// price-performance by J: s = (J^(1/k) - 1) k / D [1/yr]; ln J / D for an infinite shape.       docs/derivations.md 2i
[[nodiscard]] double renewal_growth_rate(double jump, double cadence, double shape);

}  // namespace fleetrace::models::theory
