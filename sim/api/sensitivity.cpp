#include <algorithm>

#include "fleetrace/study.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/api/sensitivity_study.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/sensitivity/sobol_indices.hpp"

namespace fleetrace {
namespace {

/// Results that are kept, 16 bytes each.
constexpr std::size_t kMostResults = 50'000'000;

bool has_other_chance(const scenario::Scenario& scenario) {
  const std::vector<fleet::StrategySetup> setups = scenario::resolve(scenario);
  return std::any_of(setups.begin(), setups.end(),
                     [](const fleet::StrategySetup& each) { return fleet::has_chance(each); });
}

std::optional<std::size_t> strategy_named(const study::StudyDesign& design, const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (const auto found = study::find_strategy(design, name)) return found;
  throw UnknownStrategy("there is no strategy \"" + core::printable(name) + "\". " +
                        core::suggest(name, {design.strategies.begin(), design.strategies.end()}));
}

}  // namespace

void require_uncertain(const scenario::Scenario& scenario, const study::StudyDesign& design, const std::string& file) {
  const std::size_t inputs = design.inputs.all().size();
  if (inputs > study::SobolDesign::kMostInputs) {
    throw core::InputError({{{file, 0, 0},
                             "",
                             "there are " + std::to_string(inputs) + " uncertain inputs",
                             "sensitivity tells apart " + std::to_string(study::SobolDesign::kMostInputs) +
                                 " at most: its points have no more dimensions",
                             "Put numbers in the place of distributions that matter less."}});
  }
  if (inputs > 0) return;
  throw core::InputError(
      {{{file, 0, 0},
        "",
        "there is no uncertain input in " + core::printable(scenario.name()),
        "sensitivity asks which of them decides",
        "Put a distribution in the place of a number, such as --set "
        "loss.kappa=\"{uniform: {low: 0.04, high: 0.06}}\", or vary it by hand with fleetrace sweep."}});
}

bool is_affordable(const study::StudyDesign& design, const study::SensitivityEffort& effort) {
  return study::sensitivity_runs(design, effort) <= kMostResults / design.strategies.size();
}

study::SensitivityQuestion question_of(const study::StudyDesign& design, fleet::Metric objective,
                                       const std::string& strategy, const std::string& against) {
  const study::SensitivityQuestion question{objective, strategy_named(design, strategy),
                                            strategy_named(design, against)};
  if (question.against && (!question.strategy || question.strategy == question.against))
    throw std::invalid_argument(
        "a difference is that of two strategies: one that is asked about, and another against it");
  return question;
}

std::optional<SensitivityReport> race_sensitivity(const scenario::Scenario& scenario, const study::StudyDesign& design,
                                                  const study::SensitivityQuestion& question,
                                                  const study::SensitivityEffort& effort, const std::atomic<bool>& stop,
                                                  const Progress& progress, const study::KnownPoints& known) {
  const std::size_t runs = study::sensitivity_runs(design, effort);
  auto found = study::sensitivity(
      design, question, effort, stop,
      [&](std::size_t done) {
        if (progress) progress(done, runs);
      },
      known);
  if (!found) return std::nullopt;
  return SensitivityReport{scenario, design, effort, std::move(*found), has_other_chance(scenario)};
}

Sensitivity sensitivity(const Scenario& scenario, const SensitivityOptions& options) {
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = settings_of(StudyOptions{.seed = options.seed,
                                                          .jobs = options.jobs,
                                                          .objective = options.objective,
                                                          .target = options.target,
                                                          .confidence = options.confidence},
                                             loaded);
  const study::StudyDesign design = study::StudyDesign::of(loaded, settings.seed, settings.target, settings.objective);
  require_uncertain(loaded, design, scenario.state().file);
  const study::SensitivityQuestion question = question_of(design, settings.objective, options.strategy,
                                                          options.against);
  study::SensitivityEffort effort;
  effort.points = options.points;
  effort.confidence = settings.confidence;
  effort.jobs = settings.jobs;
  if (!is_affordable(design, effort)) throw std::invalid_argument("that takes too many runs; take fewer points");
  const StopFlag stop(options.stop);
  auto found = race_sensitivity(loaded, design, question, effort, stop.flag(), options.progress);
  if (!found) throw Stopped("the sensitivity was stopped");
  const auto report = std::make_shared<const SensitivityReport>(std::move(*found));
  const study::Sensitivity& numbers = report->sensitivity;
  return {numbers, design.inputs.names(), report};
}

}  // namespace fleetrace
