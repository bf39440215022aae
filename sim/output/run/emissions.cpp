#include <algorithm>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/output/run/report.hpp"
#include "sim/scenario/schema/site_entry.hpp"

namespace fleetrace::output {
namespace {

using core::Spec;

bool are_counted(const Run& run) {
  return std::any_of(run.outcomes.begin(), run.outcomes.end(),
                     [](const fleet::Outcome& outcome) { return outcome.final.finance.operational_kg.has_value(); });
}

/// A number of a site, under its key in `carbon` or in the site itself.
struct Number {
  std::string_view section;
  std::string_view key;
};
constexpr Number kNumbers[] = {{"carbon", "intensity"}, {"carbon", "embodied"}, {{}, "water"}};

const Spec& place_of(const Spec& site, const Number& number) {
  return number.section.empty() ? site : *site.section(number.section);
}

/// "carbon.intensity 0.458 kg/kWh of near and far (world average ...)", where some of several sites are at the default.
std::string said_of(const Number& number, const std::vector<Spec>& sites) {
  static constexpr std::size_t kMost = 4;
  const Spec& first = place_of(sites.front(), number);
  const core::Parameter& parameter = *first.entry->find(number.key);
  std::vector<std::string> names;
  for (const Spec& site : sites) {
    // Writing the default down changes nothing about where it comes from.
    if (place_of(site, number).value(number.key).source_text == parameter.preset)
      names.push_back(core::printable(site.name));
  }
  if (names.empty()) return {};
  std::string text = (number.section.empty() ? "" : std::string(number.section) + '.') + std::string(number.key) + ' ' +
                     std::string(parameter.preset);
  if (names.size() < sites.size()) {
    for (std::size_t i = 0; i < names.size() && i < kMost; ++i)
      text += (i == 0 ? " of " : i + 1 == names.size() ? " and " : ", ") + names[i];
    if (names.size() > kMost) text += " and " + std::to_string(names.size() - kMost) + " more";
  }
  return text + " (" + std::string(parameter.source.substr(0, parameter.source.find(';'))) + ')';
}

}  // namespace

Table emissions(const Run& run) {
  Table table;
  if (!are_counted(run)) return table;
  table.add_column({"strategy", Align::left});
  table.add_column({"CO2e\nkt"});
  table.add_column({"of energy\nkt"});
  table.add_column({"of hardware\nkt"});
  table.add_column({"water\nML"});
  for (const fleet::Outcome& outcome : run.outcomes) {
    const fleet::FinanceReport& found = outcome.final.finance;
    Table::Row row{shown_name(outcome)};
    if (found.operational_kg) {
      for (const double kg : {*found.operational_kg + *found.embodied_kg, *found.operational_kg, *found.embodied_kg})
        row.push_back(Cell::rough(kg / 1e6, 4));
      row.push_back(Cell::rough(*found.water_litres / 1e6, 4));
    } else {
      row.insert(row.end(), 4, Cell::none());
    }
    table.add_row(std::move(row));
  }
  return table;
}

std::string emission_defaults(const Run& run) {
  if (!are_counted(run)) return {};
  std::vector<Spec> sites = run.scenario.root().sections("sites");
  if (sites.empty()) sites.push_back(core::preset_spec(*scenario::site_family().entries.front()));
  std::string text;
  for (const Number& number : kNumbers) {
    const std::string said = said_of(number, sites);
    if (!said.empty()) text += (text.empty() ? "Carbon and water count defaults: " : ", ") + said;
  }
  return text.empty() ? text : text + '.';
}

}  // namespace fleetrace::output
