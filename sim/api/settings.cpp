#include "sim/api/settings.hpp"

#include <stdexcept>

#include "fleetrace/fleet/metric.hpp"

namespace fleetrace {
namespace {

/// A value of the study section, or what was asked in its place.
double study_number(const core::Spec& study, std::string_view name, const std::optional<double>& asked) {
  if (!asked) return study.number(name);
  const core::Parameter& parameter = *study.entry->find(name);
  if (parameter.range.contains(*asked)) return *asked;
  throw std::invalid_argument(std::string(name) + " is out of range; valid values are " +
                              core::describe(parameter, parameter.range));
}

}  // namespace

std::optional<double> study_target(const scenario::Scenario& scenario) {
  const core::Spec& study = *scenario.root().section("study");
  if (study.has("target")) return study.number("target");
  const core::Value& targets = scenario.root().section("loss")->value("targets");
  const auto* known = std::get_if<std::vector<double>>(&targets.data);
  if (known == nullptr || known->empty()) return std::nullopt;
  return known->front();
}

StudySettings settings_of(const StudyOptions& options, const scenario::Scenario& scenario) {
  const core::Spec& study = *scenario.root().section("study");
  StudySettings settings;
  settings.seed = options.seed;
  settings.jobs = options.jobs;
  std::optional<double> replications;
  if (options.replications) replications = static_cast<double>(*options.replications);
  settings.replications = static_cast<std::size_t>(study_number(study, "replications", replications));
  settings.confidence = study_number(study, "confidence", options.confidence);
  settings.rule.most = settings.replications;
  settings.objective = options.objective ? *options.objective : *fleet::find_objective(study.text("objective"));
  const bool is_objective = static_cast<std::size_t>(settings.objective) < fleet::kObjectives;
  if (!is_objective && !fleet::is_own(settings.objective))
    throw std::invalid_argument("a study cannot compare by " + std::string(fleet::info(settings.objective).name));
  settings.target = options.target ? study_number(study, "target", options.target) : study_target(scenario);
  if (fleet::info(settings.objective).needs_target && !settings.target)
    throw std::invalid_argument(std::string(fleet::info(settings.objective).name) + " needs a target");
  return settings;
}

}  // namespace fleetrace
