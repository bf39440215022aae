#include "sim/output/theory/frontier.hpp"

#include "fleetrace/core/quantity.hpp"
#include "models/finance/finance.hpp"
#include "models/theory/frontier.hpp"
#include "sim/core/numeric/math.hpp"
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
  std::string split = "with the lowest loss: no other split of that compute lies below";
  if (request.tokens_per_parameter) {
    split = "at " + core::format_real(*request.tokens_per_parameter) + " tokens a parameter";
    if (request.data_exponent != 1) {
      split += " of " + rough(request.rule_at) + " parameters, and tokens in proportion to their power " +
               rough(request.data_exponent) + " (twice the parameters, " + rough(core::exp2(request.data_exponent)) +
               " times the data)";
    }
  }
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
  if (request.tokens_per_parameter && request.data_exponent != 1) {
    json.real("data_exponent", request.data_exponent);
    json.real("rule_at", request.rule_at);
  }
  json.key("rows");
  write_json(models_table(request), json);
  json.end_object();
  return std::move(json).finish();
}

std::string frontier_csv(const FrontierRequest& request) { return write_csv(models_table(request)); }

std::string frontier_xlsx(const FrontierRequest& request) { return write_xlsx(models_table(request)); }

namespace {

Table sizes_table(const TokensRequest& request) {
  Table table({{.heading = "loss", .name = "loss"},
               {.heading = "parameters", .name = "parameters"},
               {.heading = "tokens", .name = "tokens"},
               {.heading = "D/N", .name = "tokens_per_parameter"},
               {.heading = "FLOP", .name = "compute_flop"},
               {.heading = "PF-days", .name = "compute_pf_days"},
               {.heading = "over least", .name = "over_least"},
               {.heading = "on endless data", .name = "endless_loss"}});
  for (const TokensNeeded& each : tokens_needed(request)) {
    const auto of = [&](double divisor) { return each.tokens ? std::optional(*each.tokens / divisor) : std::nullopt; };
    const std::optional<double> days = each.flop ? std::optional(*each.flop / models::kPetaflopDay) : std::nullopt;
    table.add_row({Cell::real(each.loss, core::format_real(each.loss)), Cell::rough(each.parameters),
                   each.tokens ? Cell::rough(each.tokens) : Cell(std::monostate{}, "no number"),
                   Cell::rough(of(each.parameters)), Cell::rough(each.flop), Cell::rough(days),
                   Cell::rough(each.over_least), Cell::fixed(each.endless, 4)});
  }
  return table;
}

/// "The least compute for a loss of 2 is 2.1e23 FLOP: ...", or that nothing reaches it.
std::string least(const TokensRequest& request) {
  std::string text;
  for (const double loss : request.losses) {
    const double flop = models::theory::least_compute(request.fit, loss);
    text += text.empty() ? "" : " ";
    if (loss <= request.fit.floor) {
      text += "No model reaches a loss of " + core::format_real(loss) + ": the floor of the fit is " +
              core::format_real(request.fit.floor) + ", whatever is spent.";
      continue;
    }
    const models::ComputeSplit best = request.fit.frontier(flop);
    text += "The least compute for a loss of " + core::format_real(loss) + " is " + rough(flop) + " FLOP, with " +
            rough(best.parameters) + " parameters on " + rough(best.tokens) + " tokens.";
  }
  return text;
}

}  // namespace

std::string tokens_table(const TokensRequest& request) {
  return core::wrapped("Tokens that models of a size need for a loss, by the fit of " + request.fit_name +
                           " (nats per token). Larger models are more sample-efficient: they need fewer tokens.",
                       kTextWidth) +
         '\n' + write_text(sizes_table(request)) + '\n' + core::wrapped(least(request), kTextWidth);
}

std::string tokens_markdown(const TokensRequest& request) {
  return write_markdown(sizes_table(request), Markdown::markup);
}

std::string tokens_json(const TokensRequest& request) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  json.text("fit", request.fit_name);
  json.key("rows");
  write_json(sizes_table(request), json);
  json.end_object();
  return std::move(json).finish();
}

std::string tokens_csv(const TokensRequest& request) { return write_csv(sizes_table(request)); }

std::string tokens_xlsx(const TokensRequest& request) { return write_xlsx(sizes_table(request)); }

}  // namespace fleetrace::output
