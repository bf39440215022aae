#pragma once

#include <pybind11/pybind11.h>

#include "fleetrace/fleet/metric.hpp"

namespace fleetrace::python {

/// What stands for a function of Python as the objective of a study, which holds the function for as long as it runs. The same
/// function is the same objective. Throws pybind11::value_error for a name that an objective of the library has.
[[nodiscard]] fleet::Metric own_objective(const pybind11::object& function);

}  // namespace fleetrace::python
