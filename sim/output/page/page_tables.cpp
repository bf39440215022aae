#include "sim/output/page/page_tables.hpp"

#include <algorithm>
#include <set>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/resolved.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_figure.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/scenario/accelerators.hpp"

namespace fleetrace::output::page {
namespace {

constexpr std::string_view kUnverified = "unverified";

void add_numbers(const core::Spec& data, const std::string& name, Table& table) {
  for (std::size_t i = 0; i < data.values.size(); ++i) {
    const core::Value& value = data.values[i];
    if (!value.given() || value.provenance == nullptr) continue;
    table.add_row({core::printable(name), data.entry->parameters[i].name, core::printable(value.source_text),
                   Cell(value.provenance->verified).best_if(value.provenance->verified == kUnverified),
                   core::printable(value.provenance->source)});
  }
}

}  // namespace

Table targets_table(const Run& run) {
  Table table;
  table.add_column({"strategy", Align::left});
  for (const double target : run.setups.front().loss.targets) table.add_column({"loss " + rough(target, 4)});
  if (run.setups.front().loss.targets.empty()) return table;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const fleet::Horizon& horizon = run.setups[i].horizon;
    Table::Row row{shown_name(run.outcomes[i])};
    for (const fleet::Target& target : run.outcomes[i].targets) {
      row.emplace_back(target.reached ? date_of(*target.reached, horizon) + " (" +
                                            fixed(horizon.years_at(*target.reached), 2) + " yr)"
                                      : "not within the horizon");
    }
    table.add_row(std::move(row));
  }
  return table;
}

Table accelerators_table(const Run& run) {
  Table table;
  for (const char* title : {"accelerator", "number", "value", "verified", "source"})
    table.add_column({title, Align::left});
  const models::OwnAccelerators accelerators = scenario::accelerators_of(run.scenario);
  std::set<std::string> seen;
  for (const fleet::StrategySetup& setup : run.setups) {
    for (const models::AcceleratorType& type : setup.plant.market.types) {
      const core::Spec* data = accelerators.find(type.name);
      if (data != nullptr && seen.insert(type.name).second) add_numbers(*data, type.name, table);
    }
  }
  return table;
}

std::string resolved_html(const scenario::Scenario& scenario) { return resolved_html(to_yaml(scenario)); }

std::string resolved_html(std::string_view whole) {
  static constexpr std::size_t kMost = 200'000;
  std::string yaml(whole);
  const bool is_cut = yaml.size() > kMost;
  if (is_cut) yaml.resize(yaml.rfind('\n', kMost) + 1);
  std::string text = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Resolved scenario\"><pre>";
  for (std::size_t at = 0; at < yaml.size();) {
    const std::size_t end = yaml.find('\n', at);
    const std::string line = yaml.substr(at, end - at);
    const std::size_t comment = line.find("  # default, unverified");
    text += html_text(line.substr(0, comment));
    if (comment != std::string::npos) text += "  " + html_element("mark", line.substr(comment + 2));
    text += '\n';
    at = end == std::string::npos ? yaml.size() : end + 1;
  }
  return text + "</pre></div>\n" + (is_cut ? "<p>It goes on; manifest.json has all of it.</p>\n" : "");
}

}  // namespace fleetrace::output::page
