#pragma once

#include <atomic>
#include <functional>
#include <stop_token>

#include "fleetrace/study.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace {

/// Settings of a study: the scenario's study section with what was asked in place of its values.
struct StudySettings {
  std::uint32_t seed = 1;
  std::size_t replications = 0;
  int jobs = 0;  ///< threads; 0 stands for all cores
  fleet::Metric objective = fleet::Metric::final_loss;
  std::optional<double> target;
  double confidence = 0.95;
  /// When the study ends: after a fixed number, unless a half-width or a selection was asked for.
  study::StoppingRule rule;
};

/// The largest number of replications that a rule takes which ends a study by itself.
inline constexpr std::size_t kMostReplications = 100'000;

/// The target of the study section, or else the first of the scenario's loss targets.
[[nodiscard]] std::optional<double> study_target(const scenario::Scenario& scenario);

/// Throws std::invalid_argument for an option out of its range, and where an objective lacks its target.
[[nodiscard]] StudySettings settings_of(const StudyOptions& options, const scenario::Scenario& scenario);

/// A stop token as the flag that loops look at.
class StopFlag {
 public:
  explicit StopFlag(std::stop_token token) : callback_(std::move(token), [this] { flag_ = true; }) {}

  [[nodiscard]] const std::atomic<bool>& flag() const { return flag_; }

 private:
  std::atomic<bool> flag_ = false;
  std::stop_callback<std::function<void()>> callback_;  // comes last: it sets the flag while it is made
};

}  // namespace fleetrace
