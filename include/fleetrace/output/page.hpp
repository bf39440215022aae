#pragma once

#include <string>
#include <vector>

#include "fleetrace/output/comparison.hpp"
#include "fleetrace/output/run.hpp"

/// A report that opens in any browser, from disk and without a network: one file, no script, nothing fetched.
namespace fleetrace::output {

/// A run as a page. `arguments` are those that the program was called with, for the part on how to reproduce it; without
/// them the page makes up a call that does. The same run and arguments give the same bytes.
[[nodiscard]] std::string to_html(const Run& run, const std::vector<std::string>& arguments = {});

/// A comparison as a page, with the race at the medians of its inputs as its pictures.
[[nodiscard]] std::string to_html(const ComparisonReport& report, const Run& at_medians,
                                  const std::vector<std::string>& arguments = {});

}  // namespace fleetrace::output
