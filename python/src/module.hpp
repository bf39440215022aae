#pragma once

#include "python/src/casters.hpp"

/// The parts of the extension module `fleetrace._core`. The package around it, python/fleetrace/, is what users see.
namespace fleetrace::python {

void bind_errors(py::module_& module);
void bind_scenario(py::module_& module);
void bind_run(py::module_& module);
void bind_compare(py::module_& module);
void bind_parts(py::module_& module);
void bind_studies(py::module_& module);
void bind_sensitivity(py::module_& module);
void bind_goals(py::module_& module);
void bind_optimize(py::module_& module);
void bind_theory(py::module_& module);
void bind_fit(py::module_& module);
void bind_reference(py::module_& module);
void bind_own_models(py::module_& module);
void bind_sources(py::module_& module);
void bind_arrow(py::module_& module);
void bind_units(py::module_& module);

}  // namespace fleetrace::python
