#include "python/src/casters.hpp"

#include <algorithm>
#include <array>

#include "fleetrace/core/diagnostic.hpp"
#include "python/src/records.hpp"

namespace fleetrace::python {
namespace {

/// A type of NumPy, looked up once and never given back: the interpreter ends before this does.
py::handle numpy_type(const char* name) { return py::object(py::module_::import("numpy").attr(name)).release(); }

}  // namespace

py::object instant(core::Time time) {
  static const py::handle type = numpy_type("datetime64");
  if (time == core::Time::latest() || time == core::Time::earliest()) return type("NaT", "ms");
  return type(time.milliseconds(), "ms");
}

py::object span(core::Duration duration) {
  static const py::handle type = numpy_type("timedelta64");
  if (duration == core::Duration::unlimited()) return type("NaT", "ms");
  return type(duration.milliseconds(), "ms");
}

fleet::Metric objective_named(const std::string& name) {
  if (const auto found = fleet::find_objective(name)) return *found;
  throw py::value_error("there is no objective \"" + core::printable(name) + "\". " +
                        core::suggest(name, fleet::objective_names()));
}

std::string_view word(study::Solution::End end) {
  static constexpr std::array<std::string_view, 3> kWords{"found", "always", "never"};
  return kWords[static_cast<std::size_t>(end)];
}

std::string_view word(study::StoppingRule::Kind kind) {
  static constexpr std::array<std::string_view, 3> kWords{"fixed", "half_width", "select"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view word(fleet::State state) {
  static constexpr std::array<std::string_view, fleet::kStates> kWords{
      "ordered", "in_transit", "waiting_for_power", "in_service", "standby", "serving", "in_repair", "retired"};
  return kWords[static_cast<std::size_t>(state)];
}

void add_property(const py::object& type, const char* name, std::function<py::object(const py::object& self)> get,
                  const char* doc) {
  static const py::handle property = py::module_::import("builtins").attr("property").cast<py::object>().release();
  type.attr(name) = property(py::cpp_function(std::move(get)), py::none(), py::none(), doc);
}

}  // namespace fleetrace::python
