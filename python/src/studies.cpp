#include "fleetrace/study.hpp"
#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "python/src/plan_options.hpp"
#include "python/src/work.hpp"
#include "sim/api/diff_study.hpp"
#include "sim/api/race.hpp"
#include "sim/api/reports.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/api/what_if_study.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/plan/what_if_plan.hpp"
#include "sim/output/studies/diff.hpp"
#include "sim/output/studies/sensitivity.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/sweep.hpp"
#include "sim/output/studies/what_if.hpp"

namespace fleetrace::python {
namespace {

/// The options that all studies share, with the work's stop and progress.
StudyOptions study_options(const py::dict& given, Work& work) {
  StudyOptions options;
  options.replications = given["replications"].cast<std::optional<std::size_t>>();
  options.seed = given["seed"].cast<std::uint32_t>();
  options.jobs = given["jobs"].cast<int>();
  options.objective = given["objective"].cast<std::optional<fleet::Metric>>();
  options.target = given["target"].cast<std::optional<double>>();
  options.confidence = given["confidence"].cast<std::optional<double>>();
  options.stop = work.token();
  options.progress = work.reporter();
  return options;
}

/// The report of a study that is whole, or that ended in an exception.
template <class Study>
auto run_study(const py::dict& given, const py::object& progress, Study study) {
  Work work(progress);
  const StudyOptions options = study_options(given, work);
  auto done = work.run([&] { return study(options); });
  return py::make_tuple(Answer<std::remove_const_t<std::remove_reference_t<decltype(*done.details)>>>{done.details},
                        work.interruption());
}

py::tuple run_sweep(const Scenario& scenario, const std::vector<std::pair<std::string, std::vector<std::string>>>& grid,
                    const py::dict& given, const py::object& progress) {
  std::vector<study::Axis> axes;
  for (const auto& [path, values] : grid) axes.push_back({path, values});
  return run_study(given, progress, [&](const StudyOptions& options) { return sweep(scenario, axes, options); });
}

py::tuple run_sensitivity(const Scenario& scenario, const std::string& strategy, const std::string& against,
                          std::size_t points, const py::dict& given, const py::object& progress) {
  return run_study(given, progress, [&](const StudyOptions& all) {
    SensitivityOptions options;
    options.seed = all.seed;
    options.jobs = all.jobs;
    options.objective = all.objective;
    options.target = all.target;
    options.confidence = all.confidence;
    options.strategy = strategy;
    options.against = against;
    options.points = points;
    options.stop = all.stop;
    options.progress = all.progress;
    return sensitivity(scenario, options);
  });
}

/// A bound of a search in the base unit of its number.
double bound(const scenario::ScalarInput& input, const std::string& text) {
  auto read = input.read(text);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read))
    throw py::value_error("between: " + problem->problem + " (" + problem->reason + "). " + problem->suggestion);
  return std::get<double>(read);
}

py::tuple run_solve(const Scenario& scenario, const std::string& path, const std::string& goal,
                    const std::optional<std::pair<std::string, std::string>>& between,
                    const std::optional<double>& probability, const py::dict& given, const py::object& progress) {
  std::optional<std::pair<double, double>> bounds;
  if (between) {
    auto found = scenario::ScalarInput::at(scenario.details(), path);
    if (const auto* problem = std::get_if<core::QuantityProblem>(&found))
      throw py::value_error(path + ": " + problem->problem + " (" + problem->reason + "). " + problem->suggestion);
    const auto& input = std::get<scenario::ScalarInput>(found);
    bounds.emplace(bound(input, between->first), bound(input, between->second));
  }
  return run_study(given, progress, [&](const StudyOptions& options) {
    return solve(scenario, path, goal, options, bounds, probability);
  });
}

using Changes = std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>>;

/// Changed cases of the scenario: those that are given, and those of the scenario with these names; without any, all of the
/// scenario's.
std::vector<reader::LoadedCase> cases_of(const Scenario& scenario, const Changes& changes,
                                         const std::vector<std::string>& names) {
  const ScenarioState& state = scenario.state();
  std::vector<reader::LoadedCase> cases;
  for (const auto& [name, set] : changes) {
    reader::NamedCase one{name, "", {}};
    for (const auto& [path, value] : set) one.changes.push_back({path, value, "case " + name});
    std::vector<reader::Override> all = state.changes;
    all.insert(all.end(), one.changes.begin(), one.changes.end());
    cases.push_back({std::move(one), state.document->load_future(state.loaded, all)});
  }
  if (!changes.empty() && names.empty()) return cases;
  std::vector<reader::LoadedCase> known = state.document->load_with_cases(state.changes).cases;
  if (names.empty()) return known;
  std::vector<std::string_view> all;
  for (const reader::LoadedCase& each : known) all.push_back(each.about.name);
  for (const std::string& name : names) {
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end())
      throw py::key_error("there is no case \"" + core::printable(name) + "\". " + core::suggest(name, all));
    cases.push_back(known[static_cast<std::size_t>(found - all.begin())]);
  }
  return cases;
}

py::tuple run_what_if(const Scenario& scenario, const Changes& changes, const std::vector<std::string>& names,
                      const std::optional<std::string>& by, int fiscal_year_begins, const py::dict& given,
                      const py::object& progress) {
  const std::optional<PlanOptions> plan = plan_options(by, fiscal_year_begins);
  return run_study(given, progress, [&](const StudyOptions& options) {
    const scenario::Scenario& loaded = scenario.details();
    WhatIfStudy work = make_what_if(loaded, settings_of(options, loaded), cases_of(scenario, changes, names), {}, plan);
    const StopFlag stop(options.stop);
    if (!race(work, stop.flag(), options.progress)) throw Stopped("the what-if was stopped");
    return WhatIfResult{{}, std::make_shared<const WhatIfReport>(std::move(work.report))};
  });
}

struct DiffResult {
  std::shared_ptr<const Diff> details;
};

py::tuple run_diff(const Scenario& a, const Scenario& b, std::optional<std::uint32_t> replication,
                   const py::dict& given) {
  return run_study(given, py::none(), [&](const StudyOptions& options) {
    const fleet::Draw draw{options.seed, replication.value_or(0),
                           replication ? fleet::InputDraw::drawn : fleet::InputDraw::medians};
    const StopFlag stop(options.stop);
    auto found = diff_of({a.state().file, a.details(), draw}, {b.state().file, b.details(), draw}, options.jobs,
                         stop.flag());
    if (!found) throw Stopped("the difference was stopped");
    return DiffResult{std::make_shared<const Diff>(*std::move(found))};
  });
}

template <class Report>
std::string html(const Answer<Report>& self, const Scenario& scenario) {
  return output::to_html(*self.report, run_scenario(scenario.details(), {self.report->seed}), {});
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
      .def("html", html<SweepReport>, py::arg("scenario"), py::call_guard<py::gil_scoped_release>());
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
  bind_answer<SolveReport, output::kSolveFormats>(module, "SolveAnswer")
      .def_property_readonly(
          "values", [](const Answer<SolveReport>& self) -> const study::Solution& { return self.report->solution; })
      .def_property_readonly("strategy", [](const Answer<SolveReport>& self) { return self.report->strategy; })
      .def_property_readonly("interval", [](const Answer<SolveReport>& self) { return self.report->interval; })
      .def_property_readonly("input",
                             [](const Answer<SolveReport>& self) {
                               return self.report->scalar_input.text(self.report->solution.best.input);
                             })
      .def("html", html<SolveReport>, py::arg("scenario"), py::call_guard<py::gil_scoped_release>());
  bind_answer<WhatIfReport, output::kWhatIfFormats>(module, "WhatIfAnswer")
      .def_property_readonly(
          "values", [](const Answer<WhatIfReport>& self) -> const study::WhatIf& { return self.report->result; })
      .def(
          "write_plan",
          [](const Answer<WhatIfReport>& self, const std::string& format, std::size_t width) {
            if (self.report->cases.front().at_medians.plans.empty())
              throw py::value_error("the what-if has no plan: ask for one with by=\"quarter\"");
            return written(*self.report, output::kWhatIfPlanFormats, format, width);
          },
          py::arg("format"), py::arg("width") = 100)
      .def(
          "html", [](const Answer<WhatIfReport>& self) { return output::to_html(*self.report, {}, {}); },
          py::call_guard<py::gil_scoped_release>());
  bind_answer<Diff, output::kDiffFormats>(module, "DiffAnswer")
      .def_property_readonly("values", [](const Answer<Diff>& self) -> const Diff& { return *self.report; })
      .def_property_readonly("answer", [](const Answer<Diff>& self) { return output::answer(*self.report); });
  module.def("sweep", run_sweep, py::arg("scenario"), py::arg("axes"), py::arg("options"), py::arg("progress"));
  module.def("sensitivity", run_sensitivity, py::arg("scenario"), py::arg("strategy"), py::arg("against"),
             py::arg("points"), py::arg("options"), py::arg("progress"));
  module.def("solve", run_solve, py::arg("scenario"), py::arg("path"), py::arg("goal"), py::arg("between"),
             py::arg("probability"), py::arg("options"), py::arg("progress"));
  module.def("what_if", run_what_if, py::arg("scenario"), py::arg("changes"), py::arg("cases"), py::arg("by"),
             py::arg("fiscal_year_begins"), py::arg("options"), py::arg("progress"));
  module.def("diff", run_diff, py::arg("a"), py::arg("b"), py::arg("replication"), py::arg("options"));
}

}  // namespace fleetrace::python
