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
  /// What there is a limit of: "budget", "power at main", "H100 allotted". "less lead time" is by the difference of two
  /// optimisations; the others are the prices of one.
  std::string of;
  std::string unit;  ///< of which one more is meant: "million USD", "MW", "accelerators", "month"
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
  double within = 0;  ///< the tolerance [1], relative to the objective
};

/// A plan that is as good as the best but for a tolerance, and spends as little as can be in those years, on those accelerators and at
/// those sites where the best plan and the alternatives before it spend.
struct AlternativePlan {
  std::vector<PlannedPurchase> schedule;  ///< by date
  std::vector<EarlyRetirement> retired;   ///< by date; empty where early retirement was not asked for
  double value = 1;                       ///< of the objective, as the simulator has it
  core::Money spend;                      ///< on hardware
  double shared = 0;  ///< the share of its money that the best plan spends in the same years, kinds and sites [1]
};

/// What a million dollars more would bring if it were spent on one date, on the best accelerator and site for it, less what that takes
/// of other limits. Where the plan is the best, it is nowhere more than what a million dollars of the budget is worth, and as much on
/// the dates on which the plan spends.
struct ValueOfMoney {
  core::Time at;
  double gain = 0;        ///< as MarginalWorth::gain
  bool is_spent = false;  ///< whether the plan orders on that date
};

/// What one more of a site's power or space is worth from a date until the next.
struct WorthByDate {
  std::string of;    ///< as MarginalWorth::of
  std::string unit;  ///< likewise
  core::Time from;
  double gain = 0;  ///< of one more until the next date
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
  /// How the world of the bound is easier than the scenario's, in plain words: no plan does worse in it. Empty where it is the same.
  std::vector<std::string> relaxed;
  std::vector<std::string> notes;  ///< what a reader should know of the plan or of the bound
  bool is_stopped = false;         ///< the search was stopped: a better plan or a tighter bound may be near
  std::size_t dates = 0;           ///< review dates
  std::size_t columns = 0;         ///< kinds of order that were considered: a date, an accelerator and a site
  double audit = 0;                ///< largest relative error of a sum of unit purchases against a race of all of them
  std::vector<PlannedPurchase> schedule;  ///< by date
  std::vector<EarlyRetirement> retired;   ///< by date; empty where early retirement was not asked for
  core::Money spend;                      ///< on hardware
  core::Money budget;                     ///< for hardware, research taken off
  core::Money research;                   ///< what the strategy's budget pays beside it
  bool is_trend = false;                  ///< whether orders are money for trend hardware
  std::vector<MarginalWorth> worth;
  std::vector<ValueOfMoney>
      money_by_date;  ///< by date; empty where nothing is proved, and where money is the objective
  std::vector<WorthByDate> limits_by_date;    ///< by limit and date, of those that bind on any; likewise
  double within = 0;                          ///< the least tolerance of `flat` [1], relative to the objective
  std::vector<SpendingRange> flat;            ///< by tolerance and year; empty where it was not asked for
  std::vector<AlternativePlan> alternatives;  ///< within the least tolerance; empty where none were asked for
  std::vector<OptimumRival> versus;           ///< by value, the best first
  std::optional<YearlyLimit> yearly_limit;    ///< of an even share of the budget, where all money falls on one date
};

/// A mean over draws, and Student's interval for it.
struct SampledMean {
  double mean = 0;
  double low = 0;
  double high = 0;
};

/// A strategy of the scenario, or another plan, on the draws by which a plan under uncertainty is judged.
struct UncertainRival {
  std::string name;
  double value = 0;         ///< mean loss, or its mean over the worst draws
  bool is_changed = false;  ///< as in OptimumRival
};

/// One plan for all draws of uncertain inputs. Losses are those of the objective. Sources: Kleywegt, Shapiro and Homem-de-Mello 2002, SIAM J.
/// Optim. 12:479; Mak, Morton and Wood 1999, Oper. Res. Lett. 24:47; Birge 1982, Math. Program. 24:314.
struct UncertainOptimum {
  fleet::Metric objective = fleet::Metric::final_loss;  ///< or mean_loss
  std::string strategy;                                 ///< the one in whose place the plan stands
  std::optional<double>
      tail_level;            ///< with one, losses are compared by the mean of the worst share of 1 - level of the draws
  std::size_t draws = 0;     ///< that the plan was made for
  std::size_t batches = 0;   ///< of as many draws each, none of them among those, by which it is judged
  double confidence = 0.95;  ///< of all intervals, and of `most_gap`
  SampledMean value;         ///< of the plan, raced on the draws of all batches
  double in_sample = 0;      ///< of the plan on the draws that it was made for, which flatters it
  SampledMean bound;    ///< of the best plan of each batch, which are on average no worse than the best plan of all
  SampledMean gap;      ///< of the plan over the best of each batch, on the same draws
  double most_gap = 0;  ///< the plan is not further from the best, with that confidence; at least 0
  SampledMean
      perfect_information;  ///< what knowing each draw in advance would be worth: mean loss of the plan over that of the best of each draw
  SampledMean
      stochastic_solution;  ///< what planning for all draws is worth: loss of the plan for the medians less that of this one
  std::vector<std::string> without_bound;  ///< why the bound proves nothing, in plain words
  std::vector<std::string> notes;
  bool is_stopped = false;  ///< it was stopped: fewer batches than were asked for judge the plan
  double audit = 0;         ///< largest relative error of a sum of unit purchases against a race of all of them
  std::vector<PlannedPurchase> schedule;    ///< by date, at the prices of the medians
  core::Money spend;                        ///< on hardware, likewise
  core::Money budget;                       ///< for hardware, research taken off
  core::Money research;                     ///< what the strategy's budget pays beside it
  bool is_trend = false;                    ///< whether orders are money for trend hardware
  std::vector<PlannedPurchase> at_medians;  ///< the best plan for the medians
  std::vector<UncertainRival> versus;       ///< by value, the best first; `at_medians` is the plan for the medians
};

}  // namespace fleetrace::study
