#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

/// What a strategy bought, what of it came to nothing, and what the race came to in money over time.
namespace fleetrace::fleet {

/// What a race comes to in money over time, in carbon and in water. Cash is exact; what is valued or discounted is a real number.
struct FinanceReport {
  core::Money rent;           ///< what was paid for rented hardware
  core::Money resale;         ///< what hardware was sold for
  core::Money credit;         ///< value of hardware handed down from training; no cash
  core::Money salvage;        ///< value of what is left at the end, where the scenario counts it; no cash
  core::Money revenue;        ///< what the fleet earned (finance.revenue); it goes to the owner
  core::Money compute_value;  ///< what its effective compute is worth to the owner (finance.compute_value); no cash
  core::Money interest;       ///< on released money that waited to be spent (finance.interest); it goes to the owner
  double facility_residual_usd = 0;  ///< what is left of the sites at the end, where their life is stated; no cash
  /// Revenue, value of compute, interest, sales, credits, salvage and what is left of sites, less spending, discounted to the start.
  double npv_usd = 0;
  double discounted_earnings_usd = 0;  ///< revenue and value of compute alone, discounted
  /// The yearly rate of discount at which npv comes to zero. None where there is no such rate or not certainly only one, and
  /// where nothing earns; `cash_flow_sign_changes` says which.
  std::optional<double> irr_per_year;
  /// How often payments, those of one date together, change direction: 0 where money goes one way alone. None where nothing
  /// earns.
  std::optional<int> cash_flow_sign_changes;
  /// From the start until the plan has earned what it spent, for good [yr]; without salvage and what is left of sites. None
  /// where it does not within the horizon, and where nothing earns.
  std::optional<double> payback_years;
  /// As `payback_years`, of sums that are discounted to the start [yr].
  std::optional<double> discounted_payback_years;
  /// What hardware that waited cost while it did: its price x the capital recovery factor of its life x the time.
  double waiting_carrying_usd = 0;
  double opening_worth_usd = 0;  ///< market value of the initial fleet at the start; 0 where nothing has a price
  /// The initial fleet at its market value less `npv_usd` without earnings, over effective compute; infinite without compute, and where an
  /// initial fleet has no price.
  double usd_per_pf_day = 0;
  /// What a PF-day that the purchases brought cost: the cost beyond that of the same world without purchases, over the
  /// effective compute beyond it. Infinite where the purchases brought none.
  double marginal_usd_per_pf_day = 0;
  double book_usd = 0;              ///< accounting value of the hardware at the end
  double depreciation_usd = 0;      ///< accounting value at the start + capex - resale - accounting value at the end
  std::optional<double> worth_usd;  ///< market value of the hardware at the end; none where nothing has a price
  std::optional<double> economic_depreciation_usd;  ///< `depreciation_usd` at market values
  double capital_usd_per_year = 0;  ///< cost of what is installed at the end x the capital recovery factor of its life
  std::optional<double> operational_kg;  ///< carbon dioxide equivalent of the energy; only where power is modelled
  std::optional<double> embodied_kg;     ///< carbon dioxide equivalent of making what was bought; likewise
  std::optional<double> water_litres;    ///< water that the sites used [L]; likewise

  /// What compute cost: the initial fleet at its market value less what is left of npv without earnings [USD].
  [[nodiscard]] double cost_usd() const { return opening_worth_usd - (npv_usd - discounted_earnings_usd); }
};

/// Hardware that was bought or rented together and came to stand in one place.
struct Acquisition {
  std::string accelerator;  ///< its name on sale; empty for capacity, which counts as one unit
  core::Time ordered;
  std::int64_t count = 0;
  double capacity = 0;  ///< peak FLOP/s of all units together
  double unit_usd = 0;  ///< all-in price of a unit, or its rent for the whole term
  double cost_usd = 0;  ///< of all units together
  bool rented = false;
  /// Site where it was installed; empty where it never was, where it is rented, or where sites have no names.
  std::string site;
  bool installed = false;        ///< whether any of it ever was
  std::int64_t undelivered = 0;  ///< how many of `count` had not arrived by the end of the horizon
  std::string newer_on_sale;  ///< the newest accelerator on sale on that date, where it was released later; else empty
};

/// What stood idle at the end of the horizon, and what had been paid for in vain until then. Dollars are what the hardware cost;
/// dollars a year are that times the capital recovery factor of its life.
struct IdleReport {
  std::int64_t waiting = 0;  ///< accelerators that were delivered and never entered service
  double waiting_usd = 0;    ///< what the waiting accelerators cost
  double waiting_usd_per_year = 0;
  core::Money cash;              ///< money released, and neither spent nor committed
  std::int64_t undelivered = 0;  ///< accelerators that were ordered and not delivered
  double undelivered_usd = 0;    ///< what was ordered and not delivered cost, capacity included
};

/// What became of cancelled orders.
struct CancellationReport {
  std::int64_t accelerators = 0;  ///< number of accelerators whose order was cancelled
  core::Money fees;               ///< the part of their price that was not paid back
};

}  // namespace fleetrace::fleet
