#pragma once

#include <string>

#include "fleetrace/output/theory.hpp"
#include "grid.hpp"

namespace fleetrace::output {

/// "8 months", "2.07 yr".
[[nodiscard]] std::string years_text(double years);

/// What was asked, for programs.
[[nodiscard]] grid::Json theory_request_json(const TheoryRequest& request);

}  // namespace fleetrace::output
