#pragma once

#include "fleetrace/models/theory/terms.hpp"

/// Effective compute by the horizon of the two classic plans, both with the same budget.                MODELS.md section 8.1
/// Rates eta, alpha, decay >= 0, lifetime and horizon above 0; else std::invalid_argument.
namespace fleetrace::models::theory {

/// All money at the start: C = w(0), in units of B g0 x 1 yr. Its machines die at T and are not replaced.
[[nodiscard]] double front_loaded_compute(const Terms& terms, double horizon);

/// Money spread evenly: C = (1/H) int_0^H w(t) dt, in the same units.
/// With s = eta + alpha, T' = min(T, H):
///   H C = (e^(alpha T') - 1)/alpha (e^(s (H - T')) - 1)/s + e^(s H) int_0^T' e^(-s u) (e^(alpha u) - 1)/alpha du
[[nodiscard]] double uniform_compute(const Terms& terms, double horizon);

/// ln(C_uniform / C_front): above 0 where the turtle wins. Finite where the two themselves overflow; tends to -ln 2 as H -> 0.
[[nodiscard]] double uniform_advantage(const Terms& terms, double horizon);

/// Horizon below which front-loaded spend gives more compute by the horizon than uniform spend [yr].    MODELS.md section 8.1
/// For T >= H and alpha = 0 it is x / eta with e^x = 1 + x + x^2, and in general eta H depends on alpha / eta only.
/// Infinite where a dollar never does more by waiting: eta + alpha = 0, or unlimited life with eta + decay = 0. (Without price
/// progress but with algorithmic progress a finite life still ends the hare's lead: its machines are gone when FLOPs count.)
[[nodiscard]] double final_break_even(const Terms& terms);

}  // namespace fleetrace::models::theory
