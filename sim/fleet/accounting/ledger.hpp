#pragma once

#include <vector>

#include "fleetrace/core/money.hpp"
#include "models/finance/finance.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// What comes in as time goes by, since the start.
struct Income {
  core::Money revenue;        ///< what the fleet earns
  core::Money compute_value;  ///< what its effective compute is worth to the owner; no cash
  core::Money interest;       ///< on money that waits
};

/// All money of one strategy, exact to the micro-dollar. Two purses: the budget, and whatever is paid beside it (energy
/// and sites unless the budget covers all; research of a strategy without a budget). What hardware fetches when it is sold goes into
/// the budget's purse, or to the owner; what it earns goes to the owner.
class Ledger {
 public:
  void reset(const StrategySetup& scenario_case);

  /// Frees budget for purchases, up to `total` since the start. Never takes back.
  void release(core::Money total, core::Time now);
  /// Pays for hardware and sets `reserve` aside for its energy. Both come out of cash, which must hold them.
  void buy(core::Money cost, core::Money reserve, core::Time now);
  /// Pays for a site, beside the budget unless that covers all.
  void build(core::Money cost, core::Time now);
  /// Commits cash to rent that is to be paid as time goes by.
  void commit(core::Money rent, core::Time now) {
    accrue(now);
    committed_rent_ += rent;
  }
  /// Commits rent that was planned, out of what was set aside for it from the start: no cash for purchases.
  void commit_planned(core::Money rent) {
    committed_rent_ += rent;
    from_set_aside_ += rent;
  }
  /// Pays for a move that was planned, likewise. It counts as capital expenditure.
  void buy_planned(core::Money cost, core::Time now) {
    capex_ += cost;
    from_set_aside_ += cost;
    pay(cost, true, now);
  }
  /// Sets cash aside for hardware that is ordered and falls due later.
  void owe(core::Money amount, core::Time now) {
    accrue(now);
    owed_ += amount;
  }
  /// Pays so much of what is owed.
  void settle(core::Money amount, core::Time now) {
    accrue(now);
    owed_ -= amount;
    capex_ += amount;
    pay(amount, true, now);
  }
  [[nodiscard]] core::Money owed() const { return owed_; }
  /// Takes back what was paid for orders that are cancelled, no more than was paid. It may be spent again.
  void refund(core::Money amount, core::Time now);
  /// Books the difference between what was really spent and what was planned, as capital expenditure of its own name. More than
  /// planned comes out of cash, then out of budget that was not released, and is paid beside the budget where that is all used;
  /// less than planned may be spent.
  void correct(core::Money difference, core::Time now);
  /// Part of capex().
  [[nodiscard]] core::Money correction() const { return correction_; }
  /// Takes in what hardware was sold for.
  void sell(core::Money proceeds, core::Time now);
  /// Notes what serving owes training for hardware handed down. No cash moves.
  void credit(core::Money value, core::Time now);
  /// Books running costs so that their totals since the start are as stated.
  void book(core::Money energy_total, core::Money research_total, core::Money rent_total, core::Time now);

  /// Takes in what the fleet has earned, so that the totals since the start are as stated.
  void earn(const Income& totals, core::Time now);

  /// Released or regained by sales, and neither spent nor owed nor reserved nor committed: what a purchase may cost.
  [[nodiscard]] core::Money cash() const {
    return released_ + reinvested_ + beside_ - capex_ - owed_ - reserved_ - committed_rent_ + from_set_aside_;
  }
  /// Budget for hardware over the whole horizon, with its energy where the budget covers that.
  [[nodiscard]] core::Money hardware_budget() const { return hardware_budget_; }
  [[nodiscard]] core::Money released() const { return released_; }
  [[nodiscard]] core::Money capex() const { return capex_; }
  /// Paid for sites. It is capital expenditure, too, but never out of cash for hardware.
  [[nodiscard]] core::Money facility() const { return facility_; }
  [[nodiscard]] core::Money energy() const { return energy_; }
  [[nodiscard]] core::Money research() const { return research_; }
  [[nodiscard]] core::Money rent() const { return rent_; }
  [[nodiscard]] core::Money committed_rent() const { return committed_rent_; }
  [[nodiscard]] core::Money spend() const { return capex_ + facility_ + energy_ + research_ + rent_; }
  /// What hardware was sold for.
  [[nodiscard]] core::Money resale() const { return resale_; }
  [[nodiscard]] core::Money credited() const { return credited_; }
  [[nodiscard]] const Income& income() const { return income_; }
  /// What is left of the budget; zero without one.
  [[nodiscard]] core::Money unspent() const { return purse_; }
  /// All spending, each payment divided by (1 + discount rate)^years [USD].
  [[nodiscard]] double discounted_usd() const { return discounted_.value(); }
  /// All payments and credits by time, where anything earns; what came in is positive.
  [[nodiscard]] const std::vector<models::CashFlow>& flows() const { return flows_; }
  /// Sales, credits and income, each divided by (1 + discount rate)^years [USD].
  [[nodiscard]] double discounted_income_usd() const { return discounted_income_.value(); }

  /// Of it revenue and the value of compute.
  [[nodiscard]] double discounted_earnings_usd() const { return discounted_earnings_.value(); }

  /// Cash that waited to be spent, integrated over time [USD yr].
  [[nodiscard]] double idle_usd_years(core::Time at) const {
    return idle_.value() + cash().usd() * (at - accrued_).years();
  }

  /// Whether the identities hold: budget + inflow + resale + revenue + interest = spend + unspent + outflow, nothing negative, rent
  /// within what was committed to it, cash within the purse.
  [[nodiscard]] bool balanced() const;

 private:
  /// Brings the integral of cash up to date, before cash changes.
  void accrue(core::Time now) {
    if (now == accrued_) return;
    idle_.add(cash().usd() * (now - accrued_).years());
    accrued_ = now;
  }
  void pay(core::Money amount, bool from_budget, core::Time now, bool runs = false);
  void note_flow(core::Money amount, core::Time now, bool runs);
  [[nodiscard]] double discounted(core::Money amount, core::Time now) const;

  Horizon horizon_;
  double discount_rate_ = 0;
  bool has_budget_ = false;
  bool covers_energy_ = false;
  bool reinvests_ = false;
  bool is_corrected_ = false;
  core::Money budget_;
  core::Money hardware_budget_;
  core::Money purse_;    ///< what is left of the budget
  core::Money inflow_;   ///< paid in from outside the budget
  core::Money outflow_;  ///< paid out to the owner
  core::Money released_;
  core::Money reserved_;
  core::Money capex_;
  core::Money correction_;  ///< part of capex_ that corrects it to actuals
  core::Money beside_;      ///< part of capex_ that was paid beside the budget
  core::Money owed_;
  core::Money facility_;
  core::Money energy_;
  core::Money research_;
  core::Money rent_;
  core::Money committed_rent_;
  core::Money from_set_aside_;  ///< of rent and capex, what was set aside for it from the start
  core::Money resale_;
  core::Money reinvested_;  ///< resale that went back into the budget
  core::Money credited_;
  core::Sum idle_;
  core::Time accrued_;
  core::Sum discounted_;
  core::Sum discounted_income_;
  core::Sum discounted_earnings_;
  Income income_;
  bool keeps_flows_ = false;
  std::vector<models::CashFlow> flows_;
};

}  // namespace fleetrace::fleet
