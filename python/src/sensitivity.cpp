#include "sim/output/studies/sensitivity.hpp"

#include <algorithm>
#include <limits>

#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "python/src/parts.hpp"
#include "python/src/study_work.hpp"
#include "sim/api/race.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/api/sensitivity_study.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/parts/sensitivity_parts.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/study/sensitivity/sobol_indices.hpp"

namespace fleetrace::python {
namespace {

using SensitivityAnswer = Answer<SensitivityReport>;

/// A sensitivity before it is raced. `find` finds the strategies that the request names.
output::AskedSensitivity ask_sensitivity(
    const Scenario& scenario, const StudyRequest& request, const StudySettings& settings, const FolderRequest& folder,
    const std::function<study::SensitivityQuestion(const study::StudyDesign& design)>& find) {
  const scenario::Scenario& loaded = scenario.details();
  auto design = study::StudyDesign::of(loaded, settings.seed, settings.target, settings.objective);
  require_uncertain(loaded, design, scenario.state().file);
  const study::SensitivityQuestion question = find(design);
  output::AskedSensitivity asked = output::ask_sensitivity(loaded, std::move(design), question, request, settings,
                                                           words_of(folder));
  if (!is_affordable(asked.design, asked.effort)) throw py::value_error("that takes too many runs; take fewer points");
  return asked;
}

output::AskedSensitivity ask_sensitivity(const Scenario& scenario, const StudyRequest& request,
                                         const FolderRequest& folder) {
  const StudySettings settings = settings_of(request.options, scenario.details());
  return ask_sensitivity(scenario, request, settings, folder, [&](const study::StudyDesign& design) {
    return question_of(design, settings.objective, request.strategy, request.against);
  });
}

/// Runs the points, or takes them from the parts where these are given.
py::tuple answer_sensitivity(Work& work, const output::AskedSensitivity& asked, const FolderRequest& folder,
                             const Parts* parts = nullptr) {
  auto report = work.run([&] {
    const StopFlag stop(work.token());
    std::optional<SensitivityReport> found;
    if (parts != nullptr) parts->set.require_study(asked.manifest);
    run_into(
        folder, asked.manifest, [&](const output::Manifest& known) { return output::files_of(asked, *found, known); },
        [&] {
          found = output::race(asked, parts == nullptr ? nullptr : &parts->set, stop.flag(), work.reporter());
          return found.has_value();
        });
    return std::make_shared<const SensitivityReport>(*std::move(found));
  });
  return py::make_tuple(SensitivityAnswer{std::move(report)}, work.interruption());
}

StudyRequest sensitivity_request(const Scenario& scenario, const std::string& source, const std::string& strategy,
                                 const std::string& against, std::size_t points, const StudyOptions& options) {
  if (points < 2 || points > (std::size_t{1} << 20) || (points & (points - 1)) != 0)
    throw py::value_error("points is a power of two from 2 to 1,048,576, which Sobol sequences need");
  StudyRequest request = study_request(StudyRequest::Verb::sensitivity, scenario, source, options);
  request.strategy = strategy;
  request.against = against;
  request.points = points;
  return request;
}

py::tuple run_sensitivity(const Scenario& scenario, const std::string& strategy, const std::string& against,
                          std::size_t points, const py::dict& given, const py::object& progress,
                          const FolderRequest& folder) {
  Work work(progress);
  const StudyRequest request = sensitivity_request(scenario, "", strategy, against, points, study_options(given, work));
  return answer_sensitivity(work, ask_sensitivity(scenario, request, folder), folder);
}

py::tuple sensitivity_part(const Scenario& scenario, const std::string& source, const std::string& strategy,
                           const std::string& against, std::size_t points, const py::dict& given, const Shard& shard,
                           const py::object& progress, const FolderRequest& folder) {
  Work work(progress);
  const StudyRequest request = sensitivity_request(scenario, source, strategy, against, points,
                                                   study_options(given, work));
  const output::AskedSensitivity asked = ask_sensitivity(scenario, request, folder);
  return run_part(work, [&](const output::PartWatch& watch) {
    return output::sensitivity_part(asked, request, shard_of(shard), folder->first, watch);
  });
}

/// Refuses a sensitivity that cannot be asked.
void require_sensitivity(const Scenario& scenario, const std::string& strategy, const std::string& against,
                         std::size_t points, const py::dict& given) {
  Work work{py::none()};
  (void)ask_sensitivity(scenario,
                        sensitivity_request(scenario, "", strategy, against, points, study_options(given, work)), {});
}

py::tuple merge_sensitivity(const Parts& parts, int jobs, const py::object& progress, const std::string& path) {
  Work work(progress);
  const StudyRequest request = parts.set.request();
  const FolderRequest folder = parts.folder(path);
  const StudySettings settings = parts.set.settings(parts.scenario.details(), jobs);
  const auto find = [&](const study::StudyDesign& design) {
    return parts.set.asked([&] { return question_of(design, settings.objective, request.strategy, request.against); });
  };
  return answer_sensitivity(work, ask_sensitivity(parts.scenario, request, settings, folder, find), folder, &parts);
}

/// The objective at each row of the design, by row and strategy; NaN where a target is not reached.
py::array objectives(const SensitivityAnswer& self) {
  const std::vector<study::RowObjective>& found = self.report->sensitivity.objectives;
  const std::size_t strategies = self.report->design.strategies.size();
  std::vector<double> values(found.size());
  std::transform(found.begin(), found.end(), values.begin(), [](const study::RowObjective& each) {
    return each.is_reached ? each.value : std::numeric_limits<double>::quiet_NaN();
  });
  return array_of(std::move(values),
                  {static_cast<py::ssize_t>(found.size() / strategies), static_cast<py::ssize_t>(strategies)});
}

/// What each row of the design took the inputs to be, by input and row, in the unit in which the scenario writes the input.
py::array draws(const SensitivityAnswer& self) {
  const SensitivityReport& report = *self.report;
  const scenario::Inputs& inputs = report.design.inputs;
  const study::SobolDesign sobol(inputs.all().size(), report.effort.points, report.effort.replicates,
                                 report.design.seed);
  std::vector<double> values(sobol.inputs() * sobol.rows());
  {
    const py::gil_scoped_release released;
    std::vector<double> uniforms(sobol.inputs());
    for (std::size_t row = 0; row < sobol.rows(); ++row) {
      sobol.row(row, uniforms);
      const std::vector<double> written = inputs.written_values(uniforms);
      for (std::size_t k = 0; k < sobol.inputs(); ++k)
        values[k * sobol.rows() + row] = inputs.all()[k].in_unit(written[k]);
    }
  }
  return array_of(std::move(values),
                  {static_cast<py::ssize_t>(sobol.inputs()), static_cast<py::ssize_t>(sobol.rows())});
}

}  // namespace

void bind_sensitivity(py::module_& module) {
  bind_answer<SensitivityReport, output::kSensitivityFormats>(module, "SensitivityAnswer")
      .def_property_readonly(
          "values", [](const SensitivityAnswer& self) -> const study::Sensitivity& { return self.report->sensitivity; })
      .def_property_readonly("inputs", [](const SensitivityAnswer& self) { return self.report->design.inputs.names(); })
      .def_property_readonly("drawn_inputs",
                             [](const SensitivityAnswer& self) { return described(self.report->design.inputs); })
      .def_property_readonly("points", [](const SensitivityAnswer& self) { return self.report->effort.points; })
      .def_property_readonly(
          "column",
          [](const SensitivityAnswer& self) {
            return output::metric_column(static_cast<std::size_t>(self.report->sensitivity.objective));
          })
      .def("objectives", objectives)
      .def("draws", draws)
      .def_property_readonly("strategies", [](const SensitivityAnswer& self) { return self.report->design.strategies; })
      .def(
          "html",
          [](const SensitivityAnswer& self, const Scenario& scenario) {
            return output::to_html(*self.report, run_scenario(scenario.details(), {self.report->design.seed}), {});
          },
          py::arg("scenario"), py::call_guard<py::gil_scoped_release>());
  module.def("sensitivity", run_sensitivity, py::arg("scenario"), py::arg("strategy"), py::arg("against"),
             py::arg("points"), py::arg("options"), py::arg("progress"), py::arg("folder"));
  module.def("require_sensitivity", require_sensitivity, py::arg("scenario"), py::arg("strategy"), py::arg("against"),
             py::arg("points"), py::arg("options"));
  module.def("sensitivity_part", sensitivity_part, py::arg("scenario"), py::arg("source"), py::arg("strategy"),
             py::arg("against"), py::arg("points"), py::arg("options"), py::arg("shard"), py::arg("progress"),
             py::arg("folder"));
  module.def("merge_sensitivity", merge_sensitivity, py::arg("parts"), py::arg("jobs"), py::arg("progress"),
             py::arg("folder"));
}

}  // namespace fleetrace::python
