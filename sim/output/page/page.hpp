#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/api/race.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/sensitivity.hpp"
#include "sim/output/studies/sweep.hpp"

/// Reports as pages that open in any browser, from disk and without a network. A page is one file and fetches nothing. Its charts
/// are pictures that need no script; interactive charts take their place where the program was built with them.
namespace fleetrace::output {

/// Writes a run as a page. `arguments` are those that the program was called with, for the section on how to reproduce the
/// numbers; without them the page makes up a call that gives them. `resolved_yaml` is the scenario with its defaults and their
/// sources, where the caller has it already. The same run and arguments give the same bytes.
[[nodiscard]] std::string to_html(const Run& run, const std::vector<std::string>& arguments = {},
                                  std::string_view resolved_yaml = {});

/// Writes a comparison as a page, with the race at the medians of its inputs.
[[nodiscard]] std::string to_html(const ComparisonReport& report, const Run& at_medians,
                                  const std::vector<std::string>& arguments = {}, std::string_view resolved_yaml = {});

/// Writes a sweep as a page, which shows who wins where. The run of the scenario without the values of the grid provides the
/// assumptions.
[[nodiscard]] std::string to_html(const SweepReport& report, const Run& base, const std::vector<std::string>& arguments,
                                  std::string_view resolved_yaml = {});

/// Writes a sensitivity as a page, which shows which inputs decide. The run at the medians provides the assumptions.
[[nodiscard]] std::string to_html(const SensitivityReport& report, const Run& at_medians,
                                  const std::vector<std::string>& arguments, std::string_view resolved_yaml = {});

}  // namespace fleetrace::output
