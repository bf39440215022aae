#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/models/loss.hpp"

/// A family of models along the compute-efficient frontier: which model a budget trains best, and how low its loss gets.
namespace fleetrace::output {

struct FrontierRequest {
  models::Chinchilla fit = models::kBesiroglu;
  std::string fit_name;                        ///< "besiroglu"
  std::optional<double> tokens_per_parameter;  ///< by this rule instead of the lowest loss, above 0
  std::vector<double> budgets;                 ///< [FLOP], above 0
};

struct FrontierModel {
  double flop = 0;
  models::Allocation split;
  double reducible = 0;       ///< [nats/token] above the floor
  double local_exponent = 0;  ///< -d ln L/d ln C along the frontier
};

[[nodiscard]] std::vector<FrontierModel> frontier(const FrontierRequest& request);

[[nodiscard]] std::string frontier_table(const FrontierRequest& request);
[[nodiscard]] std::string frontier_markdown(const FrontierRequest& request);
/// {"fleetrace", "format", "fit", "tokens_per_parameter", "rows": [{"compute_flop", "compute_pf_days", "parameters", "tokens",
/// "tokens_per_parameter", "loss", "reducible_loss", "local_exponent"}]}.
[[nodiscard]] std::string frontier_json(const FrontierRequest& request);
[[nodiscard]] std::string frontier_csv(const FrontierRequest& request);

}  // namespace fleetrace::output
