#include "page_tables.hpp"

#include <algorithm>
#include <set>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/resolved.hpp"
#include "fleetrace/output/text.hpp"
#include "html.hpp"
#include "page_figure.hpp"
#include "report.hpp"

namespace fleetrace::output::page {
namespace {

constexpr std::string_view kUnverified = "unverified";

std::int64_t waiting_at_end(const fleet::Outcome& outcome) {
  return outcome.final.accelerators[static_cast<std::size_t>(fleet::State::waiting_for_power)];
}

void add_numbers(const core::Spec& data, const std::string& name, TextTable& table) {
  for (std::size_t i = 0; i < data.values.size(); ++i) {
    const core::Value& value = data.values[i];
    if (!value.given() || value.provenance == nullptr) continue;
    table.add_row({{core::printable(name)},
                   {std::string(data.entry->parameters[i].name)},
                   {core::printable(value.written)},
                   {value.provenance->verified, value.provenance->verified == kUnverified},
                   {core::printable(value.provenance->source)}});
  }
}

}  // namespace

TextTable targets_table(const Run& run) {
  TextTable table;
  table.add_column({"strategy", false});
  for (const double target : run.cases.front().loss.targets) table.add_column({"loss " + rough(target, 4)});
  if (run.cases.front().loss.targets.empty()) return table;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const fleet::Horizon& horizon = run.cases[i].horizon;
    std::vector<TextTable::Cell> row{{shown_name(run.outcomes[i])}};
    for (const fleet::Target& target : run.outcomes[i].targets) {
      row.push_back({target.reached ? date_of(*target.reached, horizon) + " (" +
                                          fixed(horizon.years_at(*target.reached), 2) + " yr)"
                                    : "not within the horizon"});
    }
    table.add_row(std::move(row));
  }
  return table;
}

TextTable obstacles_table(const Run& run) {
  const auto count = [](const fleet::Outcome& outcome, fleet::Constraint which) {
    return grouped(outcome.obstacles[static_cast<std::size_t>(which)]);
  };
  TextTable table;
  table.add_column({"strategy", false});
  for (const char* title : {"reviews", "site power", "supply limit", "price of one", "nothing on sale", "unspent",
                            "waiting for power at the end"})
    table.add_column({title});
  for (const fleet::Outcome& outcome : run.outcomes) {
    table.add_row({{shown_name(outcome)},
                   {grouped(outcome.reviews)},
                   {count(outcome, fleet::Constraint::power)},
                   {count(outcome, fleet::Constraint::supply)},
                   {count(outcome, fleet::Constraint::price)},
                   {count(outcome, fleet::Constraint::nothing_on_sale)},
                   {human(Scaled::money, outcome.final.unspent.usd())},
                   {grouped(waiting_at_end(outcome))}});
  }
  return table;
}

TextTable accelerators_table(const Run& run) {
  TextTable table;
  for (const char* title : {"accelerator", "number", "value", "verified", "source"}) table.add_column({title, false});
  if (run.scenario.catalog == nullptr) return table;
  std::set<std::string> seen;
  for (const fleet::Case& plan : run.cases) {
    for (const models::AcceleratorType& type : plan.plant.market.types) {
      const core::Spec* data = run.scenario.catalog->find(type.name);
      if (data != nullptr && seen.insert(type.name).second) add_numbers(*data, type.name, table);
    }
  }
  return table;
}

std::string resolved_html(const fleet::Scenario& scenario) { return resolved_html(to_yaml(scenario)); }

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
