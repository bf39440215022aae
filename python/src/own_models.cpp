#include "python/src/own_models.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <tuple>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/models/registry.hpp"
#include "python/src/module.hpp"
#include "python/src/units.hpp"

namespace fleetrace::python {
namespace {

using models::Decision;
using models::ModelParameters;
using models::Observation;

/// A model as a class of Python. A notebook whose cell runs again defines it anew, so that the class may change and the name not.
struct OwnClass {
  std::string title;              ///< what messages call it: the loss law "mine"
  std::vector<std::string> keys;  ///< its own keys in a scenario, which its instances are made with
  std::vector<double> units;      ///< the unit of each [base unit]
  std::string method;
  py::object type;
  py::object slot;  ///< the key of its instances among those of a thread
};

/// What the model of a message raised, until the message becomes an exception of Python.
struct Raised {
  std::string message;
  py::object exception;
};

/// Few errors ever wait; what nobody asks for goes with the oldest. It is never destroyed, since the interpreter ends before it.
std::deque<Raised>& all_raised() {
  static auto* const kWaiting = new std::deque<Raised>;
  return *kWaiting;
}

py::object make(const OwnClass& model, const ModelParameters& parameters) {
  py::dict own;
  for (std::size_t i = 0; i < model.keys.size(); ++i)
    own[py::str(model.keys[i])] = parameters[model.keys[i]] / model.units[i];
  return model.type(**own);
}

/// The dictionary that Python keeps for each of its threads. It holds the instances that this thread races.
py::dict instances_of_thread() { return py::reinterpret_borrow<py::dict>(PyThreadState_GetDict()); }

/// A strategy's instance lives for one race, so that it may learn in it and nothing of it is left for the next.
py::object strategy(const OwnClass& model, const ModelParameters& parameters, bool begins) {
  const py::dict instances = instances_of_thread();
  if (!begins) {
    PyObject* found = PyDict_GetItem(instances.ptr(), model.slot.ptr());
    if (found != nullptr) return py::reinterpret_borrow<py::object>(found);
  }
  py::object made = make(model, parameters);
  instances[model.slot] = made;
  return made;
}

/// The instance of a law stays while its parameters and its class do.
py::object law(const OwnClass& model, const ModelParameters& parameters) {
  const py::dict instances = instances_of_thread();
  std::vector<double> values;
  for (const std::string& key : model.keys) values.push_back(parameters[key]);
  if (PyObject* found = PyDict_GetItem(instances.ptr(), model.slot.ptr())) {
    const auto kept = py::reinterpret_borrow<py::tuple>(found);
    if (py::type::of(kept[0]).is(model.type) && kept[1].cast<std::vector<double>>() == values) return kept[0];
  }
  py::object made = make(model, parameters);
  instances[model.slot] = py::make_tuple(made, values);
  return made;
}

double law_value(const OwnClass& model, const ModelParameters& parameters, double at) {
  const py::gil_scoped_acquire acquired;
  try {
    const double value = PyFloat_AsDouble(law(model, parameters).attr(model.method.c_str())(at).ptr());
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    return value;
  } catch (py::error_already_set& error) {
    fail(model.title, error);
  }
}

Decision decide(const OwnClass& model, const ModelParameters& parameters, const Observation& seen) {
  const py::gil_scoped_acquire acquired;
  try {
    const py::object own = strategy(model, parameters, seen.now == seen.start);
    const py::object decided = own.attr(model.method.c_str())(py::cast(seen, py::return_value_policy::copy));
    if (!py::isinstance<Decision>(decided)) {
      const auto type = py::str(py::type::of(decided).attr("__name__")).cast<std::string>();
      throw models::ModelError(model.title + " returned " + type + ", not an ft.Decision");
    }
    return decided.cast<const Decision&>();
  } catch (py::error_already_set& error) {
    fail(model.title, error);
  }
}

/// A key as Python has it: name, summary, unit, default as text, least and most in that unit, and whether the least is excluded.
using Key = std::tuple<std::string, std::string, std::string, std::optional<std::string>, double, double, bool>;

/// The model's keys for the library, and for the class. The library copies all texts.
models::ModelKeys take_keys(const std::vector<Key>& keys, OwnClass& model) {
  models::ModelKeys result;
  for (const auto& [name, summary, unit, preset, low, high, above] : keys) {
    const core::Dimension dimension = dimension_of(unit);
    const double factor = size_of(unit);
    result.push_back({.name = name,
                      .summary = summary,
                      .dimension = dimension,
                      .range = {low * factor, high * factor, above, false},
                      .preset = preset ? std::string_view(*preset) : std::string_view(),
                      .required = !preset.has_value()});
    model.keys.push_back(name);
    model.units.push_back(factor);
  }
  return result;
}

struct Known {
  std::string method;
  std::vector<Key> keys;
  OwnClass* model;
};

std::map<std::string, Known>& known_models() {
  static auto* const kAll = new std::map<std::string, Known>;
  return *kAll;
}

/// Registers a class under a name, or puts it in the place of the one of that name that was registered before.
void register_model(const py::object& type, const std::string& method, const std::string& name,
                    const std::string& summary, const std::string& scope, const std::vector<Key>& keys) {
  if (const auto found = known_models().find(name); found != known_models().end()) {
    if (found->second.method != method || found->second.keys != keys)
      throw py::value_error("the model \"" + name +
                            "\" is registered as one of another kind or with other keys, and stays so while Python "
                            "runs: take another name");
    found->second.model->type = type;
    return;
  }
  // The library keeps it as long as the process lives, and so does this.
  auto* const model = new OwnClass;
  models::ModelKeys own = take_keys(keys, *model);
  model->type = type;
  model->slot = py::capsule(model, "fleetrace.model");
  model->method = method;
  if (method == "review") {
    model->title = "the purchase strategy \"" + name + '"';
    models::register_purchase({name, summary, std::move(own), scope, [model](const auto& parameters, const auto& seen) {
                                 return decide(*model, parameters, seen);
                               }});
  } else if (method == "loss") {
    model->title = "the loss law \"" + name + '"';
    models::register_loss({name, summary, std::move(own), scope, [model](const auto& parameters, double ratio) {
                             return law_value(*model, parameters, ratio);
                           }});
  } else {
    model->title = "the progress law \"" + name + '"';
    models::register_progress({name, summary, std::move(own), scope, [model](const auto& parameters, double years) {
                                 return law_value(*model, parameters, years);
                               }});
  }
  known_models().emplace(name, Known{method, keys, model});
}

/// An amount of USD, where a strategy gives one.
core::Money money(double usd) {
  if (std::isfinite(usd)) return core::Money::from_usd(usd);
  throw py::value_error("released is an amount of USD, not " + core::format_real(usd));
}

Decision decision(double released, const py::object& next_review, double fleet_power, double fleet_capacity,
                  double order_power, const py::object& retire_ordered_by) {
  Decision result;
  result.released = money(released);
  result.next_review = instant_of(next_review).value_or(core::Time::latest());
  result.fleet_power = fleet_power;
  result.fleet_capacity = fleet_capacity;
  result.order_power = order_power;
  result.retire_ordered_by = instant_of(retire_ordered_by).value_or(core::Time::earliest());
  return result;
}

}  // namespace

void fail(const std::string& title, py::error_already_set& error) {
  constexpr std::size_t kMostWaiting = 8;
  const std::string message = title + " raised " + py::str(error.type().attr("__name__")).cast<std::string>() + ": " +
                              py::str(error.value()).cast<std::string>();
  if (error.trace()) PyException_SetTraceback(error.value().ptr(), error.trace().ptr());
  std::deque<Raised>& waiting = all_raised();
  if (waiting.size() == kMostWaiting) waiting.pop_front();
  waiting.push_back({message, error.value()});
  throw models::ModelError(message);
}

py::object take_exception_of(const std::string& message) {
  std::deque<Raised>& waiting = all_raised();
  const auto found = std::find_if(waiting.begin(), waiting.end(), [&message](const Raised& each) {
    return message.find(each.message) != std::string::npos;
  });
  if (found == waiting.end()) return py::none();
  py::object exception = std::move(found->exception);
  waiting.erase(found);
  return exception;
}

void bind_own_models(py::module_& module) {
  constexpr double kUnlimited = std::numeric_limits<double>::infinity();
  py::class_<Decision>(module, "Decision", R"(What a strategy decides at a review.

`released` is the part of the budget that it has released so far, earlier amounts included [USD], and `next_review` a
numpy.datetime64 later than now, or None for no further review. `fleet_power` [W] and `fleet_capacity` [peak FLOP/s] bound the
fleet after this purchase, `order_power` [W] bounds what this review orders; all are unlimited by default. What was ordered by
`retire_ordered_by` retires now, before anything is bought.

>>> import fleetrace as ft
>>> ft.Decision(1e9).released
1000000000.0)")
      .def(py::init(&decision), py::arg("released"), py::arg("next_review") = py::none(), py::kw_only(),
           py::arg("fleet_power") = kUnlimited, py::arg("fleet_capacity") = kUnlimited,
           py::arg("order_power") = kUnlimited, py::arg("retire_ordered_by") = py::none())
      .def_property_readonly(
          "released", [](const Decision& self) { return self.released; }, "[USD]")
      .def_property_readonly("next_review", [](const Decision& self) { return self.next_review; })
      .def_property_readonly(
          "fleet_power", [](const Decision& self) { return self.fleet_power; }, "[W]")
      .def_property_readonly(
          "fleet_capacity", [](const Decision& self) { return self.fleet_capacity; }, "[peak FLOP/s]")
      .def_property_readonly(
          "order_power", [](const Decision& self) { return self.order_power; }, "[W]")
      .def_property_readonly("retire_ordered_by", [](const Decision& self) { return self.retire_ordered_by; });
  module.def("register_model", register_model, py::arg("type"), py::arg("method"), py::arg("name"), py::arg("summary"),
             py::arg("scope"), py::arg("keys"));
}

}  // namespace fleetrace::python
