#include "sim/fleet/accounting/ledger.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/numeric/math.hpp"

namespace fleetrace::fleet {

using core::Money;

void Ledger::reset(const StrategySetup& scenario_case) {
  const Strategy& strategy = scenario_case.strategy;
  // Memory for the flows is kept.
  std::vector<models::CashFlow> flows = std::move(flows_);
  *this = Ledger{};
  flows_ = std::move(flows);
  flows_.clear();
  keeps_flows_ = scenario_case.finance.earns();
  horizon_ = scenario_case.horizon;
  accrued_ = horizon_.start;
  discount_rate_ = scenario_case.finance.discount_rate;
  has_budget_ = strategy.budget.has_value();
  reinvests_ = has_budget_ && scenario_case.plant.operations.resale.reinvested;
  covers_energy_ = has_budget_ && strategy.budget_covers_energy;
  budget_ = strategy.budget.value_or(Money{});
  purse_ = budget_;
  if (has_budget_)
    hardware_budget_ = std::max(
        Money{}, budget_ - strategy.research - strategy.initial_energy - strategy.facility - strategy.set_aside);
}

void Ledger::release(Money total, core::Time now) {
  accrue(now);
  released_ = std::max(released_, std::min(total, hardware_budget_));
}

void Ledger::buy(Money cost, Money reserve, core::Time now) {
  accrue(now);
  capex_ += cost;
  reserved_ += reserve;
  pay(cost, true, now);
}

void Ledger::refund(Money amount, core::Time now) {
  accrue(now);
  capex_ -= amount;
  pay(Money{} - amount, true, now);
}

void Ledger::correct(Money difference, core::Time now) {
  accrue(now);
  is_corrected_ = true;
  // What is not released yet is as good as cash; without a budget nothing is.
  const Money most = has_budget_ ? cash() + hardware_budget_ - released_ : Money{};
  const Money from_budget = has_budget_ ? std::min(difference, most) : Money{};
  const Money beside = difference - from_budget;
  if (from_budget > cash()) released_ += from_budget - cash();
  capex_ += difference;
  correction_ += difference;
  beside_ += beside;
  pay(from_budget, true, now);
  if (beside != Money{}) pay(beside, false, now);
}

void Ledger::build(Money cost, core::Time now) {
  if (cost == Money{}) return;
  facility_ += cost;
  pay(cost, covers_energy_, now);
}

void Ledger::sell(Money proceeds, core::Time now) {
  accrue(now);
  resale_ += proceeds;
  if (reinvests_) {
    purse_ += proceeds;
    reinvested_ += proceeds;
  } else {
    outflow_ += proceeds;
  }
  discounted_income_.add(discounted(proceeds, now));
  note_flow(proceeds, now, false);
}

void Ledger::credit(Money value, core::Time now) {
  credited_ += value;
  discounted_income_.add(discounted(value, now));
  note_flow(value, now, false);
}

void Ledger::earn(const Income& totals, core::Time now) {
  const Money revenue = totals.revenue - income_.revenue;
  const Money value = totals.compute_value - income_.compute_value;
  const Money interest = totals.interest - income_.interest;
  income_ = totals;
  outflow_ += revenue + interest;
  discounted_earnings_.add(discounted(revenue + value, now));
  discounted_income_.add(discounted(revenue + value + interest, now));
  note_flow(revenue + value + interest, now, true);
}

void Ledger::book(Money energy_total, Money research_total, Money rent_total, core::Time now) {
  pay(energy_total - energy_, covers_energy_, now, true);
  energy_ = energy_total;
  pay(research_total - research_, has_budget_, now, true);
  research_ = research_total;
  if (rent_total != rent_) pay(rent_total - rent_, true, now, true);
  rent_ = rent_total;
}

void Ledger::pay(Money amount, bool from_budget, core::Time now, bool runs) {
  if (from_budget) {
    // Hardware beyond the plan draws energy that nobody set money aside for: what the budget has not is paid beside it.
    const Money missing = is_corrected_ ? std::max(Money{}, amount - purse_) : Money{};
    purse_ -= amount - missing;
    inflow_ += missing;
  } else {
    inflow_ += amount;
  }
  discounted_.add(discounted(amount, now));
  note_flow(Money{} - amount, now, runs);
}

void Ledger::note_flow(Money amount, core::Time now, bool runs) {
  if (!keeps_flows_ || amount == Money{}) return;
  const double years = horizon_.years_at(now);
  if (!flows_.empty() && flows_.back().years == years && flows_.back().runs == runs) {
    flows_.back().usd += amount.usd();
  } else {
    flows_.push_back({years, amount.usd(), runs});
  }
}

double Ledger::discounted(Money amount, core::Time now) const {
  if (discount_rate_ == 0) return amount.usd();
  return amount.usd() * core::pow(1 + discount_rate_, -horizon_.years_at(now));
}

bool Ledger::balanced() const {
  return budget_ + inflow_ + resale_ + income_.revenue + income_.interest == spend() + purse_ + outflow_ &&
         purse_ >= Money{} && cash() >= Money{} && capex_ - correction_ >= Money{} && owed_ >= Money{} &&
         income_.revenue >= Money{} && facility_ >= Money{} && (energy_ >= Money{} || !covers_energy_) &&
         research_ >= Money{} && released_ <= hardware_budget_ && rent_ >= Money{} && rent_ <= committed_rent_ &&
         resale_ >= Money{} && reinvested_ <= resale_;
}

}  // namespace fleetrace::fleet
