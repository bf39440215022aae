#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "fleetrace/core/quantity.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/output/run/json_parts.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/run/series.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using Document = nlohmann::ordered_json;

Cell cell_of(const Document& value) {
  if (value.is_boolean()) return Cell::flag(value.get<bool>());
  if (value.is_number_integer()) return Cell::integer(value.get<std::int64_t>());
  if (value.is_number()) return Cell::real(value.get<double>());
  if (value.is_string()) return value.get<std::string>();
  return Cell::none();
}

/// The values of one strategy, each under its key in JSON; the keys inside of an object follow its own.
void flatten(const Document& object, const std::string& prefix, std::vector<std::pair<std::string, Cell>>& found) {
  for (const auto& [key, value] : object.items()) {
    if (value.is_object()) {
      flatten(value, prefix + key + '_', found);
    } else if (!value.is_array()) {
      found.emplace_back(prefix + key, cell_of(value));
    }
  }
}

std::vector<std::pair<std::string, Cell>> known_at_end(const fleet::Outcome& outcome) {
  std::vector<std::pair<std::string, Cell>> found{{"strategy", outcome.strategy}, {"buys", outcome.buys}};
  core::JsonWriter json(core::JsonWriter::Layout::compact);
  json.begin_object();
  write_summary(json, outcome.final);
  json.end_object();
  flatten(Document::parse(std::move(json).finish()).at("final"), "", found);
  for (const fleet::Target& target : outcome.targets) {
    found.emplace_back("reached_" + core::format_real(target.relative_loss),
                       target.reached ? Cell(core::to_iso8601(*target.reached)) : Cell::none());
  }
  return found;
}

/// A row for each strategy. Not every strategy has every figure.
Table strategies_of(const Run& run) {
  Table table;
  std::vector<std::string> names;
  std::vector<std::vector<std::pair<std::string, Cell>>> all;
  for (const fleet::Outcome& outcome : run.outcomes) {
    all.push_back(known_at_end(outcome));
    for (const auto& [name, cell] : all.back()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  for (const std::string& name : names) table.add_column({.name = name});
  for (const auto& each : all) {
    Table::Row row;
    for (const std::string& name : names) {
      const auto found = std::find_if(each.begin(), each.end(), [&](const auto& known) { return known.first == name; });
      row.push_back(found == each.end() ? Cell::none() : found->second);
    }
    table.add_row(std::move(row));
  }
  return table;
}

Cell number_cell(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? Cell::real(value) : Cell(text);
}

/// The rows of results.csv.
Table series_of(const Run& run) {
  Table table;
  table.add_column({.name = "strategy"});
  for (const SeriesColumn& column : series_columns()) table.add_column({.name = std::string(column.name)});
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::Sample& sample : outcome.series) {
      Table::Row row{outcome.strategy};
      for (const SeriesColumn& column : series_columns()) {
        const std::string text = column.holds_for(outcome) ? column.text(sample) : std::string();
        row.push_back(column.is_number && !text.empty() ? number_cell(text) : Cell(text));
      }
      table.add_row(std::move(row));
    }
  }
  return table;
}

}  // namespace

std::string to_xlsx(const Run& run) {
  std::vector<Sheet> sheets{
      {"strategies", strategies_of(run)}, {"results", series_of(run)}, {"bought", bought(run, 0)}};
  if (!run.plans.empty()) sheets.push_back({"plan", plan_sheet(run)});
  sheets.push_back(
      about_sheet(run.scenario.name(), run.scenario.sha256, run.draw.seed, scenario::money_note(run.scenario.root())));
  return write_xlsx(sheets);
}

}  // namespace fleetrace::output
