#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/time.hpp"
#include "grid.hpp"
#include "theory_words.hpp"

namespace fleetrace::output {
namespace {

using grid::cell;
using grid::Grid;
using grid::Json;

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(); }

/// A null has a sibling that says why.
void add(Json& object, const std::string& name, const TheoryFigure& figure) {
  object[name] = figure.value ? Json(*figure.value) : Json();
  if (!figure.value) {
    const std::size_t unit = name.rfind("_years");
    object[(unit == std::string::npos ? name : name.substr(0, unit)) + "_note"] = figure.note;
  }
}

Json accounting_json(const TheoryAccounting& answer) {
  Json json;
  json["formula"] = "MODELS.md " + std::string(answer.section);
  add(json, "lead_years", answer.lead);
  add(json, "optimal_purchase_years", answer.purchase);
  add(json, "break_even_years", answer.break_even);
  const std::string loss = answer.id == "mean_loss" ? "mean_relative_loss" : "relative_loss";
  if (!answer.losses) {
    json[loss] = Json();
    json[loss + "_note"] = answer.losses_note;
    return json;
  }
  const TheoryLosses& losses = *answer.losses;
  json["winner"] = losses.uniform_over_front_loaded > 1 ? "uniform" : "front_loaded";
  json["uniform_over_front_loaded_compute"] = finite(losses.uniform_over_front_loaded);
  json[loss] = {
      {"front_loaded", losses.front_loaded}, {"uniform", losses.uniform}, {"single_purchase", losses.single_purchase}};
  if (losses.optimum) json[loss]["optimum"] = *losses.optimum;
  return json;
}

Json fleet_worth_json(const Theory& theory) {
  Json json;
  json["formula"] = "MODELS.md 10";
  json["gamma"] = theory.gamma;
  json["against_no_progress"] = theory.worth_of_all;
  json["against_hardware_alone"] = theory.worth_of_algorithms;
  json["overtaking"] = Json::array();
  for (const TheoryOvertaking& each : theory.overtakings) {
    Json row{{"fleet_multiple", each.multiple}};
    add(row, "no_progress_years", each.no_progress);
    add(row, "hardware_alone_years", each.hardware_alone);
    json["overtaking"].push_back(std::move(row));
  }
  return json;
}

struct Rows {
  Grid grid;

  void add(std::string_view section, std::string_view figure, const TheoryFigure& value, std::string_view unit,
           std::string_view formula) {
    grid.rows.push_back({cell(std::string(section)), cell(std::string(figure)),
                         value.value ? cell(*value.value, "") : cell(std::nan(""), ""), cell(std::string(unit)),
                         cell("MODELS.md " + std::string(formula)), cell(value.note)});
  }
};

void add_losses(Rows& rows, const TheoryAccounting& answer) {
  const auto add = [&](std::string_view name, std::optional<double> value) {
    rows.add(answer.id, name, {value, answer.losses_note}, "", answer.section);
  };
  const bool has = answer.losses.has_value();
  const TheoryLosses losses = answer.losses.value_or(TheoryLosses{});
  const auto given = [has](double value) { return has ? std::optional<double>(value) : std::nullopt; };
  add("loss_front_loaded", given(losses.front_loaded));
  add("loss_uniform", given(losses.uniform));
  add("loss_single_purchase", given(losses.single_purchase));
  if (losses.optimum) add("loss_optimum", losses.optimum);
  add("uniform_over_front_loaded_compute", given(losses.uniform_over_front_loaded));
}

}  // namespace

std::string years_text(double years) {
  return core::format_quantity(core::Dimension::duration,
                               static_cast<double>(core::Duration::from_years(years).milliseconds()));
}

Json theory_request_json(const TheoryRequest& request) {
  return {{"price_performance_doublings_per_year", request.price_performance_rate},
          {"algorithm_doublings_per_year", request.algorithm_rate},
          {"horizon_years", request.horizon},
          {"lifetime_years", finite(request.lifetime)},
          {"kappa", request.kappa},
          {"nu_per_year", request.nu},
          {"run_length_years", request.run_length},
          {"interest_per_year", request.interest},
          {"decay_per_year", request.decay},
          {"volatility", request.volatility},
          {"opex_per_year", request.opex}};
}

std::string theory_json(const Theory& theory) {
  Json json = grid::header();
  json["request"] = theory_request_json(theory.request);
  for (const TheoryAccounting& answer : theory.accountings) json[std::string(answer.id)] = accounting_json(answer);
  json["fleet_worth"] = fleet_worth_json(theory);
  for (const TheoryExtra& extra : theory.extras) add(json["more"], std::string(extra.id), extra.figure);
  return grid::dump(json);
}

std::string theory_csv(const Theory& theory) {
  Rows rows;
  for (const char* id : {"section", "figure", "value", "unit", "formula", "note"})
    rows.grid.columns.push_back({id, id, false});
  for (const TheoryAccounting& answer : theory.accountings) {
    rows.add(answer.id, "lead", answer.lead, "yr", answer.section);
    rows.add(answer.id, "optimal_purchase", answer.purchase, "yr", answer.section);
    rows.add(answer.id, "break_even", answer.break_even, "yr", answer.section);
    add_losses(rows, answer);
  }
  rows.add("fleet_worth", "against_no_progress", {theory.worth_of_all, {}}, "", "10");
  rows.add("fleet_worth", "against_hardware_alone", {theory.worth_of_algorithms, {}}, "", "10");
  for (const TheoryOvertaking& each : theory.overtakings) {
    const std::string multiple = core::format_real(each.multiple);
    rows.add("fleet_worth", "overtakes_" + multiple + "_without_progress", each.no_progress, "yr", "10");
    rows.add("fleet_worth", "overtakes_" + multiple + "_with_hardware_alone", each.hardware_alone, "yr", "10");
  }
  for (const TheoryExtra& extra : theory.extras) rows.add("more", extra.id, extra.figure, extra.unit, extra.section);
  return grid::csv(rows.grid);
}

}  // namespace fleetrace::output
