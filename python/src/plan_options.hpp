#pragma once

#include <optional>
#include <string>

#include "fleetrace/plan.hpp"

namespace fleetrace::python {

/// What `by` and `fiscal_year_begins` ask for. Throws py::value_error for a period that there is not.
[[nodiscard]] std::optional<PlanOptions> plan_options(const std::optional<std::string>& by, int fiscal_year_begins);

}  // namespace fleetrace::python
