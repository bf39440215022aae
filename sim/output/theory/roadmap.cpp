#include "sim/output/theory/roadmap.hpp"

#include <cmath>
#include <string>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

/// "2,000", "7.25": what `rough` has, in full where thousands can still be read.
std::string millions(double amount) {
  const double value = amount / 1e6;
  return value >= 1000 && value < 1e9 ? grouped(std::llround(std::stod(rough(value)))) : rough(value);
}

std::string usd(double amount) { return millions(amount) + " million USD"; }

Table layers_table(const Roadmap& roadmap) {
  Table table({{.heading = "layer", .align = Align::left, .name = "layer"},
               {.heading = "spend\nmillion USD", .name = "spend_usd"},
               {.heading = "share\n%", .name = "share"},
               {.heading = "own\ndoublings", .name = "own_doublings"},
               {.heading = "field's\ndoublings", .name = "field_doublings"},
               {.heading = "gamma\n1/yr", .name = "gamma"},
               {.heading = "next doubling\nmillion USD", .name = "next_doubling_usd"}});
  for (const RoadmapRow& row : roadmap.rows) {
    table.add_row({core::printable(row.name), Cell::real(row.spend, millions(row.spend)),
                   Cell::real(row.share, fixed(100 * row.share, 1)), Cell::fixed(row.own, 3), Cell::fixed(row.field, 3),
                   Cell::fixed(row.gamma, 3), Cell::real(row.next_cost, millions(row.next_cost))});
  }
  return table;
}

std::string conclusion(const Roadmap& roadmap) {
  std::string text = "The stack doubles " + fixed(roadmap.gamma, 3) + " times a year, " + fixed(roadmap.own_gamma, 3) +
                     " of them bought; an even split would come to " + fixed(roadmap.even_gamma, 3) +
                     ". A further doubling of the whole costs about " + usd(1 / roadmap.marginal) + " at the margin.";
  if (roadmap.open_at) text += " All layers get money from a budget of " + usd(*roadmap.open_at) + " on.";
  return text;
}

}  // namespace

std::string roadmap_table(const Roadmap& roadmap) {
  return core::wrapped(
             "How " + usd(roadmap.request.budget) + " over " + core::format_real(roadmap.request.horizon) +
                 " yr move the product of all layers furthest: where a layer gets money, the last dollar buys as much "
                 "as in any other.",
             kTextWidth) +
         '\n' + write_text(layers_table(roadmap)) + '\n' + core::wrapped(conclusion(roadmap), kTextWidth);
}

std::string roadmap_markdown(const Roadmap& roadmap) { return write_markdown(layers_table(roadmap), Markdown::markup); }

std::string roadmap_json(const Roadmap& roadmap) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  json.real("budget_usd", roadmap.request.budget);
  json.real("horizon_years", roadmap.request.horizon);
  json.real("gamma", roadmap.gamma);
  json.real("own_gamma", roadmap.own_gamma);
  json.real("even_gamma", roadmap.even_gamma);
  json.real("usd_per_doubling", 1 / roadmap.marginal);
  json.real("all_layers_from_usd", roadmap.open_at);
  json.key("rows");
  write_json(layers_table(roadmap), json);
  json.end_object();
  return std::move(json).finish();
}

std::string roadmap_csv(const Roadmap& roadmap) { return write_csv(layers_table(roadmap)); }

std::string roadmap_xlsx(const Roadmap& roadmap) { return write_xlsx(layers_table(roadmap)); }

}  // namespace fleetrace::output
