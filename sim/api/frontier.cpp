#include "fleetrace/frontier.hpp"

#include "models/theory/frontier.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace {

std::vector<FrontierModel> frontier(const FrontierRequest& request) {
  std::vector<FrontierModel> rows;
  const models::Chinchilla& fit = request.fit;
  for (const double flop : request.budgets) {
    FrontierModel row;
    row.flop = flop;
    if (request.tokens_per_parameter) {
      const double s = request.data_exponent;
      const double k = *request.tokens_per_parameter * (s == 1 ? 1 : core::pow(request.rule_at, 1 - s));
      row.split = models::ruled_split(fit, flop, k, s);
    } else {
      row.split = fit.frontier(flop);
    }
    row.reducible = row.split.loss - fit.floor;
    row.local_exponent = fit.local_exponent(flop);
    rows.push_back(row);
  }
  return rows;
}

std::vector<TokensNeeded> tokens_needed(const TokensRequest& request) {
  const models::Chinchilla& fit = request.fit;
  std::vector<TokensNeeded> rows;
  for (const double loss : request.losses) {
    const double least = models::theory::least_compute(fit, loss);
    for (const double parameters : request.parameters) {
      TokensNeeded row;
      row.loss = loss;
      row.parameters = parameters;
      row.least_flop = least;
      row.endless = fit.floor + fit.parameter_scale * core::pow(parameters, -fit.alpha);
      row.tokens = models::theory::tokens_for_loss(fit, parameters, loss);
      if (row.tokens) {
        row.flop = 6 * parameters * *row.tokens;
        row.over_least = *row.flop / least;
      }
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace fleetrace
