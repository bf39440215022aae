#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/output/comparison.hpp"
#include "fleetrace/output/run.hpp"
#include "fleetrace/output/sensitivity.hpp"
#include "fleetrace/output/sweep.hpp"

/// A report that opens in any browser, from disk and without a network: one file, nothing fetched. Charts are pictures that
/// need no script; where the program was built with them, interactive ones take their place.
namespace fleetrace::output {

/// A run as a page. `arguments` are those that the program was called with, for the part on how to reproduce it; without
/// them the page makes up a call that does. `resolved_yaml` is the scenario with its defaults and their sources, where it is
/// known already. The same run and arguments give the same bytes.
[[nodiscard]] std::string to_html(const Run& run, const std::vector<std::string>& arguments = {},
                                  std::string_view resolved_yaml = {});

/// A comparison as a page, with the race at the medians of its inputs.
[[nodiscard]] std::string to_html(const ComparisonReport& report, const Run& at_medians,
                                  const std::vector<std::string>& arguments = {}, std::string_view resolved_yaml = {});

/// A sweep as a page: who wins where. The run at the first point of the grid is there for its assumptions.
[[nodiscard]] std::string to_html(const SweepReport& report, const Run& first_point,
                                  const std::vector<std::string>& arguments, std::string_view resolved_yaml = {});

/// A sensitivity as a page: what decides. The run at the medians is there for its assumptions.
[[nodiscard]] std::string to_html(const SensitivityReport& report, const Run& at_medians,
                                  const std::vector<std::string>& arguments, std::string_view resolved_yaml = {});

}  // namespace fleetrace::output
