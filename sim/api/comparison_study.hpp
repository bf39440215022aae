#pragma once

#include <atomic>
#include <optional>
#include <span>
#include <vector>

#include "sim/api/plan_samples.hpp"
#include "sim/api/reports.hpp"
#include "sim/api/settings.hpp"
#include "sim/study/compare/loss_paths.hpp"
#include "sim/study/solve/goal.hpp"

namespace fleetrace {

/// Throws std::invalid_argument for an option out of its range, and for two rules.
[[nodiscard]] StudySettings settings_of(const CompareOptions& options, const scenario::Scenario& scenario);

/// A comparison while it is under way: what was replicated, and what is kept of it.
class ComparisonStudy {
 public:
  enum class Keep { what_is_compared, all_metrics };

  /// Keeps the plans of its races, too, where a question asks for them. Throws study::Unaffordable for more replications than memory
  /// has room for. It stays where it is: they are kept by those who race.
  ComparisonStudy(scenario::Scenario scenario, const StudySettings& settings, std::vector<study::Goal> guards,
                  Keep keep, const std::optional<PlanQuestion>& plans = {});

  [[nodiscard]] const study::StudyDesign& design() const { return design_; }
  /// The largest number of replications that it may take.
  [[nodiscard]] std::size_t most() const { return most_; }
  /// What was replicated. Replications that are known already may be filled in before replicate().
  [[nodiscard]] study::Results& results() { return results_; }

  /// Losses of races over time. What is known already may be filled in before complete(), but not of replication 0.
  [[nodiscard]] study::LossPaths& paths() { return paths_; }

  /// Runs replications until the rule of the settings is met. Returns false where it was stopped.
  [[nodiscard]] bool replicate(const std::atomic<bool>& stop, const study::Finished& finished);
  /// Runs those replications again whose metrics were filled in, for their losses over time, the guards and the plans, and the
  /// strategies that plan once more with hindsight. Returns false where it was stopped.
  [[nodiscard]] bool complete(const std::atomic<bool>& stop);
  /// Drops what follows the first replication that was not finished, and returns how many are left.
  std::size_t keep_finished();

  /// Whether each guard is met by each strategy.
  [[nodiscard]] std::vector<study::GoalVerdict> verdicts() const;
  /// The plans of what was replicated; none where no question asked for them. They are used up.
  [[nodiscard]] std::optional<PlanSamples> plans();
  /// Compares what was replicated; the study is used up.
  [[nodiscard]] ComparisonReport report();

 private:
  [[nodiscard]] bool race_with_hindsight(const std::atomic<bool>& stop);

  scenario::Scenario scenario_;
  StudySettings settings_;
  study::StudyDesign design_;
  std::size_t most_;
  study::Results results_;
  std::optional<study::Results> hindsight_;  ///< of study::hindsight_design(), where there is one
  study::LossPaths paths_;
  study::GoalWatch watch_;
  std::optional<PlanWatch> plans_;
  study::StoppingResult stopping_;
};

}  // namespace fleetrace
