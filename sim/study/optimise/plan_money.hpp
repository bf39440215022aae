#pragma once

#include <vector>

#include "sim/fleet/accounting/spending_record.hpp"
#include "sim/fleet/world.hpp"
#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

/// What unit purchases cost and bring in money over time. Each column is raced alone, by as many units as the budget pays for, so
/// that rounding to micro-dollars does not show; what the same world without it costs is taken off.
class PlanMoney {
 public:
  /// `problem` must outlive it.
  explicit PlanMoney(const PlanProblem& problem);

  /// What one unit of a column has cost until a date, what is paid in that instant included [USD].
  [[nodiscard]] double spend(std::size_t column, core::Time until) const;
  /// The same of the world without purchases.
  [[nodiscard]] double base_spend(core::Time until) const { return base_.spending.usd_at(until); }
  /// What one unit of a column adds to the net present value [USD].
  [[nodiscard]] double npv(std::size_t column) const { return columns_[column].npv; }
  [[nodiscard]] double base_npv() const { return base_.npv; }

  /// The largest error of a sum of units, of spending and of net present value, relative to all that purchases cost: of a plan,
  /// and of a mixed schedule without limits.
  [[nodiscard]] double error(const Counts& counts) const;

 private:
  /// What a race came to, or by what it differs from another for each unit.
  struct Books {
    fleet::SpendingRecord spending;
    double npv = 0;
    double units = 1;
  };
  /// The strategy without limits other than its money.
  [[nodiscard]] fleet::StrategySetup unlimited() const;
  /// Races a setup that has a target.
  [[nodiscard]] Books books(const fleet::StrategySetup& setup) const;
  [[nodiscard]] double off(const Counts& counts, const Books& raced, const Books& without) const;

  const PlanProblem& problem_;
  mutable fleet::World world_;
  Books base_;
  std::vector<Books> columns_;
  std::vector<Books> without_;            ///< the worlds that columns are compared with
  std::vector<std::size_t> compared_to_;  ///< of each column, which of them
};

}  // namespace fleetrace::study
