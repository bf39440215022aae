#pragma once

#include <atomic>
#include <cstddef>
#include <optional>

#include "fleetrace/study/replications.hpp"

/// When a study has seen enough.
namespace fleetrace::study {

struct EndRule {
  enum class Kind {
    fixed,       ///< after a number of replications
    half_width,  ///< once the interval of every paired difference is narrow enough
    select,      ///< once the best is selected (selection.hpp)
  };
  Kind kind = Kind::fixed;
  /// The half-width asked for, or the smallest difference that matters; in the objective's unit, > 0.
  double size = 0;
  std::size_t most = 0;  ///< replications; the number of a fixed rule
};

/// How a study ended.
struct Ending {
  EndRule rule;
  bool met = true;                      ///< false where the most replications came first
  std::optional<std::size_t> selected;  ///< the strategy, by a rule that selects
};

/// Runs replications until the rule is met, then drops those beyond: results are those of running them one by one, whatever
/// the number of jobs. Nothing where it was stopped from outside.
[[nodiscard]] std::optional<Ending> replicate_until(const Plan& plan, const EndRule& rule, fleet::Measure objective,
                                                    double confidence, int jobs, const std::atomic<bool>& stop,
                                                    Results& results, const Finished& finished = {},
                                                    const Observer& observe = {},
                                                    std::size_t observed = kEveryReplication);

}  // namespace fleetrace::study
