#include "sim/scenario/warnings/warnings.hpp"

#include <algorithm>
#include <tuple>

namespace fleetrace::scenario {

namespace {

std::vector<core::Diagnostic> sorted(const core::Diagnostics& warnings) {
  std::vector<core::Diagnostic> all = warnings.found();
  for (core::Diagnostic& each : all) each.is_warning = true;
  std::stable_sort(all.begin(), all.end(), [](const core::Diagnostic& a, const core::Diagnostic& b) {
    return std::tie(a.where.file, a.where.line, a.where.column) < std::tie(b.where.file, b.where.line, b.where.column);
  });
  return all;
}

}  // namespace

std::vector<core::Diagnostic> warnings_of(const Scenario& scenario, const std::vector<fleet::StrategySetup>& setups,
                                          const core::ReadLog& log) {
  core::Diagnostics warnings;
  warn_of_unread(scenario.root(), log, warnings);
  warn_of_unused_accelerators(scenario.root(), setups, warnings);
  warn_of_unusual(scenario.root(), warnings);
  if (!setups.empty()) warn_of_beyond(scenario.root(), setups.front().horizon, warnings);
  warn_of_mismatches(scenario, setups, warnings);
  warn_of_actuals(scenario.root(), setups, warnings);
  warn_of_unproved(scenario.root(), setups, warnings);
  return sorted(warnings);
}

std::vector<core::Diagnostic> slips_of(const Scenario& scenario) {
  core::Diagnostics warnings;
  warn_of_unusual(scenario.root(), warnings);
  return sorted(warnings);
}

bool has_warning(const Scenario& scenario, const core::Diagnostic& warning) {
  return std::any_of(scenario.warnings.begin(), scenario.warnings.end(), [&](const core::Diagnostic& each) {
    return each.path == warning.path && each.problem == warning.problem;
  });
}

}  // namespace fleetrace::scenario
