#include "fleetrace/scenario.hpp"

#include "sim/api/resolved.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/scenario/reference/json_schema.hpp"
#include "sim/scenario/reference/paths.hpp"
#include "sim/study/optimise/purchase_planner.hpp"

namespace fleetrace {
namespace {

std::vector<std::string> names_of(const std::vector<core::Spec>& sections) {
  std::vector<std::string> names;
  names.reserve(sections.size());
  for (const core::Spec& each : sections) names.push_back(each.name);
  return names;
}

Scenario scenario_of(std::string file, std::shared_ptr<const reader::Document> document,
                     std::vector<reader::Override> changes) {
  scenario::Scenario loaded = document->load(changes);
  return Scenario(std::make_shared<const ScenarioState>(
      ScenarioState{std::move(file), std::move(document), std::move(changes), std::move(loaded)}));
}

}  // namespace

Scenario load(std::string_view name_file_or_text) {
  study::provide_purchase_planner();
  const bool is_text = name_file_or_text.find('\n') != std::string_view::npos;
  reader::Source source = is_text ? reader::Source{std::string(name_file_or_text), "text", false}
                                  : reader::read_source(std::string(name_file_or_text));
  std::string file = source.file;
  return scenario_of(std::move(file), std::make_shared<const reader::Document>(std::move(source)), {});
}

const scenario::Scenario& Scenario::details() const { return state_->loaded; }

const std::string& Scenario::name() const { return state_->loaded.name(); }

const std::string& Scenario::hash() const { return state_->loaded.sha256; }

std::string Scenario::text() const { return to_yaml(state_->loaded); }

std::vector<std::string> Scenario::strategies() const { return names_of(state_->loaded.root().sections("strategies")); }

std::vector<std::string> Scenario::cases() const { return names_of(state_->loaded.root().sections("cases")); }

std::vector<Finding> Scenario::warnings() const { return state_->loaded.warnings; }

std::string Scenario::get(std::string_view path) const {
  if (std::optional<std::string> text = scenario::text_at(state_->loaded, path)) return *std::move(text);
  throw InvalidScenario({{{state_->file, 0, 0},
                          std::string(path),
                          "there is no such value",
                          "nothing in " + core::printable(name()) + " stands at that path",
                          "fleetrace list paths shows what there is."}});
}

void Scenario::set(std::string_view path, std::string_view value) {
  std::vector<reader::Override> changes = state_->changes;
  changes.push_back({std::string(path), std::string(value), "set"});
  *this = scenario_of(state_->file, state_->document, std::move(changes));
}

std::vector<std::string> scenario_names() {
  const std::vector<std::string_view> names = reader::scenario_names();
  return {names.begin(), names.end()};
}

std::string schema() { return scenario::json_schema(); }

}  // namespace fleetrace
