#pragma once

#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "fleetrace/fleetrace.hpp"
#include "python/src/own_objectives.hpp"

/// How the library's own types look in Python: money is a float [USD], instants and durations are NumPy's, and what is one of a
/// few words is that word.
namespace fleetrace::python {

namespace py = pybind11;

/// Thrown for a path, strategy, case or entry that there is not: KeyError in Python. what() suggests one.
class UnknownName : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// numpy.datetime64 [ms]; NaT for what never happens.
[[nodiscard]] py::object instant(core::Time time);
/// The instant of a numpy.datetime64, or of what makes one, such as datetime.datetime or None; nullopt for NaT.
[[nodiscard]] std::optional<core::Time> instant_of(py::handle value);
/// numpy.timedelta64 [ms].
[[nodiscard]] py::object span(core::Duration duration);
/// Before any other thread may call these.
void prepare_casters();
/// The objective of that name. Throws py::value_error with those that there are.
[[nodiscard]] fleet::Metric objective_named(const std::string& name);

[[nodiscard]] inline std::string_view word(fleet::Metric metric) { return fleet::info(metric).name; }
[[nodiscard]] inline std::string_view word(fleet::Constraint constraint) { return fleet::info(constraint).name; }
[[nodiscard]] std::string_view word(study::Solution::End end);
[[nodiscard]] std::string_view word(study::StoppingRule::Kind kind);
[[nodiscard]] std::string_view word(fleet::State state);

}  // namespace fleetrace::python

namespace pybind11::detail {

template <>
struct type_caster<fleetrace::core::Time> {
  PYBIND11_TYPE_CASTER(fleetrace::core::Time, const_name("numpy.datetime64"));
  static bool load(handle /*source*/, bool /*convert*/) { return false; }
  static handle cast(fleetrace::core::Time time, return_value_policy /*policy*/, handle /*parent*/) {
    return fleetrace::python::instant(time).release();
  }
};

template <>
struct type_caster<fleetrace::core::Duration> {
  PYBIND11_TYPE_CASTER(fleetrace::core::Duration, const_name("numpy.timedelta64"));
  static bool load(handle /*source*/, bool /*convert*/) { return false; }
  static handle cast(fleetrace::core::Duration duration, return_value_policy /*policy*/, handle /*parent*/) {
    return fleetrace::python::span(duration).release();
  }
};

template <>
struct type_caster<fleetrace::core::Money> {
  PYBIND11_TYPE_CASTER(fleetrace::core::Money, const_name("float"));
  static bool load(handle /*source*/, bool /*convert*/) { return false; }
  static handle cast(fleetrace::core::Money money, return_value_policy /*policy*/, handle /*parent*/) {
    return PyFloat_FromDouble(money.usd());
  }
};

/// Words in place of an enumeration; only out of C++.
template <class Enum>
struct WordCaster {
  PYBIND11_TYPE_CASTER(Enum, const_name("str"));
  static bool load(handle /*source*/, bool /*convert*/) { return false; }
  static handle cast(Enum value, return_value_policy /*policy*/, handle /*parent*/) {
    const std::string_view text = fleetrace::python::word(value);
    return PyUnicode_FromStringAndSize(text.data(), static_cast<Py_ssize_t>(text.size()));
  }
};
template <>
struct type_caster<fleetrace::fleet::Constraint> : WordCaster<fleetrace::fleet::Constraint> {};
template <>
struct type_caster<fleetrace::study::Solution::End> : WordCaster<fleetrace::study::Solution::End> {};
template <>
struct type_caster<fleetrace::study::StoppingRule::Kind> : WordCaster<fleetrace::study::StoppingRule::Kind> {};

template <>
struct type_caster<fleetrace::fleet::Metric> : WordCaster<fleetrace::fleet::Metric> {
  bool load(handle source, bool /*convert*/) {
    if (isinstance<str>(source)) {
      value = fleetrace::python::objective_named(source.cast<std::string>());
      return true;
    }
    if (PyCallable_Check(source.ptr()) == 0) return false;
    value = fleetrace::python::own_objective(reinterpret_borrow<object>(source));
    return true;
  }
};

}  // namespace pybind11::detail
