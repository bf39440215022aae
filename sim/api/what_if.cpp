#include "fleetrace/study.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/api/what_if_study.hpp"
#include "sim/study/affordable.hpp"

namespace fleetrace {
namespace {

void add_case(reader::LoadedCase one, const GuardsOf& guards, const std::optional<PlanOptions>& plan,
              WhatIfStudy& work) {
  const std::uint32_t seed = work.settings.seed;
  std::vector<study::Goal> goals;
  if (guards) goals = guards(one.scenario);
  // What a PF-day costs is among the metrics that lead.
  study::StudyDesign design = study::StudyDesign::of(one.scenario, seed, work.settings.target,
                                                     fleet::Metric::cost_per_effective_compute);
  study::ask_for(goals, design);
  work.cases.push_back({one.about.name, std::move(design), std::move(goals)});
  WhatIfCaseReport about;
  about.summary = std::move(one.about.summary);
  for (const reader::Override& each : one.about.changes) about.changes.emplace_back(each.path, each.text);
  about.at_medians = run_scenario(std::move(one.scenario), {seed}, {}, {}, plan);
  work.report.cases.push_back(std::move(about));
}

}  // namespace

WhatIfStudy make_what_if(const scenario::Scenario& base, const StudySettings& settings,
                         std::vector<reader::LoadedCase> changes, const GuardsOf& guards,
                         const std::optional<PlanOptions>& plan) {
  WhatIfStudy work;
  work.settings = settings;
  work.report.name = base.name();
  work.report.sha256 = base.sha256;
  work.report.seed = settings.seed;
  if (changes.empty()) changes.push_back({{"unchanged", "", {}}, base});
  work.report.warnings = base.warnings;
  for (const reader::LoadedCase& each : changes) {
    for (core::Diagnostic& one : reader::new_warnings(each, base)) work.report.warnings.push_back(std::move(one));
  }
  add_case({{"base", "", {}}, base}, guards, plan, work);
  for (reader::LoadedCase& each : changes) add_case(std::move(each), guards, plan, work);
  bool has_chance = false;
  std::size_t races = 0;
  for (const study::WhatIfCase& each : work.cases) {
    has_chance = has_chance || each.design.has_chance;
    races += each.design.strategies.size();
  }
  study::require_affordable(has_chance ? settings.replications : 1, races);
  return work;
}

std::size_t most_races(const WhatIfStudy& work) {
  return work.settings.replications * work.cases.size() * (1 + scenario::kPerturbations.size());
}

bool race(WhatIfStudy& work, const std::atomic<bool>& stop, const Progress& progress) {
  const StudySettings& settings = work.settings;
  work.report.result = study::what_if(work.cases, settings.replications, settings.confidence, settings.jobs, stop,
                                      [&progress](std::size_t done, std::size_t all) {
                                        if (progress) progress(done, all);
                                      });
  return !work.report.result.cases.empty();
}

WhatIfResult what_if(const Scenario& scenario, const std::vector<WhatIfChange>& changes, const StudyOptions& options) {
  const ScenarioState& state = scenario.state();
  std::vector<reader::LoadedCase> cases;
  for (const WhatIfChange& each : changes) {
    reader::NamedCase one{each.name, each.summary, {}};
    for (const auto& [path, value] : each.set) one.changes.push_back({path, value, "case " + each.name});
    // What was set in the scenario holds in every case.
    std::vector<reader::Override> all = state.changes;
    all.insert(all.end(), one.changes.begin(), one.changes.end());
    cases.push_back({std::move(one), state.document->load_future(state.loaded, all)});
  }
  if (changes.empty()) cases = state.document->load_with_cases(state.changes).cases;
  WhatIfStudy work = make_what_if(state.loaded, settings_of(options, state.loaded), std::move(cases));
  const StopFlag stop(options.stop);
  if (!race(work, stop.flag(), options.progress)) throw Stopped("the what-if was stopped");
  const auto report = std::make_shared<const WhatIfReport>(std::move(work.report));
  return {report->result, report};
}

}  // namespace fleetrace
