#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "fleetrace/scenario.hpp"
#include "fleetrace/study.hpp"
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
  fleet::Metric objective = fleet::Metric::final_loss;  ///< final_loss, mean_loss or cost_to_target
  std::optional<double> target = {};                    ///< the final loss that cost_to_target is about, in (0, 1)
  ReviewDates dates = ReviewDates::calendar;
  std::optional<core::Duration> every = {};      ///< between reviews; else as the strategy has it, or three months
  std::optional<core::Money> yearly_spend = {};  ///< the most that is spent on hardware in each year of the horizon
  /// The least hardware that each order buys; nothing is ordered for less. Without it any order may be as small as a lot.
  std::optional<core::Money> smallest_order = {};
  /// Nodes of the search for whole orders, at least 1: where lots, the cost of an order or the smallest order are to be kept to.
  /// What it has not seen by then lies between the value and the bound.
  std::size_t most_nodes = 2000;
  double gap = 1e-6;                     ///< the search for mean loss ends where the rest is less [1]
  std::optional<double> within = {};     ///< also says what plans spend by year that are as good but for this share
  std::vector<double> also_within = {};  ///< larger shares, ascending, for which it says the same
  std::size_t alternatives = 0;          ///< how many plans within `within` it also finds that differ as much as can be
  BreakTies then = BreakTies::any;       ///< with final_loss alone
  std::uint32_t seed = 1;                ///< of the race, where anything is random
  bool verbose = false;                  ///< shows what the solver does on standard error
  /// Ends the search with the best plan and bound so far. optimize() throws Stopped where there is no plan yet.
  std::stop_token stop = {};
};

struct OptimizeResult : study::Optimum {
  /// The scenario with the strategy `optimum`, which is the plan, beside its own; run() gives it the same bits.
  std::string scenario_text;
  std::shared_ptr<const OptimumReport> details;  ///< what the library itself works with
};

/// Finds how much of what to order when and where, at the medians of the inputs. Throws OptimizeError, InvalidScenario, RunError and
/// Stopped.
[[nodiscard]] OptimizeResult optimize(const Scenario& scenario, const OptimizeOptions& options = {});

}  // namespace fleetrace
