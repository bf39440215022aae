#include "python/src/module.hpp"

#include "fleetrace/core/version.hpp"
#include "python/src/records.hpp"
#include "sim/study/optimise/purchase_planner.hpp"

PYBIND11_MODULE(_core, module) {
  using namespace fleetrace::python;
  // Strategies that optimise need it in every verb.
  fleetrace::study::provide_purchase_planner();
  module.attr("version") = fleetrace::core::version();
  module.attr("git_hash") = fleetrace::core::git_hash();
  py::options options;
  options.disable_function_signatures();
  prepare_casters();
  bind_errors(module);
  bind_records(module);
  bind_scenario(module);
  bind_run(module);
  bind_compare(module);
  bind_studies(module);
  bind_goals(module);
  bind_optimize(module);
  bind_theory(module);
  bind_fit(module);
  bind_reference(module);
  bind_own_models(module);
  bind_sources(module);
  bind_arrow(module);
}
