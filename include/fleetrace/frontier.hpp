#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/models/loss.hpp"

/// The compute-efficient frontier: which model a budget trains best, what a model of a given size needs for a loss, and what a budget
/// moves the frontier by, spread over the layers of the stack. Formulas: docs/derivations.md 5, 3 and 9.
namespace fleetrace {

/// A family of models on the compute-efficient frontier: one for each budget.
struct FrontierRequest {
  models::Chinchilla fit = models::kBesiroglu;      ///< the law of loss that the models follow
  std::string fit_name = {};                        ///< name of the fit, for reports: "besiroglu"
  std::optional<double> tokens_per_parameter = {};  ///< splits by this ratio, above 0, instead of by the lowest loss
  double data_exponent =
      1;  ///< s of a rule D proportional to N^s, above 0; for other values than 1 the ratio holds at `rule_at`
  double rule_at = 7e10;             ///< parameters at which tokens_per_parameter holds, above 0
  std::vector<double> budgets = {};  ///< [FLOP], above 0
};

/// The model that a budget of compute trains best.
struct FrontierModel {
  double flop = 0;             ///< the budget [FLOP]
  models::ComputeSplit split;  ///< its parameters and tokens, and the loss that they reach
  double reducible = 0;        ///< loss above the irreducible part of the fit [nats/token]
  double local_exponent = 0;   ///< -d ln L/d ln C along the frontier
};

/// One model for each budget, in the order of the request.
[[nodiscard]] std::vector<FrontierModel> frontier(const FrontierRequest& request);

/// Sizes of models and losses that they are to reach.
struct TokensRequest {
  models::Chinchilla fit = models::kBesiroglu;
  std::string fit_name = {};            ///< name of the fit, for reports
  std::vector<double> losses = {};      ///< [nats/token], above 0
  std::vector<double> parameters = {};  ///< above 0
};

/// The data that a model of a size needs for a loss, by (5c) solved for D.
struct TokensNeeded {
  double loss = 0;        ///< wanted [nats/token]
  double parameters = 0;  ///< N
  /// D. Without a value where N parameters do not reach the loss on any number of tokens.
  std::optional<double> tokens = {};
  std::optional<double> flop = {};        ///< 6 N D [FLOP]
  std::optional<double> over_least = {};  ///< `flop` over `least_flop`
  double least_flop = 0;  ///< the least compute that any size takes [FLOP]; infinite below the floor of the fit
  double endless = 0;     ///< loss of N parameters on endless data, E + A/N^alpha [nats/token]
};

/// By loss, then by size, in the order of the request. Sizes that are out of reach are there, without tokens.
[[nodiscard]] std::vector<TokensNeeded> tokens_needed(const TokensRequest& request);

/// One layer of the stack that money improves: A(x) = (1 + x/scale)^returns, x what is spent on it in all.
struct RoadmapLayer {
  std::string name;
  double doubling_cost = 0;  ///< price of the first doubling [USD], above 0; scale = doubling_cost/(2^(1/returns) - 1)
  double returns = 1;        ///< doublings of A for a doubling of all that was ever spent, in the long run; above 0
  double field_rate = 0;     ///< doublings a year that come from the field for nothing, at least 0
};

/// A budget to be spread over layers within a horizon.
struct RoadmapRequest {
  double budget = 0;   ///< [USD], at least 0
  double horizon = 0;  ///< [yr], above 0
  std::vector<RoadmapLayer> layers = {};
};

/// What one layer gets and gives.
struct RoadmapRow {
  std::string name;
  double spend = 0;      ///< [USD]
  double share = 0;      ///< of the budget, in [0, 1]
  double own = 0;        ///< doublings that the money buys
  double field = 0;      ///< doublings that come from the field
  double gamma = 0;      ///< both, a year [doublings/yr]
  double next_cost = 0;  ///< price of a further doubling of the layer [USD]
};

/// The split with the greatest product of all layers.
struct Roadmap {
  RoadmapRequest request;
  std::vector<RoadmapRow> rows;   ///< in the order of the request
  double gamma = 0;               ///< of all layers [doublings/yr]
  double own_gamma = 0;           ///< the part of it that the budget buys [doublings/yr]
  double even_gamma = 0;          ///< of an even split of the budget [doublings/yr]
  double marginal = 0;            ///< doublings that one more USD buys [1/USD], the same in all layers that get money
  std::optional<double> open_at;  ///< budget from which all layers get money [USD]; nullopt where all do
};

/// The best split in closed form. Throws std::invalid_argument for values outside the ranges above.           docs/derivations.md 3n
[[nodiscard]] Roadmap roadmap(const RoadmapRequest& request);

}  // namespace fleetrace
