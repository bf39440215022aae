#pragma once

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/sum.hpp"
#include "fleetrace/fleet/case.hpp"

namespace fleetrace::fleet {

/// All money of one strategy, exact to the micro-dollar. Two purses: the budget, and whatever is paid beside it (energy
/// unless the budget covers all; research of a strategy without a budget).
class Ledger {
 public:
  void reset(const Case& scenario_case);

  /// Frees budget for purchases, up to `total` since the start. Never takes back.
  void release(core::Money total);
  /// Pays for hardware and sets `reserve` aside for its energy. Both come out of cash, which must hold them.
  void buy(core::Money cost, core::Money reserve, core::Time now);
  /// Books energy and research so that their totals since the start are as stated.
  void book(core::Money energy_total, core::Money research_total, core::Time now);

  /// Released and neither spent nor reserved: what a purchase may cost.
  [[nodiscard]] core::Money cash() const { return released_ - capex_ - reserved_; }
  /// For hardware (and its energy, where covered) over the whole horizon.
  [[nodiscard]] core::Money hardware_budget() const { return hardware_budget_; }
  [[nodiscard]] core::Money released() const { return released_; }
  [[nodiscard]] core::Money capex() const { return capex_; }
  [[nodiscard]] core::Money energy() const { return energy_; }
  [[nodiscard]] core::Money research() const { return research_; }
  [[nodiscard]] core::Money spend() const { return capex_ + energy_ + research_; }
  /// What is left of the budget; zero without one.
  [[nodiscard]] core::Money unspent() const { return purse_; }
  /// All spending, each payment divided by (1 + discount rate)^years [USD].
  [[nodiscard]] double discounted_usd() const { return discounted_.value(); }

  /// Whether the identities hold: budget + inflow = spend + unspent, nothing negative, cash within the purse.
  [[nodiscard]] bool balanced() const;

 private:
  void pay(core::Money amount, bool from_budget, core::Time now);

  Horizon horizon_;
  double discount_rate_ = 0;
  bool has_budget_ = false;
  bool covers_energy_ = false;
  core::Money budget_;
  core::Money hardware_budget_;
  core::Money purse_;   ///< of the budget
  core::Money inflow_;  ///< paid in from outside the budget
  core::Money released_;
  core::Money reserved_;
  core::Money capex_;
  core::Money energy_;
  core::Money research_;
  core::Sum discounted_;
};

}  // namespace fleetrace::fleet
