#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "sim/api/reports.hpp"
#include "sim/api/settings.hpp"

/// What a search for an input asks and races.
namespace fleetrace {

/// The strategy that a goal is about first: its own, that of the path of the input, or the only one. Nullopt where it could be
/// any.
[[nodiscard]] std::optional<std::string> goal_strategy(const study::Goal& goal,
                                                       const scenario::ScalarInput& scalar_input,
                                                       const std::vector<std::string>& strategies);

/// A search over the valid inputs, or within bounds where there are any.
[[nodiscard]] study::SolveRequest solve_request(const scenario::ScalarInput& scalar_input,
                                                const std::optional<std::pair<double, double>>& between);

/// A report about a scenario, without a question yet.
[[nodiscard]] SolveReport solve_report(const scenario::Scenario& scenario, const StudySettings& settings);

/// Fills in the solution of a report that has its scalar input, goal and strategy. Returns false where it was stopped.
[[nodiscard]] bool search(const study::StudyDesign& design, const study::SolveRequest& request,
                          const StudySettings& settings, const std::atomic<bool>& stop, SolveReport& report,
                          const Progress& progress = {});

/// The race of a report's strategy, and of the one that its goal compares it with, at the best input and at the medians of the
/// others.
[[nodiscard]] Run run_at_best(const study::StudyDesign& design, const SolveReport& report);

}  // namespace fleetrace
