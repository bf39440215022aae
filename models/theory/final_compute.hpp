#pragma once

#include "models/theory/growth_rates.hpp"

/// Effective compute by the horizon of the two classic plans, both with the same budget.       docs/derivations.md 8.1e
/// Rates eta, alpha, decay >= 0, lifetime and horizon above 0; else std::invalid_argument.
namespace fleetrace::models::theory {

/// Compute when all money is spent at the start: C = w(0), in units of B g0 x 1 yr. The machines retire at T and are
/// not replaced.
[[nodiscard]] double front_loaded_compute(const GrowthRates& growth_rates, double horizon);

/// Compute when money is spread evenly: C = (1/H) int_0^H w(t) dt, in units of B g0 x 1 yr.
/// With s = eta + alpha, T' = min(T, H):
///   H C = (e^(alpha T') - 1)/alpha (e^(s (H - T')) - 1)/s + e^(s H) int_0^T' e^(-s u) (e^(alpha u) - 1)/alpha du
[[nodiscard]] double uniform_compute(const GrowthRates& growth_rates, double horizon);

/// ln(C_uniform / C_front): above 0 where uniform spend wins. It is finite even where the two overflow, and tends to
/// -ln 2 as H -> 0.
[[nodiscard]] double uniform_advantage(const GrowthRates& growth_rates, double horizon);

/// Horizon below which front-loaded spend gives more compute by the horizon than uniform spend [yr].  docs/derivations.md 8.1
/// For T >= H and alpha = 0 it is x / eta with e^x = 1 + x + x^2, and in general eta H depends on alpha / eta only.
/// Infinite where a dollar never does more by waiting: eta + alpha = 0, or unlimited life with eta + decay = 0.
/// (Without price progress but with algorithmic progress, a finite life still ends the lead of front-loaded spend: its
/// machines have retired when a FLOP achieves most.)
[[nodiscard]] double final_break_even(const GrowthRates& growth_rates);

}  // namespace fleetrace::models::theory
