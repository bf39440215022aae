#include "fleetrace/core/quantity.hpp"
#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "python/src/study_work.hpp"
#include "sim/api/diff_study.hpp"
#include "sim/api/race.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/output/folder/diff_folder.hpp"
#include "sim/output/folder/questions.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/studies/diff.hpp"
#include "sim/output/studies/sensitivity.hpp"
#include "sim/output/studies/sweep.hpp"

namespace fleetrace::python {
namespace {

py::tuple run_sweep(const Scenario& scenario, const std::vector<std::pair<std::string, std::vector<std::string>>>& grid,
                    const py::dict& given, const py::object& progress, const FolderRequest& folder) {
  std::vector<study::Axis> axes;
  for (const auto& [path, values] : grid) axes.push_back({path, values});
  if (axes.empty()) throw py::value_error("a sweep takes one axis or more, each with values");
  for (const study::Axis& each : axes) {
    if (each.values.empty()) throw py::value_error("the axis " + each.path + " has no values");
  }
  Work work(progress);
  const StudyOptions options = study_options(given, work);
  auto report = work.run([&] {
    const ScenarioState& state = scenario.state();
    SweepStudy study = make_sweep(*state.document, state.loaded, state.changes, std::move(axes), "sweep",
                                  [&](const scenario::Scenario& point) { return settings_of(options, point); });
    const StopFlag stop(options.stop);
    const std::string target = options.target ? core::format_real(*options.target) : "of the study";
    const auto files = [&](const output::Manifest& known) {
      const SweepReport& made = study.report;
      return output::StudyFiles{
          output::sweep_csv(made), output::sweep_json(made), output::sweep_xlsx(made),
          output::to_html(made, run_scenario(study.base, {made.seed}), known.arguments, known.resolved_scenario)};
    };
    run_into(folder, study.base, study.report.seed, {output::question_of(study, target), study.report.warnings, files},
             [&] { return race(study, stop.flag(), options.progress); });
    return std::make_shared<const SweepReport>(std::move(study.report));
  });
  return py::make_tuple(Answer<SweepReport>{std::move(report)}, work.interruption());
}

std::optional<std::size_t> strategy_named(const study::StudyDesign& design, const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (const auto found = study::find_strategy(design, name)) return found;
  throw py::key_error("there is no strategy \"" + core::printable(name) + "\". " +
                      core::suggest(name, {design.strategies.begin(), design.strategies.end()}));
}

study::SensitivityQuestion question_of(const study::StudyDesign& design, fleet::Metric objective,
                                       const std::string& strategy, const std::string& against) {
  const study::SensitivityQuestion question{objective, strategy_named(design, strategy),
                                            strategy_named(design, against)};
  if (question.against && (!question.strategy || question.strategy == question.against))
    throw py::value_error("a difference is that of two strategies: `of` and `against`");
  return question;
}

py::tuple run_sensitivity(const Scenario& scenario, const std::string& strategy, const std::string& against,
                          std::size_t points, const py::dict& given, const py::object& progress,
                          const FolderRequest& folder) {
  if (points < 2 || points > (std::size_t{1} << 20) || (points & (points - 1)) != 0)
    throw py::value_error("points is a power of two from 2 to 1,048,576, which Sobol sequences need");
  Work work(progress);
  const StudyOptions options = study_options(given, work);
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = settings_of(options, loaded);
  const auto design = study::StudyDesign::of(loaded, settings.seed, settings.target, settings.objective);
  require_uncertain(loaded, design, scenario.state().file);
  const study::SensitivityQuestion question = question_of(design, settings.objective, strategy, against);
  study::SensitivityEffort effort;
  effort.points = points;
  effort.confidence = settings.confidence;
  effort.jobs = settings.jobs;
  if (!is_affordable(design, effort)) throw py::value_error("that takes too many runs; take fewer points");
  const std::string single = strategy.empty() || question.against ? "chosen" : strategy;
  const std::string pair = question.against ? strategy + ',' + against : "chosen";
  auto report = work.run([&] {
    const StopFlag stop(options.stop);
    std::optional<SensitivityReport> found;
    const auto files = [&](const output::Manifest& known) {
      return output::StudyFiles{
          output::sensitivity_csv(*found), output::sensitivity_json(*found), output::sensitivity_xlsx(*found),
          output::to_html(*found, run_scenario(loaded, {settings.seed}), known.arguments, known.resolved_scenario)};
    };
    run_into(folder, loaded, settings.seed,
             {output::sensitivity_question(settings, effort, single, pair), loaded.warnings, files}, [&] {
               found = race_sensitivity(loaded, design, question, effort, stop.flag(), options.progress);
               return found.has_value();
             });
    return std::make_shared<const SensitivityReport>(*std::move(found));
  });
  return py::make_tuple(Answer<SensitivityReport>{std::move(report)}, work.interruption());
}

/// One side of a difference: a scenario, or a folder of results. Notes about a folder are added to `notes`.
DiffSide side_of(const py::object& given, const std::string& name, const std::optional<std::uint32_t>& seed,
                 const std::optional<std::uint32_t>& replication, std::vector<std::string>& notes) {
  DiffSide side;
  if (py::isinstance<py::str>(given)) {
    output::FolderSide found = output::read_side(name);
    side = std::move(found.side);
    notes.insert(notes.end(), found.notes.begin(), found.notes.end());
  } else {
    side = {name, given.cast<const Scenario&>().details(), {1, 0, fleet::InputDraw::medians}};
  }
  if (seed) side.draw.seed = *seed;
  if (replication) {
    side.draw.replication = *replication;
    side.draw.inputs = fleet::InputDraw::drawn;
  }
  return side;
}

py::tuple run_diff(const py::object& a, const py::object& b, const std::string& a_name, const std::string& b_name,
                   std::optional<std::uint32_t> seed, std::optional<std::uint32_t> replication, int jobs) {
  std::vector<std::string> notes;
  const DiffSide first = side_of(a, a_name, seed, replication, notes);
  const DiffSide second = side_of(b, b_name, seed, replication, notes);
  Work work{py::none()};
  auto found = work.run([&] {
    const StopFlag stop(work.token());
    auto made = diff_of(first, second, jobs, stop.flag());
    if (!made) throw Stopped("the difference was stopped");
    return std::make_shared<const Diff>(*std::move(made));
  });
  return py::make_tuple(Answer<Diff>{std::move(found)}, std::move(notes), work.interruption());
}

}  // namespace

void bind_studies(py::module_& module) {
  bind_answer<SweepReport, output::kSweepFormats>(module, "SweepAnswer")
      .def_property_readonly(
          "axes", [](const Answer<SweepReport>& self) -> const std::vector<study::Axis>& { return self.report->axes; })
      .def_property_readonly(
          "points",
          [](const Answer<SweepReport>& self) -> const std::vector<study::Comparison>& { return self.report->points; })
      .def_property_readonly("answer", [](const Answer<SweepReport>& self) { return output::answer(*self.report); })
      .def(
          "html",
          [](const Answer<SweepReport>& self, const Scenario& scenario) {
            return output::to_html(*self.report, run_scenario(scenario.details(), {self.report->seed}), {});
          },
          py::arg("scenario"), py::call_guard<py::gil_scoped_release>());
  bind_answer<SensitivityReport, output::kSensitivityFormats>(module, "SensitivityAnswer")
      .def_property_readonly(
          "values",
          [](const Answer<SensitivityReport>& self) -> const study::Sensitivity& { return self.report->sensitivity; })
      .def_property_readonly("inputs",
                             [](const Answer<SensitivityReport>& self) { return self.report->design.inputs.names(); })
      .def_property_readonly("strategies",
                             [](const Answer<SensitivityReport>& self) { return self.report->design.strategies; })
      .def(
          "html",
          [](const Answer<SensitivityReport>& self, const Scenario& scenario) {
            return output::to_html(*self.report, run_scenario(scenario.details(), {self.report->design.seed}), {});
          },
          py::arg("scenario"), py::call_guard<py::gil_scoped_release>());
  bind_answer<Diff, output::kDiffFormats>(module, "DiffAnswer")
      .def_property_readonly("values", [](const Answer<Diff>& self) -> const Diff& { return *self.report; })
      .def_property_readonly("answer", [](const Answer<Diff>& self) { return output::answer(*self.report); });
  module.def("sweep", run_sweep, py::arg("scenario"), py::arg("axes"), py::arg("options"), py::arg("progress"),
             py::arg("folder"));
  module.def("sensitivity", run_sensitivity, py::arg("scenario"), py::arg("strategy"), py::arg("against"),
             py::arg("points"), py::arg("options"), py::arg("progress"), py::arg("folder"));
  module.def("diff", run_diff, py::arg("a"), py::arg("b"), py::arg("a_name"), py::arg("b_name"), py::arg("seed"),
             py::arg("replication"), py::arg("jobs"));
}

}  // namespace fleetrace::python
