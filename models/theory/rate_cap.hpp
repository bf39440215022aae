#pragma once

#include "models/theory/growth_rates.hpp"

namespace fleetrace::models::theory {

/// An interval of years from the start of the horizon.
struct Window {
  double from = 0;
  double to = 0;
};

/// When money can be spent at a limited rate only, compute by the horizon is greatest if it is spent at that rate during the
/// one interval on which w is highest ("bang-bang").                                           docs/derivations.md 8.1d
/// `length` = budget / highest rate [yr], above 0; an interval longer than the horizon becomes the horizon. Its ends have equal
/// w unless it starts at 0. Throws std::invalid_argument for a length or horizon that is not above 0, and for growth above e^700
/// within the horizon.
[[nodiscard]] Window rate_capped_window(const GrowthRates& growth_rates, double horizon, double length);

}  // namespace fleetrace::models::theory
