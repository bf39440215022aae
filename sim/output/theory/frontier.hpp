#pragma once

#include <string>

#include "fleetrace/frontier.hpp"
#include "sim/output/formats.hpp"

/// The formats of the models along the compute-efficient frontier, and of the tokens that models of given sizes need.
namespace fleetrace::output {

[[nodiscard]] std::string frontier_table(const FrontierRequest& request);
[[nodiscard]] std::string frontier_markdown(const FrontierRequest& request);
/// One document: {"fleetrace", "format", "fit", "tokens_per_parameter", and with a rule "data_exponent", "rows": [{"compute_flop", "compute_pf_days", "parameters",
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

[[nodiscard]] std::string tokens_table(const TokensRequest& request);
[[nodiscard]] std::string tokens_markdown(const TokensRequest& request);
/// One document: {"fleetrace", "format", "fit", "rows": [{"loss", "parameters", "tokens", "tokens_per_parameter", "compute_flop",
/// "compute_pf_days", "over_least", "endless_loss"}]}. Where no number of tokens is enough, all but the last are null.
[[nodiscard]] std::string tokens_json(const TokensRequest& request);
[[nodiscard]] std::string tokens_csv(const TokensRequest& request);
[[nodiscard]] std::string tokens_xlsx(const TokensRequest& request);

inline constexpr Format<TokensRequest> kTokensFormats[] = {
    {"table", tokens_table},
    {"csv", tokens_csv},
    {"json", tokens_json},
    {"markdown", tokens_markdown},
    Format<TokensRequest>::spreadsheet(tokens_xlsx),
};

}  // namespace fleetrace::output
