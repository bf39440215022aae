#include "sim/output/theory/frontier.hpp"

#include "fleetrace/core/quantity.hpp"
#include "models/finance/finance.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

Table models_table(const FrontierRequest& request) {
  Table table({{.heading = "FLOP", .name = "compute_flop"},
               {.heading = "PF-days", .name = "compute_pf_days"},
               {.heading = "parameters", .name = "parameters"},
               {.heading = "tokens", .name = "tokens"},
               {.heading = "D/N", .name = "tokens_per_parameter"},
               {.heading = "loss", .name = "loss"},
               {.heading = "reducible", .name = "reducible_loss"},
               {.heading = "exponent", .name = "local_exponent"}});
  for (const FrontierModel& each : frontier(request)) {
    const models::ComputeSplit& split = each.split;
    table.add_row({Cell::rough(each.flop), Cell::rough(each.flop / models::kPetaflopDay), Cell::rough(split.parameters),
                   Cell::rough(split.tokens), Cell::rough(split.tokens / split.parameters), Cell::fixed(split.loss, 4),
                   Cell::fixed(each.reducible, 4), Cell::fixed(each.local_exponent, 4)});
  }
  return table;
}

}  // namespace

std::string frontier_table(const FrontierRequest& request) {
  const std::string split = request.tokens_per_parameter
                                ? "at " + core::format_real(*request.tokens_per_parameter) + " tokens a parameter"
                                : "with the lowest loss: no other split of that compute lies below";
  return core::wrapped("Models along the frontier of C = 6 N D, " + split + ". Loss in nats per token by the fit of " +
                           request.fit_name + "; the exponent is -d ln L/d ln C of the frontier there.",
                       kTextWidth) +
         '\n' + write_text(models_table(request));
}

std::string frontier_markdown(const FrontierRequest& request) {
  return write_markdown(models_table(request), Markdown::markup);
}

std::string frontier_json(const FrontierRequest& request) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  json.text("fit", request.fit_name);
  json.real("tokens_per_parameter", request.tokens_per_parameter);
  json.key("rows");
  write_json(models_table(request), json);
  json.end_object();
  return std::move(json).finish();
}

std::string frontier_csv(const FrontierRequest& request) { return write_csv(models_table(request)); }

std::string frontier_xlsx(const FrontierRequest& request) { return write_xlsx(models_table(request)); }

}  // namespace fleetrace::output
