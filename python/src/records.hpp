#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <utility>

#include "python/src/casters.hpp"

/// Read-only Python classes of plain values. python/records.py writes the calls from the public headers.
namespace fleetrace::python {

/// What the places of an array stand for: states, constraints or the metrics of a what-if, by how many there are.
template <std::size_t size>
[[nodiscard]] std::string_view place_name(std::size_t place) {
  static_assert(size == fleet::kStates || size == fleet::kConstraints || size == study::kWhatIfMetrics);
  if constexpr (size == fleet::kStates) return word(static_cast<fleet::State>(place));
  if constexpr (size == fleet::kConstraints) return word(static_cast<fleet::Constraint>(place));
  if constexpr (size == study::kWhatIfMetrics) return study::what_if_metric(place).name;
}

/// Adds a property that cannot be set to a class.
void add_property(const py::object& type, const char* name, std::function<py::object(const py::object& self)> get,
                  const char* doc);

template <class T>
class Record {
 public:
  Record(py::module_& module, const char* name, const char* doc) : class_(module, name, doc) {
    // fleetrace/shown.py shows these.
    class_.attr("_record_fields") = names_;
  }

  /// A field. What is a record itself lives in its owner, which lives as long as it does.
  template <class Owner, class Field>
  Record& field(const char* name, Field Owner::*place, const char* doc) {
    names_.append(name);
    add_property(
        class_, name,
        [place](const py::object& self) {
          return py::cast(self.cast<const T&>().*place, py::return_value_policy::reference_internal, self);
        },
        doc);
    return *this;
  }
  template <class Owner, class Value>
  Record& field(const char* name, Value (Owner::*function)() const, const char* doc) {
    add_property(
        class_, name, [function](const py::object& self) { return py::cast((self.cast<const T&>().*function)()); },
        doc);
    return *this;
  }
  /// An array as a dictionary.
  template <class Owner, class Value, std::size_t size>
  Record& keyed(const char* name, std::array<Value, size> Owner::*place, const char* doc) {
    names_.append(name);
    add_property(
        class_, name,
        [place](const py::object& self) {
          py::dict result;
          const auto& values = self.cast<const T&>().*place;
          for (std::size_t i = 0; i < size; ++i) {
            result[py::str(std::string(place_name<size>(i)))] = py::cast(
                values[i], py::return_value_policy::reference_internal, self);
          }
          return result;
        },
        doc);
    return *this;
  }

 private:
  py::class_<T> class_;
  py::list names_;
};

void bind_records(py::module_& module);

}  // namespace fleetrace::python
