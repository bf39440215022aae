#pragma once

#include <string_view>

#include "fleetrace/models/theory/terms.hpp"

namespace fleetrace::models::theory {

/// Throws std::invalid_argument with `rule` unless it holds. Written so that NaN never passes: state what must be true.
void require(bool holds, std::string_view rule);

/// Checks eta, alpha, decay >= 0 and finite, and a lifetime above 0.
void require_progress(const Terms& terms);

/// Checks a horizon that is above 0 and finite.
void require_horizon(double horizon);

}  // namespace fleetrace::models::theory
