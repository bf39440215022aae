#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/api/reports.hpp"
#include "sim/output/run/writers.hpp"

/// The formats of a what-if: what changes, what binds, and what it is worth to relax that.
namespace fleetrace::output {

/// The answer in a sentence for each case: "half-mfu: effective compute -50 %, final loss 0.861 to 0.891, USD per PF-day +100 %."
[[nodiscard]] std::string answer(const WhatIfReport& report);

[[nodiscard]] std::string what_if_table(const WhatIfReport& report, const TableStyle& style);
[[nodiscard]] std::string what_if_markdown(const WhatIfReport& report);
/// The whole what-if as one document. Reals have 12 significant digits; an interval that says nothing is null.
[[nodiscard]] std::string what_if_json(const WhatIfReport& report);
/// Reads back what what_if_json wrote. `base` is the run of the scenario as it stands, whose YAML is `resolved`; changed cases
/// are raced anew for what binds. Throws BadResults.
[[nodiscard]] WhatIfReport read_what_if(const std::string& text, const std::string& resolved, Run base);
/// CSV with a row for each case and strategy, and columns for each metric.
[[nodiscard]] std::string what_if_csv(const WhatIfReport& report);
/// A spreadsheet with the rows of CSV on the sheet "results".
[[nodiscard]] std::string what_if_xlsx(const WhatIfReport& report);

inline constexpr Format<WhatIfReport> kWhatIfFormats[] = {
    {"table", what_if_table},
    {"csv", what_if_csv, "csv has a row for each case and strategy."},
    {"json", what_if_json},
    {"markdown", what_if_markdown},
    Format<WhatIfReport>::spreadsheet(what_if_xlsx),
};

/// Writes a what-if as a page, as sim/output/page/page.hpp does for the other studies.
[[nodiscard]] std::string to_html(const WhatIfReport& report, const std::vector<std::string>& arguments,
                                  std::string_view resolved_yaml = {});

}  // namespace fleetrace::output
