#include "fleetrace/fit.hpp"

#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "sim/output/fit/fit.hpp"

namespace fleetrace::python {
namespace {

core::Time time_of(std::int64_t milliseconds) { return core::Time::from_milliseconds(milliseconds); }

FitRequest request_of(const std::string& model, const py::dict& given) {
  FitRequest request;
  const auto text = [&given](const char* name) { return given[name].cast<std::string>(); };
  request.model = model;
  request.law = text("law");
  request.x = text("x");
  request.y = text("y");
  request.of = text("of");
  request.key = text("key");
  request.confidence = given["confidence"].cast<double>();
  request.widening = given["widening"].cast<double>();
  request.steps = given["steps"].cast<std::vector<double>>();
  if (!given["at"].is_none()) request.at = time_of(given["at"].cast<std::int64_t>());
  for (const auto each : given["predict"].cast<std::vector<std::int64_t>>()) request.predict.push_back(time_of(each));
  request.resamples = given["resamples"].cast<std::size_t>();
  request.seed = given["seed"].cast<std::uint32_t>();
  request.jobs = given["jobs"].cast<int>();
  return request;
}

Answer<Fit> fit_of(const std::string& model, const std::string& csv, const std::string& file, const py::dict& given,
                   const std::optional<Scenario>& scenario) {
  const FitRequest request = request_of(model, given);
  const py::gil_scoped_release released;
  return {std::make_shared<const Fit>(fit(request, csv, file, scenario))};
}

}  // namespace

void bind_fit(py::module_& module) {
  bind_answer<Fit, output::kFitFormats>(module, "FitAnswer")
      .def_property_readonly("values", [](const Answer<Fit>& self) -> const Fit& { return *self.report; })
      .def(
          "html",
          [](const Answer<Fit>& self, const std::vector<std::string>& arguments) {
            return output::fit_html(*self.report, arguments);
          },
          py::arg("arguments"));
  module.def("fit", fit_of, py::arg("model"), py::arg("csv"), py::arg("file"), py::arg("request"), py::arg("scenario"));
  module.def("fit_models", [] {
    std::vector<std::pair<std::string, std::string>> models;
    for (const FitModel& each : fit_models()) models.emplace_back(each.name, each.columns);
    return models;
  });
}

}  // namespace fleetrace::python
