#include "sim/api/study_request.hpp"

#include <algorithm>
#include <iterator>

#include "sim/api/scenario_state.hpp"
#include "sim/study/optimise/purchase_planner.hpp"

namespace fleetrace {
namespace {

constexpr std::string_view kVerbs[] = {"compare", "sweep", "sensitivity"};

}  // namespace

std::string_view verb_name(StudyRequest::Verb verb) { return kVerbs[static_cast<std::size_t>(verb)]; }

std::optional<StudyRequest::Verb> find_verb(std::string_view name) {
  const auto* const found = std::find(std::begin(kVerbs), std::end(kVerbs), name);
  if (found == std::end(kVerbs)) return std::nullopt;
  return static_cast<StudyRequest::Verb>(found - std::begin(kVerbs));
}

Scenario load(const StudyRequest& request) {
  study::provide_purchase_planner();
  reader::Source source = reader::read_source(request.scenario);
  source.reads_files = source.reads_files && request.reads_files;
  std::string file = source.file;
  auto document = std::make_shared<const reader::Document>(std::move(source));
  scenario::Scenario loaded = document->load(request.changes);
  return Scenario(std::make_shared<const ScenarioState>(
      ScenarioState{std::move(file), std::move(document), request.changes, std::move(loaded)}));
}

}  // namespace fleetrace
