#include "entries_data.hpp"
#include "fleetrace/scenario/load.hpp"
#include "fleetrace/scenario/node.hpp"

namespace fleetrace::output::listing {
namespace {

/// Without resolving the scenario: a list must not depend on every scenario's models.
std::string description(std::string_view name) {
  core::Diagnostics diagnostics;
  const scenario::Node root = scenario::parse_yaml(scenario::scenario_text(name), std::string(name), diagnostics);
  diagnostics.throw_if_any();
  const scenario::Node* node = root.find("description");
  return node == nullptr ? std::string() : node->scalar;
}

}  // namespace

grid::Grid scenario_grid() {
  grid::Grid grid;
  grid.columns = {{"name", "scenario"}, {"summary", "what it shows"}};
  for (const std::string_view name : scenario::scenario_names()) {
    grid.rows.push_back({grid::cell(std::string(name)), grid::cell(description(name))});
  }
  return grid;
}

std::string show_scenario(const std::string& name, ListFormat format) {
  std::string text(scenario::scenario_text(name));
  grid::Grid grid;
  grid.columns = {{"name", "scenario"}, {"summary", "what it shows"}, {"text", ""}};
  grid.rows.push_back({grid::cell(name), grid::cell(description(name)), grid::cell(text)});
  switch (format) {
    case ListFormat::table: return text;
    case ListFormat::markdown: return "## " + name + "\n\n```yaml\n" + text + "```\n";
    case ListFormat::csv: return grid::csv(grid);
    case ListFormat::json: break;
  }
  grid::Json json = grid::header();
  json["family"] = kScenarios;
  json.update(grid::json(grid).front());
  return grid::dump(json);
}

}  // namespace fleetrace::output::listing
