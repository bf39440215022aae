#include "python/src/casters.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "fleetrace/core/diagnostic.hpp"
#include "python/src/records.hpp"

namespace fleetrace::python {
namespace {

constexpr std::int64_t kNotATime = std::numeric_limits<std::int64_t>::min();

/// The one element of an array of NumPy, through which milliseconds become scalars of its type and back. That takes a tenth of the
/// time that a call of the type takes. With the interpreter's lock; the array is never given back: the interpreter ends before.
class Cell {
 public:
  explicit Cell(const char* type)
      : array_(py::object(py::module_::import("numpy").attr("zeros")(1, type)).release()),
        milliseconds_(static_cast<std::int64_t*>(py::reinterpret_borrow<py::array>(array_).mutable_data())) {}

  [[nodiscard]] py::object scalar(std::int64_t milliseconds) const {
    *milliseconds_ = milliseconds;
    return py::reinterpret_steal<py::object>(PySequence_GetItem(array_.ptr(), 0));
  }
  [[nodiscard]] std::int64_t milliseconds(py::handle value) const {
    if (PySequence_SetItem(array_.ptr(), 0, value.ptr()) != 0) throw py::error_already_set();
    return *milliseconds_;
  }

 private:
  py::handle array_;
  std::int64_t* milliseconds_;
};

const Cell& instants() {
  static const Cell kCell("datetime64[ms]");
  return kCell;
}

const Cell& spans() {
  static const Cell kCell("timedelta64[ms]");
  return kCell;
}

}  // namespace

void prepare_casters() {
  (void)instants();
  (void)spans();
}

py::object instant(core::Time time) {
  const bool never = time == core::Time::latest() || time == core::Time::earliest();
  return instants().scalar(never ? kNotATime : time.milliseconds());
}

std::optional<core::Time> instant_of(py::handle value) {
  // A number would pass for milliseconds.
  if (PyLong_Check(value.ptr()) || PyFloat_Check(value.ptr()))
    throw py::type_error("an instant is a date, such as numpy.datetime64, not a number");
  const std::int64_t milliseconds = instants().milliseconds(value);
  if (milliseconds == kNotATime) return std::nullopt;
  return core::Time::from_milliseconds(milliseconds);
}

py::object span(core::Duration duration) {
  return spans().scalar(duration == core::Duration::unlimited() ? kNotATime : duration.milliseconds());
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
  static const py::handle kProperty = py::module_::import("builtins").attr("property").cast<py::object>().release();
  type.attr(name) = kProperty(py::cpp_function(std::move(get)), py::none(), py::none(), doc);
}

}  // namespace fleetrace::python
