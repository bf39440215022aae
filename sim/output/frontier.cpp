#include "fleetrace/output/frontier.hpp"

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "grid.hpp"

namespace fleetrace::output {
namespace {

using grid::cell;
using grid::Grid;

constexpr double kPfDay = 8.64e19;  // FLOP

Grid models_grid(const FrontierRequest& request) {
  Grid grid;
  grid.columns = {{"compute_flop", "FLOP", true},        {"compute_pf_days", "PF-days", true},
                  {"parameters", "parameters", true},    {"tokens", "tokens", true},
                  {"tokens_per_parameter", "D/N", true}, {"loss", "loss", true},
                  {"reducible_loss", "reducible", true}, {"local_exponent", "exponent", true}};
  for (const FrontierModel& each : frontier(request)) {
    const models::Allocation& split = each.split;
    const double ratio = split.tokens / split.parameters;
    grid.rows.push_back({cell(each.flop, rough(each.flop)), cell(each.flop / kPfDay, rough(each.flop / kPfDay)),
                         cell(split.parameters, rough(split.parameters)), cell(split.tokens, rough(split.tokens)),
                         cell(ratio, rough(ratio)), cell(split.loss, fixed(split.loss, 4)),
                         cell(each.reducible, fixed(each.reducible, 4)),
                         cell(each.local_exponent, fixed(each.local_exponent, 4))});
  }
  return grid;
}

}  // namespace

std::vector<FrontierModel> frontier(const FrontierRequest& request) {
  std::vector<FrontierModel> rows;
  const models::Chinchilla& fit = request.fit;
  for (const double flop : request.budgets) {
    FrontierModel row;
    row.flop = flop;
    row.split = request.tokens_per_parameter ? models::ruled_allocation(fit, flop, *request.tokens_per_parameter, 1)
                                             : fit.frontier(flop);
    row.reducible = row.split.loss - fit.floor;
    row.local_exponent = fit.local_exponent(flop);
    rows.push_back(row);
  }
  return rows;
}

std::string frontier_table(const FrontierRequest& request) {
  const std::string split = request.tokens_per_parameter
                                ? "at " + core::format_real(*request.tokens_per_parameter) + " tokens a parameter"
                                : "with the lowest loss: no other split of that compute lies below";
  return wrapped("Models along the frontier of C = 6 N D, " + split + ". Loss in nats per token by the fit of " +
                     request.fit_name + "; the exponent is -d ln L/d ln C of the frontier there.",
                 grid::kWidth) +
         '\n' + grid::table(models_grid(request));
}

std::string frontier_markdown(const FrontierRequest& request) { return grid::markdown(models_grid(request)); }

std::string frontier_json(const FrontierRequest& request) {
  grid::Json json = grid::header();
  json["fit"] = request.fit_name;
  json["tokens_per_parameter"] = request.tokens_per_parameter ? grid::Json(*request.tokens_per_parameter)
                                                              : grid::Json();
  json["rows"] = grid::json(models_grid(request));
  return grid::dump(json);
}

std::string frontier_csv(const FrontierRequest& request) { return grid::csv(models_grid(request)); }

}  // namespace fleetrace::output
