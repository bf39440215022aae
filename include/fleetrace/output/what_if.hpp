#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fleetrace/output/run.hpp"
#include "fleetrace/output/writers.hpp"
#include "fleetrace/study/what_if.hpp"

/// A what-if for people and for programs: what changed, what binds, and what relaxing it is worth.
namespace fleetrace::output {

struct FutureReport {
  std::string summary;                                       ///< may be empty
  std::vector<std::pair<std::string, std::string>> changes;  ///< paths and values; none for the base
  Run at_medians;                                            ///< for what binds
};

struct WhatIfReport {
  std::string name;    ///< of the scenario
  std::string sha256;  ///< of the scenario as it stands
  std::uint32_t seed = 1;
  study::WhatIf result;
  std::vector<FutureReport> futures;  ///< of the result, the base first
};

/// "grid-slips: final loss of turtle 0.61234 -> 0.62345 (+0.01111).", for each case: the answer.
[[nodiscard]] std::string answer(const WhatIfReport& report);

[[nodiscard]] std::string what_if_table(const WhatIfReport& report, const TableStyle& style);
[[nodiscard]] std::string what_if_markdown(const WhatIfReport& report);
/// One document; reals have 12 significant digits, an interval that says nothing is null.
[[nodiscard]] std::string what_if_json(const WhatIfReport& report);
/// A row for each future, strategy and figure.
[[nodiscard]] std::string what_if_csv(const WhatIfReport& report);
/// A page like those of the other studies.
[[nodiscard]] std::string to_html(const WhatIfReport& report, const std::vector<std::string>& arguments,
                                  std::string_view resolved_yaml = {});

}  // namespace fleetrace::output
