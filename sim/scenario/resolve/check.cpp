#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "sim/core/schema/read_log.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/resolve/purchase_planner.hpp"
#include "sim/scenario/resolve/range_check.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/resolve/resolve_once.hpp"
#include "sim/scenario/schema/horizon_end.hpp"
#include "sim/scenario/schema/money_entry.hpp"
#include "sim/scenario/schema/stand_in.hpp"
#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::scenario {

using core::Diagnostics;

void check(Scenario& scenario, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Diagnostics found;  // by itself: steps are left out after findings of their own
  check_money(scenario.root(), found);
  core::ReadLog log;
  auto setups = std::make_shared<std::vector<fleet::StrategySetup>>(resolve_once(scenario, {}, found));
  // Draws are measured against it, those at the ends of their ranges, too.
  if (found.empty() && !scenario.yardstick() && !setups->empty())
    scenario.measure_against(setups->front().loss.reference);
  try {
    const Inputs inputs(scenario);
    if (found.empty()) check_ranges(inputs, found);
  } catch (const core::InputError& error) {
    for (const core::Diagnostic& each : error.diagnostics()) found.add(each);
  }
  for (const core::Diagnostic& each : found.found()) diagnostics.add(each);
  if (diagnostics.size() > before) {
    scenario.warnings = slips_of(scenario);
    return;
  }
  scenario.warnings = warnings_of(scenario, *setups, log);
  scenario.keep(std::move(setups));
}

namespace {

bool is_same(const core::Diagnostic& a, const core::Diagnostic& b) {
  return a.path == b.path && a.problem == b.problem && a.reason == b.reason;
}

/// What is wrong with a scenario, and what may not be meant in it.
struct Findings {
  std::vector<core::Diagnostic> wrong;
  std::vector<core::Diagnostic> warnings;
};

/// The findings where certain values stand in for those that could not be read.
Findings found_with_stand_ins(const Scenario& scenario, int variant) {
  const PlanningPause pause;
  Scenario whole = scenario;
  stand_in(whole.edit(), variant);
  bind_horizon_end(whole.edit());
  Diagnostics found;
  check(whole, found);
  return {found.found(), whole.warnings};
}

/// Keeps what is among the others, too.
void keep_common(std::vector<core::Diagnostic>& found, const std::vector<core::Diagnostic>& others) {
  std::erase_if(found, [&](const core::Diagnostic& each) {
    return std::none_of(others.begin(), others.end(), [&](const auto& other) { return is_same(each, other); });
  });
}

/// Whether something was found at that path, above or below it.
bool is_about(const Diagnostics& diagnostics, const std::string& path) {
  const auto is_below = [](const std::string& a, const std::string& b) {
    return a.size() >= b.size() && a.compare(0, b.size(), b) == 0 && (a.size() == b.size() || a[b.size()] == '.');
  };
  const auto& found = diagnostics.found();
  return std::any_of(found.begin(), found.end(), [&](const core::Diagnostic& each) {
    return !each.path.empty() && (is_below(each.path, path) || is_below(path, each.path));
  });
}

}  // namespace

void check_rest(Scenario& scenario, Diagnostics& diagnostics) {
  static constexpr std::size_t kMostFindings = 100;
  const auto& known = diagnostics.found();
  const bool is_nothing_known = std::any_of(known.begin(), known.end(),
                                            [](const auto& each) { return each.path.empty(); });
  if (is_nothing_known || diagnostics.size() > kMostFindings) return;
  Findings certain;
  try {
    certain = found_with_stand_ins(scenario, 0);
    for (int variant = 1; variant < kStandIns && !(certain.wrong.empty() && certain.warnings.empty()); ++variant) {
      const Findings others = found_with_stand_ins(scenario, variant);
      keep_common(certain.wrong, others.wrong);
      keep_common(certain.warnings, others.warnings);
    }
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    return;  // what stands in does not go together: what could not be read has its findings
  }
  const auto is_known = [&](const core::Diagnostic& each) { return is_about(diagnostics, each.path); };
  std::erase_if(certain.wrong, is_known);
  std::erase_if(certain.warnings, is_known);
  for (core::Diagnostic& each : certain.wrong) diagnostics.add(std::move(each));
  scenario.warnings = std::move(certain.warnings);
}

}  // namespace fleetrace::scenario
