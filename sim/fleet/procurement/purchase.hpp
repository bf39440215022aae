#pragma once

#include "sim/fleet/procurement/procurement.hpp"
#include "sim/fleet/sites/available_capacity.hpp"

namespace fleetrace::fleet {

/// One purchase: spends free cash at a review, or a refund. Its limits are in purchase_limits.cpp.
class Procurement::Purchase {
 public:
  Purchase(Procurement& procurement, const models::Decision& decision, const PurchaseContext& context)
      : procurement_(procurement),
        setup_(*procurement.setup_),
        decision_(decision),
        context_(context),
        now_(context.events.now()) {}

  /// Begins with this type, where accelerators are on sale and the strategy chooses any.
  void run(std::optional<std::size_t> type);
  /// Orders what `usd` of free cash pays for of one type, for one site or for any.
  void reorder(std::size_t type, core::Money usd, std::uint32_t site);

 private:
  /// Where an order goes, and from what allocation it is taken.
  struct Source {
    std::uint32_t site = kAnySite;
    std::uint32_t allotted_to = kAnySite;
    std::int64_t most = kNoLimit;
    bool is_for_site = false;
  };
  /// What was ordered, and the constraint that kept more from being ordered. None where money, the price or the plan did; those
  /// are noted at once.
  struct Ordered {
    std::int64_t count = 0;
    std::optional<BindingConstraint> limited_by;
  };

  void place_planned_orders();
  void place_contract(const models::PlannedOrder& planned);
  void buy_capacity(const models::Trend& trend);
  bool buy_accelerators(std::size_t type, std::int64_t at_most = kNoLimit, std::uint32_t site = kAnySite);
  Ordered buy_from(const Source& source, std::size_t index, std::int64_t at_most);
  void order(Cohort& cohort, core::Money cost, core::Money reserve);
  /// Notes what ends an order of which so many are wanted and money pays for so many: the plan, or money.
  void note_end(std::int64_t wanted, std::int64_t most);

  /// Takes what may be spent. Whether there is any beside the cost of the order itself.
  bool take_cash();
  void block(BindingConstraint constraint) { context_.recorder.block_review(now_, constraint); }
  void wants_no_more() { context_.recorder.ordering(now_, {Constraint::demand}); }

  [[nodiscard]] bool is_allotted_to_sites(std::size_t type) const;
  [[nodiscard]] std::vector<Source> sources_of(std::size_t type, std::uint32_t site) const;

  /// What may be spent: all cash, and of orders that are planned one by one what of the budget is not released yet.
  [[nodiscard]] core::Money spendable() const;
  [[nodiscard]] const AvailableCapacity& capacity_on_arrival(std::uint32_t site);
  [[nodiscard]] std::int64_t units_wanted(const Cohort& cohort) const;
  [[nodiscard]] double energy_reserve_usd(double watts, std::size_t type) const;
  [[nodiscard]] core::Money cost_along_curve(std::size_t index, std::int64_t count) const;
  [[nodiscard]] std::int64_t affordable_along_curve(std::size_t index, core::Money reserve) const;

  Procurement& procurement_;
  const StrategySetup& setup_;
  const models::Decision& decision_;
  const PurchaseContext& context_;
  core::Time now_;
  core::Money cash_;                             ///< money that may be spent, less the cost of the order itself
  std::optional<core::Money> most_;              ///< the most that may be spent, where that is not all cash
  bool is_planned_ = false;                      ///< whether its orders are planned one by one
  core::Time taken_out_ = core::Time::latest();  ///< when the order that is placed is to leave service
};

}  // namespace fleetrace::fleet
