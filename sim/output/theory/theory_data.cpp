#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/time.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/output/theory/theory_words.hpp"

namespace fleetrace::output {
namespace {

/// Writes a figure. One that is null has a sibling that says why.
void write_figure(core::JsonWriter& json, const std::string& name, const TheoryValue& figure) {
  json.real(name, figure.value);
  if (figure.value) return;
  json.text(name.substr(0, name.rfind("_years")) + "_note", figure.note);
}

void write_accounting(core::JsonWriter& json, const TheoryAccounting& answer) {
  json.begin_object(answer.id);
  json.text("formula", "derivations " + std::string(answer.section));
  write_figure(json, "lead_years", answer.lead);
  write_figure(json, "optimal_purchase_years", answer.purchase);
  if (answer.purchase_latest) json.real("optimal_purchase_latest_years", answer.purchase_latest);
  write_figure(json, "break_even_years", answer.break_even);
  const std::string loss = answer.id == "mean_loss" ? "mean_relative_loss" : "relative_loss";
  if (answer.losses) {
    const TheoryLosses& losses = *answer.losses;
    json.text("winner", losses.uniform_over_front_loaded > 1 ? "uniform" : "front_loaded");
    json.real("uniform_over_front_loaded_compute", losses.uniform_over_front_loaded);
    json.begin_object(loss);
    json.real("front_loaded", losses.front_loaded);
    json.real("uniform", losses.uniform);
    json.real("single_purchase", losses.single_purchase);
    if (losses.optimum) json.real("optimum", losses.optimum);
    json.end_object();
  } else {
    json.null(loss);
    json.text(loss + "_note", answer.losses_note);
  }
  json.end_object();
}

void write_fleet_worth(core::JsonWriter& json, const Theory& theory) {
  json.begin_object("fleet_worth");
  json.text("formula", "derivations 10");
  json.real("gamma", theory.gamma);
  json.real("against_no_progress", theory.worth_of_all);
  json.real("against_hardware_alone", theory.worth_of_algorithms);
  json.objects("overtaking", theory.overtakings, [&](const TheoryOvertaking& each) {
    json.real("fleet_multiple", each.multiple);
    write_figure(json, "no_progress_years", each.no_progress);
    write_figure(json, "hardware_alone_years", each.hardware_alone);
  });
  json.end_object();
}

/// A row for each figure, which is what programs read.
class Rows {
 public:
  void add(std::string_view section, std::string_view figure, const TheoryValue& value, std::string_view unit,
           std::string_view formula) {
    table_.add_row({section, figure, figure_cell(value), unit, "derivations " + std::string(formula)});
  }
  [[nodiscard]] const Table& table() const { return table_; }

 private:
  Table table_{{{.name = "section"}, {.name = "figure"}, {.name = "value"}, {.name = "unit"}, {.name = "formula"}}};
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

Cell figure_cell(const TheoryValue& figure) { return figure.value ? Cell::real(*figure.value) : Cell(); }

void write_request(core::JsonWriter& json, const TheoryRequest& request, Lifetime lifetime) {
  json.begin_object("request");
  json.real("price_performance_doublings_per_year", request.price_performance_rate);
  json.real("algorithm_doublings_per_year", request.algorithm_rate);
  json.real("horizon_years", request.horizon);
  if (lifetime == Lifetime::of_request) json.real("lifetime_years", request.lifetime);
  json.real("kappa", request.kappa);
  json.real("nu_per_year", request.nu);
  json.real("run_length_years", request.run_length);
  json.real("interest_per_year", request.interest);
  json.real("decay_per_year", request.decay);
  json.real("volatility", request.volatility);
  json.real("opex_per_year", request.opex);
  json.end_object();
}

std::string theory_json(const Theory& theory) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  write_request(json, theory.request, Lifetime::of_request);
  for (const TheoryAccounting& answer : theory.accountings) write_accounting(json, answer);
  write_fleet_worth(json, theory);
  json.begin_object("more");
  for (const TheoryExtra& extra : theory.extras) write_figure(json, std::string(extra.id), extra.figure);
  json.end_object();
  json.end_object();
  return std::move(json).finish();
}

namespace {

Table rows_of(const Theory& theory) {
  Rows rows;
  for (const TheoryAccounting& answer : theory.accountings) {
    rows.add(answer.id, "lead", answer.lead, "yr", answer.section);
    rows.add(answer.id, "optimal_purchase", answer.purchase, "yr", answer.section);
    if (answer.purchase_latest)
      rows.add(answer.id, "optimal_purchase_latest", {answer.purchase_latest, {}}, "yr", answer.section);
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
  return rows.table();
}

}  // namespace

std::string theory_csv(const Theory& theory) { return write_csv(rows_of(theory)); }

std::string theory_xlsx(const Theory& theory) { return write_xlsx(rows_of(theory)); }

}  // namespace fleetrace::output
