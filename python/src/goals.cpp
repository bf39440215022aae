#include <algorithm>
#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "python/src/plan_options.hpp"
#include "python/src/study_work.hpp"
#include "sim/api/race.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/output/folder/questions.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/plan/what_if_plan.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/what_if.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::python {
namespace {

/// One of two answers, or the problem as an exception.
template <class Found>
Found found_or_throw(const std::string& what, std::variant<Found, core::QuantityProblem> answer) {
  if (const auto* problem = std::get_if<core::QuantityProblem>(&answer))
    throw py::value_error(what + ": " + problem->problem + " (" + problem->reason + "). " + problem->suggestion);
  return std::get<Found>(std::move(answer));
}

/// What is looked for and until when, with its strategy.
SolveReport solve_question(const Scenario& scenario, const StudySettings& settings, const study::StudyDesign& design,
                           const std::string& path, const std::string& goal, const std::optional<double>& probability) {
  if (probability && !(*probability > 0 && *probability < 1))
    throw py::value_error("probability is above 0 and below 1");
  const scenario::Scenario& loaded = scenario.details();
  SolveReport report = solve_report(loaded, settings);
  report.scalar_input = found_or_throw(path, scenario::ScalarInput::at(loaded, path));
  report.goal = found_or_throw("until", study::parse_goal(goal, scenario::resolve(loaded)));
  report.probability = probability;
  if (report.goal.chance)
    throw py::value_error("until: the goal \"" + goal + "\" is about a probability, which is an argument of its own");
  const auto strategy = goal_strategy(report.goal, report.scalar_input, design.strategies);
  if (!strategy)
    throw py::value_error("until: the goal \"" + goal + "\" names no strategy, and more than one races. Write " +
                          design.strategies.front() + '.' + goal + '.');
  report.strategy = *strategy;
  return report;
}

study::SolveRequest bounds_of(const SolveReport& report,
                              const std::optional<std::pair<std::string, std::string>>& between) {
  const scenario::ScalarInput& input = report.scalar_input;
  if (!between) {
    if (!std::isfinite(input.current))
      throw py::value_error(input.path + " has no limit in the scenario; say between which values to look");
    return solve_request(input, std::nullopt);
  }
  const double low = found_or_throw("between", input.read(between->first));
  const double high = found_or_throw("between", input.read(between->second));
  if (!(low < high) || !input.range.contains(low) || !input.range.contains(high))
    throw py::value_error("between: the bounds of " + input.path + " ascend and are valid values of it");
  return solve_request(input, std::pair(low, high));
}

py::tuple run_solve(const Scenario& scenario, const std::string& path, const std::string& goal,
                    const std::optional<std::pair<std::string, std::string>>& between,
                    const std::optional<double>& probability, const py::dict& given, const py::object& progress,
                    const FolderRequest& folder) {
  Work work(progress);
  const StudyOptions options = study_options(given, work);
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = settings_of(options, loaded);
  const auto design = study::StudyDesign::of(loaded, settings.seed, std::nullopt);
  SolveReport report = solve_question(scenario, settings, design, path, goal, probability);
  const study::SolveRequest request = bounds_of(report, between);
  auto done = work.run([&] {
    const StopFlag stop(options.stop);
    const auto files = [&](const output::Manifest& known) {
      return output::StudyFiles{
          output::solve_csv(report), output::solve_json(report), output::solve_xlsx(report),
          output::to_html(report, run_scenario(loaded, {settings.seed}), known.arguments, known.resolved_scenario)};
    };
    run_into(folder, loaded, settings.seed, {output::solve_question(report, request, settings), loaded.warnings, files},
             [&] { return search(design, request, settings, stop.flag(), report, options.progress); });
    return std::make_shared<const SolveReport>(std::move(report));
  });
  return py::make_tuple(Answer<SolveReport>{std::move(done)}, work.interruption());
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
  all.reserve(known.size());
  for (const reader::LoadedCase& each : known) all.push_back(each.about.name);
  for (const std::string& name : names) {
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end())
      throw UnknownName("there is no case \"" + core::printable(name) + "\". " +
                        (all.empty() ? "The scenario defines none." : core::suggest(name, all)));
    cases.push_back(known[static_cast<std::size_t>(found - all.begin())]);
  }
  return cases;
}

py::tuple run_what_if(const Scenario& scenario, const Changes& changes, const std::vector<std::string>& names,
                      const std::optional<std::string>& by, int fiscal_year_begins, const py::dict& given,
                      const py::object& progress, const std::vector<std::string>& fail_if,
                      const FolderRequest& folder) {
  Work work(progress);
  const StudyOptions options = study_options(given, work);
  const std::optional<PlanOptions> plan = plan_options(by, fiscal_year_begins);
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = settings_of(options, loaded);
  std::vector<reader::LoadedCase> cases = cases_of(scenario, changes, names);
  auto report = work.run([&] {
    WhatIfStudy study = make_what_if(
        loaded, settings, std::move(cases), [&](const scenario::Scenario& one) { return goals_of(fail_if, one); },
        plan);
    const StopFlag stop(options.stop);
    const auto files = [&](const output::Manifest& known) {
      const WhatIfReport& made = study.report;
      return output::StudyFiles{output::what_if_csv(made), output::what_if_json(made), output::what_if_xlsx(made),
                                output::to_html(made, known.arguments, known.resolved_scenario)};
    };
    run_into(folder, loaded, settings.seed, {output::question_of(study), study.report.warnings, files},
             [&] { return race(study, stop.flag(), options.progress); });
    return std::make_shared<const WhatIfReport>(std::move(study.report));
  });
  return py::make_tuple(Answer<WhatIfReport>{std::move(report)}, work.interruption());
}

}  // namespace

void bind_goals(py::module_& module) {
  bind_answer<SolveReport, output::kSolveFormats>(module, "SolveAnswer")
      .def_property_readonly(
          "values", [](const Answer<SolveReport>& self) -> const study::Solution& { return self.report->solution; })
      .def_property_readonly("strategy", [](const Answer<SolveReport>& self) { return self.report->strategy; })
      .def_property_readonly("interval", [](const Answer<SolveReport>& self) { return self.report->interval; })
      .def_property_readonly("path", [](const Answer<SolveReport>& self) { return self.report->scalar_input.path; })
      .def_property_readonly("replications", [](const Answer<SolveReport>& self) { return self.report->replications; })
      .def_property_readonly("confidence", [](const Answer<SolveReport>& self) { return self.report->confidence; })
      .def_property_readonly("input",
                             [](const Answer<SolveReport>& self) {
                               return self.report->scalar_input.text(self.report->solution.best.input);
                             })
      .def(
          "html",
          [](const Answer<SolveReport>& self, const Scenario& scenario) {
            return output::to_html(*self.report, run_scenario(scenario.details(), {self.report->seed}), {});
          },
          py::arg("scenario"), py::call_guard<py::gil_scoped_release>());
  bind_answer<WhatIfReport, output::kWhatIfFormats>(module, "WhatIfAnswer")
      .def_property_readonly(
          "values", [](const Answer<WhatIfReport>& self) -> const study::WhatIf& { return self.report->result; })
      .def_property_readonly("changes",
                             [](const Answer<WhatIfReport>& self) {
                               std::vector<std::vector<std::pair<std::string, std::string>>> changes;
                               for (const WhatIfCaseReport& each : self.report->cases) changes.push_back(each.changes);
                               return changes;
                             })
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
  module.def("solve", run_solve, py::arg("scenario"), py::arg("path"), py::arg("goal"), py::arg("between"),
             py::arg("probability"), py::arg("options"), py::arg("progress"), py::arg("folder"));
  module.def("what_if", run_what_if, py::arg("scenario"), py::arg("changes"), py::arg("cases"), py::arg("by"),
             py::arg("fiscal_year_begins"), py::arg("options"), py::arg("progress"), py::arg("fail_if"),
             py::arg("folder"));
}

}  // namespace fleetrace::python
