#pragma once

#include <string>

#include "fleetrace/theory.hpp"
#include "sim/output/formats.hpp"

/// The formats of the models along the compute-efficient frontier.
namespace fleetrace::output {

[[nodiscard]] std::string frontier_table(const FrontierRequest& request);
[[nodiscard]] std::string frontier_markdown(const FrontierRequest& request);
/// One document: {"fleetrace", "format", "fit", "tokens_per_parameter", "rows": [{"compute_flop", "compute_pf_days", "parameters",
/// "tokens", "tokens_per_parameter", "loss", "reducible_loss", "local_exponent"}]}.
[[nodiscard]] std::string frontier_json(const FrontierRequest& request);
[[nodiscard]] std::string frontier_csv(const FrontierRequest& request);
/// A spreadsheet with the rows of CSV on the sheet "results".
[[nodiscard]] std::string frontier_xlsx(const FrontierRequest& request);

inline constexpr Format<FrontierRequest> kFrontierFormats[] = {
    {"table", frontier_table},
    {"csv", frontier_csv},
    {"json", frontier_json},
    {"markdown", frontier_markdown},
    Format<FrontierRequest>::spreadsheet(frontier_xlsx),
};

}  // namespace fleetrace::output
