#include "fleetrace/core/quantity.hpp"
#include "python/src/module.hpp"
#include "sim/api/fit_changes.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/scenario/reference/paths.hpp"

namespace fleetrace::python {
namespace {

/// The path that was meant by one that leads nowhere, as a sentence.
std::string suggestion(const Scenario& scenario, const std::string& path) {
  const std::vector<scenario::Path> all = scenario::paths(scenario.details());
  std::vector<std::string_view> known;
  known.reserve(all.size());
  for (const scenario::Path& each : all) known.push_back(each.path);
  const std::string_view close = core::nearest(path, known);
  return close.empty() ? "paths() lists what there is." : "Did you mean \"" + std::string(close) + "\"?";
}

std::string get(const Scenario& scenario, const std::string& path) {
  if (std::optional<std::string> text = scenario::text_at(scenario.details(), path)) return *std::move(text);
  throw UnknownName("there is no \"" + core::printable(path) + "\" in " + core::printable(scenario.name()) + ". " +
                    suggestion(scenario, path));
}

std::vector<std::pair<std::string, std::string>> paths(const Scenario& scenario) {
  std::vector<std::pair<std::string, std::string>> result;
  for (scenario::Path& each : scenario::paths(scenario.details()))
    result.emplace_back(std::move(each.path), std::move(each.value));
  return result;
}

std::vector<std::pair<std::string, std::string>> changes(const Scenario& scenario) {
  std::vector<std::pair<std::string, std::string>> result;
  for (const reader::Override& each : scenario.state().changes) result.emplace_back(each.path, each.text);
  return result;
}

/// The scenario with other values at these paths, which are read together: what is valid alone may not be so with the rest.
Scenario changed(const Scenario& scenario, const std::vector<std::pair<std::string, std::string>>& values) {
  const ScenarioState& state = scenario.state();
  std::vector<reader::Override> all = state.changes;
  for (const auto& [path, value] : values) all.push_back({path, value, "set"});
  scenario::Scenario loaded = state.document->load(all);
  return Scenario(std::make_shared<const ScenarioState>(
      ScenarioState{state.file, state.document, std::move(all), std::move(loaded)}));
}

/// A changed future of the scenario, such as a case or a point of a grid: it is measured against the C0 of that.
Scenario future(const Scenario& scenario, const std::vector<std::pair<std::string, std::string>>& values) {
  const ScenarioState& state = scenario.state();
  std::vector<reader::Override> all = state.changes;
  for (const auto& [path, value] : values) all.push_back({path, value, "set"});
  scenario::Scenario loaded = state.document->load_future(state.loaded, all);
  return Scenario(std::make_shared<const ScenarioState>(
      ScenarioState{state.file, state.document, std::move(all), std::move(loaded)}));
}

/// What of a fit a scenario takes, path by path, as changes that go together in this one.
std::vector<std::pair<std::string, std::string>> fitted(
    const Scenario& scenario, const std::vector<std::pair<std::string, std::string>>& values) {
  std::vector<FitInput> inputs;
  for (const auto& [path, value] : values) inputs.push_back({path, value});
  std::vector<std::pair<std::string, std::string>> result;
  for (FitInput& each : fit_changes(scenario, inputs)) result.emplace_back(std::move(each.path), std::move(each.value));
  return result;
}

}  // namespace

void bind_scenario(py::module_& module) {
  py::class_<Scenario>(module, "Scenario")
      .def(py::init([](const std::string& source) { return load(source); }), py::arg("source"),
           py::call_guard<py::gil_scoped_release>())
      .def(py::init<const Scenario&>(), py::arg("other"))
      .def_property_readonly("name", &Scenario::name)
      .def_property_readonly("hash", &Scenario::hash)
      .def_property_readonly("file", [](const Scenario& self) { return self.state().file; })
      .def_property_readonly("strategies", &Scenario::strategies)
      .def_property_readonly("cases", &Scenario::cases)
      .def_property_readonly("changes", changes)
      .def("text", &Scenario::text)
      .def("warnings", &Scenario::warnings)
      .def("paths", paths)
      .def("get", get, py::arg("path"))
      .def(
          "has",
          [](const Scenario& self, const std::string& path) {
            return scenario::text_at(self.details(), path).has_value();
          },
          py::arg("path"))
      .def("changed", changed, py::arg("values"), py::call_guard<py::gil_scoped_release>())
      .def("future", future, py::arg("values"), py::call_guard<py::gil_scoped_release>())
      .def("fitted", fitted, py::arg("values"))
      .def("suggestion", suggestion, py::arg("path"));
  module.def("scenario_names", scenario_names);
  module.def("schema", schema);
}

}  // namespace fleetrace::python
