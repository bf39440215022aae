#pragma once

#include "fleetrace/models/theory/terms.hpp"
#include "fleetrace/output/theory.hpp"

namespace fleetrace::output {

/// Rates of a request with its interest, but without its volatility and opex.
[[nodiscard]] models::theory::Terms theory_terms(const TheoryRequest& request);

/// The break-even horizon under an accounting ("cumulative", "mean_loss", "best_run"), or why there is none.
[[nodiscard]] TheoryFigure theory_break_even(const TheoryRequest& request, std::string_view accounting);

}  // namespace fleetrace::output
