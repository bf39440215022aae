#pragma once

#include <string>

#include "sim/api/plan_samples.hpp"
#include "sim/output/formats.hpp"
#include "sim/scenario/scenario.hpp"

/// Plans over many draws: the mean of each figure of each period, and its 10th, 50th and 90th percentiles.
namespace fleetrace::output {

struct PlanBands {
  std::string name;  ///< Name of the scenario.
  std::string sha256;
  std::uint32_t seed = 1;
  std::string money;                       ///< a note on what money is in; may be empty
  std::vector<core::Diagnostic> warnings;  ///< What is valid in the scenario and may not be meant.
  PlanSamples samples;
};

/// What is read of each period: every figure of plan_columns().
[[nodiscard]] PlanQuestion plan_question(const PlanOptions& options);

/// For each strategy the percentiles of what is in service, what waits, what is drawn and what is paid.
[[nodiscard]] std::string plan_bands_table(const PlanBands& bands, const TableStyle& style);
[[nodiscard]] std::string plan_bands_markdown(const PlanBands& bands);
/// A row for each strategy and period; four columns for each figure.
[[nodiscard]] std::string plan_bands_csv(const PlanBands& bands);
/// The same rows as a spreadsheet.
[[nodiscard]] std::string plan_bands_xlsx(const PlanBands& bands);
[[nodiscard]] std::string plan_bands_json(const PlanBands& bands);

inline constexpr Format<PlanBands> kPlanBandsFormats[] = {
    {"table", plan_bands_table},
    {"csv", plan_bands_csv},
    {"json", plan_bands_json},
    {"markdown", plan_bands_markdown},
    Format<PlanBands>::spreadsheet(plan_bands_xlsx),
};

}  // namespace fleetrace::output
