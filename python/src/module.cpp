#include "python/src/module.hpp"

#include "fleetrace/core/version.hpp"
#include "python/src/records.hpp"
#include "sim/study/optimise/purchase_planner.hpp"

namespace fleetrace::python {
namespace {

void bind_all(py::module_& module) {
  // Strategies that optimise need it in every verb.
  study::provide_purchase_planner();
  module.attr("version") = core::version();
  module.attr("git_hash") = core::git_hash();
  py::options options;
  options.disable_function_signatures();
  prepare_casters();
  bind_errors(module);
  bind_records(module);
  bind_scenario(module);
  bind_run(module);
  bind_compare(module);
  bind_parts(module);
  bind_studies(module);
  bind_sensitivity(module);
  bind_goals(module);
  bind_optimize(module);
  bind_theory(module);
  bind_fit(module);
  bind_reference(module);
  bind_own_models(module);
  bind_sources(module);
  bind_arrow(module);
  bind_units(module);
}

}  // namespace
}  // namespace fleetrace::python

PYBIND11_MODULE(_core, module) { fleetrace::python::bind_all(module); }
