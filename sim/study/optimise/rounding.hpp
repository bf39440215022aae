#pragma once

#include <utility>
#include <vector>

#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {

/// Whole units that are ordered one column after the other, and what they leave of every limit.
class Rounding {
 public:
  /// Both must outlive it.
  Rounding(const PlanProblem& problem, const PlanProgram& plan);

  [[nodiscard]] const Counts& counts() const { return counts_; }
  /// How many more units of a column fit, in whole lots.
  [[nodiscard]] std::int64_t room(std::size_t column) const;
  void add(std::size_t column, std::int64_t count);
  /// Takes all units of a column back.
  void remove(std::size_t column);

 private:
  static bool counts_in(const OrderLimit& limit, std::size_t column);
  /// What the first unit of an order costs beside its price. It is out of the budget, and no spending on hardware by year.
  [[nodiscard]] core::Money order_cost(const OrderLimit& limit, std::size_t column) const;
  [[nodiscard]] static std::pair<std::size_t, std::size_t> stay(const SiteLimit& limit, const PurchaseColumn& column);

  const PlanProblem& problem_;
  const PlanProgram& plan_;
  Counts counts_;
  std::vector<core::Money> money_;          ///< that is left of each limit of orders
  std::vector<double> units_;               ///< likewise
  std::vector<std::vector<double>> taken_;  ///< of each limit of a site, by date
};

}  // namespace fleetrace::study
