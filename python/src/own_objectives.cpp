#include "python/src/own_objectives.hpp"

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "fleetrace/fleet/metric.hpp"
#include "python/src/own_models.hpp"
#include "sim/output/studies/input_values.hpp"

namespace fleetrace::python {
namespace {

/// A function of Python as an objective. The library keeps objectives for ever and Python its functions only while they are used,
/// so that an objective holds its function weakly, and is given to the next one of its name when that is gone.
struct OwnFunction {
  fleet::Metric metric;
  py::object held;
  bool is_weak = true;

  [[nodiscard]] py::object function() const { return is_weak ? held() : held; }
  void hold(const py::object& given) {
    PyObject* const reference = PyWeakref_NewRef(given.ptr(), nullptr);
    is_weak = reference != nullptr;
    if (!is_weak) PyErr_Clear();
    held = is_weak ? py::reinterpret_steal<py::object>(reference) : given;
  }
};

/// By name. It is never destroyed, since the interpreter ends before it.
std::deque<std::unique_ptr<OwnFunction>>& functions_named(const std::string& name) {
  static auto* const kAll = new std::map<std::string, std::deque<std::unique_ptr<OwnFunction>>>;
  return (*kAll)[name];
}

double value_of(const OwnFunction& own, const std::string& name, std::string_view strategy,
                std::span<const double, fleet::kMetrics> metrics) {
  const py::gil_scoped_acquire acquired;
  try {
    static const py::handle kOutcome =
        py::module_::import("fleetrace.objective").attr("Outcome").cast<py::object>().release();
    py::tuple numbers(1 + metrics.size());
    numbers[0] = py::str(strategy.data(), strategy.size());
    for (std::size_t k = 0; k < metrics.size(); ++k) numbers[1 + k] = py::float_(metrics[k]);
    const double value = PyFloat_AsDouble(own.function()(kOutcome.attr("_make")(numbers)).ptr());
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    return value;
  } catch (py::error_already_set& error) {
    fail("the objective \"" + name + '"', error);
  }
}

std::string name_of(const py::handle& function) {
  if (!py::hasattr(function, "__name__")) return py::str(py::type::of(function).attr("__name__")).cast<std::string>();
  const auto name = py::str(function.attr("__name__")).cast<std::string>();
  return name == "<lambda>" ? "own objective" : name;
}

/// Results have objectives and columns by name. Throws py::value_error.
void require_free(const std::string& name) {
  if (fleet::find_objective(name))
    throw py::value_error("the objective \"" + name + "\" is one of fleetrace: give the function another name");
  for (std::size_t k = 0; k < fleet::kMetrics; ++k) {
    if (output::metric_column(k) == name)
      throw py::value_error('"' + name + "\" is a column of every comparison: give the function another name");
  }
}

}  // namespace

fleet::Metric own_objective(const py::object& function) {
  const std::string name = name_of(function);
  require_free(name);
  std::deque<std::unique_ptr<OwnFunction>>& all = functions_named(name);
  for (const auto& each : all) {
    if (each->function().is(function)) return each->metric;
  }
  for (const auto& each : all) {
    if (!each->function().is_none()) continue;
    each->hold(function);
    return each->metric;
  }
  OwnFunction& own = *all.emplace_back(std::make_unique<OwnFunction>());
  own.hold(function);
  own.metric = fleet::add_objective(
      {.name = name,
       .summary = "an objective in Python",
       .value = [&own, name](std::string_view strategy, std::span<const double, fleet::kMetrics> metrics) {
         return value_of(own, name, strategy, metrics);
       }});
  return own.metric;
}

}  // namespace fleetrace::python
