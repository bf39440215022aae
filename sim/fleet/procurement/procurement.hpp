#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "models/purchase/purchase.hpp"
#include "sim/fleet/accounting/compute_meter.hpp"
#include "sim/fleet/accounting/ledger.hpp"
#include "sim/fleet/accounting/trajectory.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/inventory/inventory.hpp"
#include "sim/fleet/reliability/retirements.hpp"
#include "sim/fleet/results/recorder.hpp"
#include "sim/fleet/sites/available_capacity.hpp"

namespace fleetrace::fleet {

/// The rest of a fleet as a purchase needs it: what may be spent, where there is room, and whom an order concerns.
struct PurchaseContext {
  EventScheduler& events;
  Inventory& inventory;
  Sites& sites;
  Ledger& ledger;
  Recorder& recorder;
  const ComputeMeter& meter;
  const Trajectory& trajectory;
  const Retirements& retirements;
};

/// Accelerators or capacity that are to be rented for a term.
struct Lease {
  Cohort cohort;
  core::Money cost;     ///< rent of the whole term
  double per_year = 0;  ///< [USD/yr]
};

/// What is on sale and what was ordered: order books, allocations, production, lots, cancellations, the yearly limit, and
/// prices that own purchases move. Lead times are drawn here, in deliveries.cpp.
class Procurement {
 public:
  /// Empties the order books and plans the releases to come.
  void reset(const StrategySetup& setup, EventScheduler& events);
  /// An accelerator type comes on sale: index into Market::types, which are sorted by release.
  void release(std::size_t type) { released_types_ = type + 1; }

  /// So many of the market's types are on sale, the first ones.
  [[nodiscard]] std::size_t released_types() const { return released_types_; }
  /// The type on sale that the strategy would choose now, but for those passed over (by type; empty for none). Nullopt where
  /// none is on sale, or on a trend.
  [[nodiscard]] std::optional<std::size_t> choice(core::Time now, const std::vector<bool>& passed_over = {}) const;
  /// How many of a type were bought so far, where that moves its price; else 0.
  [[nodiscard]] double bought(std::size_t type) const {
    return own_purchases_.empty() ? 0 : static_cast<double>(own_purchases_[type]);
  }
  /// How many of a type may still be ordered now for the strategy's sites, by its allocations. Nullopt where it has none.
  [[nodiscard]] std::optional<std::int64_t> allocation_left(std::size_t type, core::Time now) const;
  /// How many of them are allotted to one site, or to none (kAnySite).
  [[nodiscard]] std::int64_t allocation_left(std::size_t type, std::uint32_t site, core::Time now) const;
  /// What a FLOP/s of peak performance on sale costs at least [USD] on a date from now on. Nullopt where nothing is on sale.
  [[nodiscard]] std::optional<double> price_of_compute(core::Time at) const;
  /// What a unit like those of a cohort would cost new: its effective FLOP/s at `price` [USD]. 0 where it has no price.
  [[nodiscard]] double worth_new(const Cohort& cohort, const std::optional<double>& price, core::Time at,
                                 const models::ProgressLaw& progress) const;

  /// A review has decided: what it may order and rent of power is what its decision allows and what earlier reviews have left.
  void open_review(const models::Decision& decision);
  /// The review is over: what it leaves of power goes to the next, as far as the fleet has room for it. Of what old hardware
  /// still takes up no more than a lot of `choice` is left over, the rounding of earlier reviews: it is renewed in its own turn.
  void close_review(std::optional<std::size_t> choice, const PurchaseContext& context);
  /// Spends the cash that is free on a type that the strategy chose, within the limits of its decision.
  void buy(const models::Decision& decision, std::optional<std::size_t> choice, const PurchaseContext& context);
  /// What the strategy's share of free cash rents until the end of the term, within the limits of its decision. Nullopt where it
  /// rents nothing.
  [[nodiscard]] std::optional<Lease> lease(const models::Decision& decision, const PurchaseContext& context);
  /// What a strategy planned to rent by number.
  [[nodiscard]] Lease lease(const PlannedRent& planned, const Trajectory& trajectory);
  /// Rented units go back at the end of their term. What reviews allowed for them may be ordered or rented again.
  void give_back(const Cohort& cohort, std::int64_t count) { count_ordered_power(-count * cohort.rented_milliwatt); }
  /// Cancels what the maker still has of orders whose refund buys more of the type just released, and orders that.
  void cancel_for(std::size_t released, const PurchaseContext& context);
  [[nodiscard]] const CancellationReport& cancelled() const { return cancelled_; }

  /// How many of a delivery failed in their burn-in at the supplier.
  [[nodiscard]] std::int64_t lost_in_burn_in(const Cohort& cohort, std::int64_t count, core::Time now);

  /// Whether nothing in the order books is negative and no allocation is exceeded.
  [[nodiscard]] bool consistent(core::Time now) const;

 private:
  class Purchase;

  [[nodiscard]] bool has_allocations(std::size_t type) const;
  [[nodiscard]] std::size_t taken_index(std::size_t type, std::uint32_t site) const {
    const std::size_t sites = setup_->plant.sites.size();
    return type * (sites + 1) + std::min<std::size_t>(site, sites);
  }
  [[nodiscard]] bool is_on_sale(std::size_t type, core::Time now) const {
    return type < released_types_ && now < setup_->plant.market.types[type].off_sale;
  }
  /// Whether anything is on sale.
  [[nodiscard]] bool sells_anything(core::Time now) const;
  /// How many accelerators the yearly limit leaves now. What makes no whole lot at the end of a year counts in the next.
  [[nodiscard]] std::int64_t yearly_limit_left(core::Time now);
  /// What a decision leaves of nameplate IT power [milliwatt] and of peak FLOP/s, to order or to rent.
  [[nodiscard]] std::int64_t power_left(const models::Decision& decision, const PurchaseContext& context) const;
  [[nodiscard]] double peak_left(const models::Decision& decision, const PurchaseContext& context) const;
  /// How many units of a cohort that are so many watts each it leaves.
  [[nodiscard]] std::int64_t units_left(const models::Decision& decision, double peak, std::int64_t milliwatt,
                                        const PurchaseContext& context) const;
  void begin(Lease& lease, core::Time now, const Trajectory& trajectory);
  void count_ordered_power(std::int64_t milliwatt) {
    if (order_milliwatt_ != kNoLimit) order_milliwatt_ -= milliwatt;
  }
  /// Notes an order in the books, or takes it out where `count` is negative.
  void enter(const Cohort& cohort, std::int64_t count);
  /// Pays for a cohort, adds it to the fleet and has it made, shipped and delivered, as supply allows.
  void order(Cohort& cohort, core::Money paid, core::Money reserve, const PurchaseContext& context);

  /// Adds what was ordered to the fleet and has it made, shipped and delivered. Returns its index.
  std::uint32_t await(Cohort& cohort, const PurchaseContext& context);
  void schedule_deliveries(std::uint32_t index, const Cohort& cohort, EventScheduler& events);
  void schedule_lot(std::uint32_t index, core::Time made, core::Duration lead_time, std::int64_t count,
                    EventScheduler& events) const;
  [[nodiscard]] core::Duration drawn_lead_time(const Cohort& cohort, core::Time now) const;
  [[nodiscard]] std::int64_t lots_in(double years, std::int64_t count) const;

  const StrategySetup* setup_ = nullptr;
  std::size_t released_types_ = 0;
  std::int64_t year_ = 0;               ///< year of the horizon to which `ordered_this_year_` belongs
  std::int64_t ordered_this_year_ = 0;  ///< accelerators ordered against the yearly limit
  std::int64_t carried_limit_ = 0;      ///< accelerators that last year's limit left to this one
  /// Nameplate IT power that reviews so far allowed and did not order [milliwatt]; no limit where the last one set none.
  std::int64_t order_milliwatt_ = kNoLimit;
  /// Upper limit of the fleet that the last review set [W].
  double fleet_watts_ = std::numeric_limits<double>::infinity();
  std::vector<double> committed_production_;  ///< by type: up to where its production is taken; empty without limit
  std::vector<std::int64_t> own_purchases_;   ///< by type; empty where they move no price
  /// Accelerators taken of allocations, by type and site (taken_index); empty without any.
  std::vector<std::int64_t> taken_;
  double lost_in_burn_in_ = 0;  ///< expected and not taken from a delivery yet [accelerators]
  CancellationReport cancelled_;
  CapacityForecast forecast_;  ///< keeps its memory from one order to the next
};

}  // namespace fleetrace::fleet
