#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "fleetrace/scenario.hpp"
#include "fleetrace/study/optimum.hpp"

/// The best purchase schedule, and the proof that none is better.
namespace fleetrace {

struct OptimumReport;

/// A scenario in which no schedule can be optimised; the message says what stands in the way and what to do about it.
class OptimizeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// When a schedule may order.
enum class ReviewDates {
  calendar,  ///< at the start and then at a fixed interval
  events,    ///< besides when something is released, and so that it arrives when a site opens or a life ends
};

/// Which plan is taken of those with the least final loss, or within the tolerance of it.
enum class BreakTies {
  any,          ///< the best
  least_mean,   ///< the one with the least mean loss
  least_spend,  ///< the one that spends least
};

struct OptimizeOptions {
  std::string strategy =
      {};  ///< in whose place the plan stands, under whose constraints; may be empty where there is one only
  /// final_loss, mean_loss, time_to_target, cost_to_target or npv. With `loss.compute: best_run` the loss is that of the best run.
  fleet::Metric objective = fleet::Metric::final_loss;
  /// The relative loss that time_to_target and cost_to_target are about, in (0, 1); with npv, the final loss to be met.
  std::optional<double> target = {};
  ReviewDates dates = ReviewDates::calendar;
  std::optional<core::Duration> every = {};      ///< between reviews; else as the strategy has it, or three months
  std::optional<core::Money> yearly_spend = {};  ///< the most that is spent on hardware in each year of the horizon
  double gap = 1e-6;                             ///< the search for mean loss ends where the rest is less [1]
  std::optional<double> within = {};  ///< also says what plans spend by year that are as good but for this share
  BreakTies then = BreakTies::any;    ///< with final_loss alone
  bool retires = false;               ///< whether a plan may take hardware out of service before its life ends
  std::uint32_t seed = 1;             ///< of the race, where anything is random
  bool verbose = false;               ///< shows what the solver does on standard error
};

struct OptimizeResult : study::Optimum {
  /// The scenario with the strategy `optimum`, which is the plan, beside its own; run() gives it the same bits.
  std::string scenario_text;
  std::shared_ptr<const OptimumReport> details;  ///< what the library itself works with
};

/// Finds how much of what to order when and where, at the medians of the inputs. Throws OptimizeError, InvalidScenario and
/// RunError.
[[nodiscard]] OptimizeResult optimize(const Scenario& scenario, const OptimizeOptions& options = {});

}  // namespace fleetrace
