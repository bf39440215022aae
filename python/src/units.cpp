#include "python/src/units.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "python/src/module.hpp"

namespace fleetrace::python {
namespace {

double read(core::Dimension dimension, const std::string& text) {
  const auto found = core::parse_quantity(dimension, text);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&found))
    throw py::value_error(problem->problem + " (" + problem->reason + "). " + problem->suggestion);
  return std::get<double>(found);
}

double base_units(const std::string& dimension, const std::string& text) {
  if (dimension == "compute") return read(core::Dimension::compute, text);
  return read(dimension == "money" ? core::Dimension::money : core::Dimension::duration, text);
}

/// What a unit measures, in words, and how many base units it is.
std::pair<std::string, double> unit(const std::string& name) {
  return {std::string(core::describe(dimension_of(name))), size_of(name)};
}

}  // namespace

core::Dimension dimension_of(const std::string& unit) {
  if (unit.empty()) return core::Dimension::number;
  for (int i = 0; i <= static_cast<int>(core::Dimension::energy); ++i) {
    const auto dimension = static_cast<core::Dimension>(i);
    const std::vector<std::string_view> all = core::all_units(dimension);
    if (std::find(all.begin(), all.end(), unit) != all.end()) return dimension;
  }
  throw py::value_error("there is no unit \"" + core::printable(unit) + "\" in scenarios");
}

double size_of(const std::string& unit) { return unit.empty() ? 1 : read(dimension_of(unit), "1 " + unit); }

void bind_units(py::module_& module) {
  module.def("base_units", base_units, py::arg("dimension"), py::arg("text"));
  module.def("unit", unit, py::arg("name"));
}

}  // namespace fleetrace::python
