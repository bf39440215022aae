#pragma once

#include "fleetrace/theory.hpp"
#include "models/theory/growth_rates.hpp"

namespace fleetrace {

/// Rates of a request with its interest, but without its volatility and opex.
[[nodiscard]] models::theory::GrowthRates theory_growth_rates(const TheoryRequest& request);

/// The break-even horizon under an accounting ("cumulative", "mean_loss", "best_run"), or why there is none.
[[nodiscard]] TheoryValue theory_break_even(const TheoryRequest& request, std::string_view accounting);

}  // namespace fleetrace
