#pragma once

#include <string>

#include "fleetrace/core/quantity.hpp"

namespace fleetrace::python {

/// What a unit measures. Throws pybind11::value_error for one that there is not in scenarios.
[[nodiscard]] core::Dimension dimension_of(const std::string& unit);
/// How many base units it is; 1 for none.
[[nodiscard]] double size_of(const std::string& unit);

}  // namespace fleetrace::python
