#pragma once

#include <cstddef>
#include <functional>
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

/// What every plan is asked for.
struct PlanSearchOptions {
  /// In whose place the plan stands, under whose constraints; may be empty where there is one strategy only.
  std::string strategy = {};
  /// final_loss, mean_loss, time_to_target, cost_to_target or npv. With `loss.compute: best_run` the loss is that of the best run. Or one
  /// of your own (fleet::add_objective): then a search by races finds the plan, and there is no bound.
  fleet::Metric objective = fleet::Metric::final_loss;
  ReviewDates dates = ReviewDates::calendar;
  std::optional<core::Duration> every = {};      ///< between reviews; else as the strategy has it, or three months
  std::optional<core::Money> yearly_spend = {};  ///< the most that is spent on hardware in each year of the horizon
  double gap = 1e-6;  ///< the search, for mean loss or for the best plan of a sample, ends where the rest is less [1]
  std::uint32_t seed = 1;  ///< of the race and of the draws, where anything is random
  /// Ends the search with what it has found so far. optimize() throws Stopped where there is no plan yet, optimize_uncertain() where
  /// there are not two batches yet that have judged it.
  std::stop_token stop = {};
};

struct OptimizeOptions : PlanSearchOptions {
  /// The relative loss that time_to_target and cost_to_target are about, in (0, 1); with npv and one of your own, the final loss to be met.
  std::optional<double> target = {};
  /// The least hardware that each order buys; nothing is ordered for less. Without it any order may be as small as a lot.
  std::optional<core::Money> smallest_order = {};
  /// Nodes of the search for whole orders, at least 1: where lots, the cost of an order or the smallest order are to be kept to.
  /// What it has not seen by then lies between the value and the bound.
  std::size_t most_nodes = 2000;
  std::optional<double> within = {};     ///< also says what plans spend by year that are as good but for this share
  std::vector<double> also_within = {};  ///< larger shares, ascending, for which it says the same
  std::size_t alternatives = 0;          ///< how many plans within `within` it also finds that differ as much as can be
  BreakTies then = BreakTies::any;       ///< with final_loss alone
  bool retires = false;                  ///< whether a plan may take hardware out of service before its life ends
  bool verbose = false;                  ///< shows what the solver does on standard error
};

struct OptimizeResult : study::Optimum {
  /// The scenario with the strategy `optimum`, which is the plan, beside its own; run() gives it the same bits.
  std::string scenario_text;
  std::shared_ptr<const OptimumReport> details;  ///< what the library itself works with
};

/// Finds how much of what to order when and where, at the medians of the inputs. Throws OptimizeError, InvalidScenario, RunError and
/// Stopped.
[[nodiscard]] OptimizeResult optimize(const Scenario& scenario, const OptimizeOptions& options = {});

struct UncertainOptimumReport;

/// The objective is final_loss or mean_loss, of all compute: with `loss.compute: best_run` each draw has its best run on a date of its own.
struct UncertainOptimizeOptions : PlanSearchOptions {
  std::size_t draws = 100;   ///< that the plan is made for, at least 2
  std::size_t batches = 10;  ///< of as many other draws, by which it is judged, at least 2
  double confidence = 0.95;  ///< in (0.5, 1)
  /// Compares plans by the mean of the worst share of 1 - level of the losses, in (0, 1); by their mean without one.
  std::optional<double> tail_level = {};
  int jobs = 0;  ///< threads; 0 for one on every core that the process may use
  std::function<void(std::size_t done, std::size_t of)> progress = {};  ///< called by any thread, one call at a time
};

struct UncertainOptimizeResult : study::UncertainOptimum {
  /// The scenario with the strategies `optimum` and `at_medians`, which are this plan and that for the medians, beside its own.
  std::string scenario_text;
  std::shared_ptr<const UncertainOptimumReport> details;  ///< what the library itself works with
};

/// Finds the plan whose loss is the least on average over the draws of uncertain inputs, or over the worst of them, and how far
/// from the best it is at most. Throws OptimizeError, InvalidScenario, RunError and Stopped.
[[nodiscard]] UncertainOptimizeResult optimize_uncertain(const Scenario& scenario,
                                                         const UncertainOptimizeOptions& options = {});

}  // namespace fleetrace
