#pragma once

#include <string>

#include "sim/api/reports.hpp"
#include "sim/output/formats.hpp"

/// A what-if by periods of the calendar, in every format: base and case at the medians of what is uncertain, and how they
/// differ. The races must have been asked for their plans.
namespace fleetrace::output {

/// For each case and strategy a row for each period and figure that differs.
[[nodiscard]] std::string what_if_plan_table(const WhatIfReport& report, const TableStyle& style);
[[nodiscard]] std::string what_if_plan_markdown(const WhatIfReport& report);
/// A row for each future, strategy and period: its figures, and their differences from the base.
[[nodiscard]] std::string what_if_plan_csv(const WhatIfReport& report);
/// The same rows as a spreadsheet.
[[nodiscard]] std::string what_if_plan_xlsx(const WhatIfReport& report);
[[nodiscard]] std::string what_if_plan_json(const WhatIfReport& report);

inline constexpr Format<WhatIfReport> kWhatIfPlanFormats[] = {
    {"table", what_if_plan_table},
    {"csv", what_if_plan_csv},
    {"json", what_if_plan_json},
    {"markdown", what_if_plan_markdown},
    Format<WhatIfReport>::spreadsheet(what_if_plan_xlsx),
};

}  // namespace fleetrace::output
