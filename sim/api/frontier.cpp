#include "fleetrace/theory.hpp"

namespace fleetrace {

std::vector<FrontierModel> frontier(const FrontierRequest& request) {
  std::vector<FrontierModel> rows;
  const models::Chinchilla& fit = request.fit;
  for (const double flop : request.budgets) {
    FrontierModel row;
    row.flop = flop;
    row.split = request.tokens_per_parameter ? models::ruled_split(fit, flop, *request.tokens_per_parameter, 1)
                                             : fit.frontier(flop);
    row.reducible = row.split.loss - fit.floor;
    row.local_exponent = fit.local_exponent(flop);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace fleetrace
