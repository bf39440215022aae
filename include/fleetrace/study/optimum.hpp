#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/metric.hpp"

/// The best purchase schedule of a strategy, and the proof that none is better, as plain values.
namespace fleetrace::study {

/// One order of a plan. Of trend hardware it is money that is spent: no accelerator, and a count of dollars.
struct PlannedPurchase {
  core::Time at;
  std::string accelerator;
  std::string site;  ///< the only site that may take it; empty where the strategy has one site
  std::int64_t count = 0;
  core::Money cost;
  core::Time retires = core::Time::latest();  ///< when it is taken out of service early; latest() for never
};

/// A part of the initial fleet that a plan takes out of service before its life ends.
struct EarlyRetirement {
  core::Time at;
  std::string accelerator;
  core::Time installed;
  std::string site;  ///< the one on which the scenario places it; empty where it says none
  std::int64_t count = 0;
};

/// What a limit of yearly spending does to the objective.
struct YearlyLimit {
  core::Money most;  ///< that may be spent on hardware in each year
  double bound = 0;  ///< no plan under that limit has a better value
};

/// What one more of something is worth to the objective, never negative, in units of the objective: loss, years or USD. Where final
/// loss is the objective, it is also stated in FLOP of effective compute. It holds for small amounts.
struct MarginalWorth {
  std::string of;    ///< what there is a limit of: "budget", "power at main", "H100 allotted"
  std::string unit;  ///< of which one more is meant: "million USD", "MW", "accelerators"
  double gain = 0;   ///< of one more: by how much the objective is better
  double flop = 0;   ///< of one more: effective compute by the end [FLOP]; only where final loss is the objective
};

/// What a strategy of the scenario comes to beside the plan.
struct OptimumRival {
  std::string name;
  double value = 0;  ///< of the objective
  bool is_changed =
      false;  ///< whether it has another budget, other sites, changes (`with`) or no limit by year, unlike the plan
};

/// The least and the most that plans spend in one year of the horizon which are as good as the best but for a tolerance.
struct SpendingRange {
  core::Time from;  ///< start of the year
  double least_usd = 0;
  double most_usd = 0;
};

struct Optimum {
  fleet::Metric objective = fleet::Metric::final_loss;
  std::string strategy;  ///< the one in whose place the plan stands
  core::Time start;      ///< of the horizon
  /// The relative loss that time_to_target and cost_to_target are about; of npv, the final loss that the plan must come to.
  std::optional<double> target;
  double value = 1;       ///< of the objective, as the simulator has it and in its unit (fleet::info)
  double final_loss = 1;  ///< of the plan, whatever the objective
  double mean_loss = 1;   ///< likewise
  double best_shipped =
      1;  ///< the best that a strategy under the same limits comes to; infinite where none has a value
  /// No schedule on these dates has a better value: none is lower, or of npv higher. None where nothing is proved.
  std::optional<double> bound;
  std::vector<std::string> without_bound;  ///< why there is no bound, in plain words
  std::vector<std::string> notes;          ///< what a reader should know of the plan or of the bound
  std::size_t dates = 0;                   ///< review dates
  std::size_t columns = 0;                 ///< kinds of order that were considered: a date, an accelerator and a site
  double audit = 0;  ///< largest relative error of a sum of unit purchases against a race of all of them
  std::vector<PlannedPurchase> schedule;  ///< by date
  std::vector<EarlyRetirement> retired;   ///< by date; empty where early retirement was not asked for
  core::Money spend;                      ///< on hardware
  core::Money budget;                     ///< for hardware, research taken off
  std::vector<MarginalWorth> worth;
  double within = 0;                        ///< the tolerance of `flat` [1], relative to the objective
  std::vector<SpendingRange> flat;          ///< by year; empty where it was not asked for
  std::vector<OptimumRival> versus;         ///< by value, the best first
  std::optional<YearlyLimit> yearly_limit;  ///< of an even share of the budget, where all money falls on one date
};

}  // namespace fleetrace::study
