#include "fleetrace/fleet/ledger.hpp"

#include <algorithm>

#include "fleetrace/core/math.hpp"

namespace fleetrace::fleet {

using core::Money;

void Ledger::reset(const Case& scenario_case) {
  const Strategy& strategy = scenario_case.strategy;
  *this = Ledger{};
  horizon_ = scenario_case.horizon;
  accrued_ = horizon_.start;
  discount_rate_ = scenario_case.finance.discount_rate;
  has_budget_ = strategy.budget.has_value();
  reinvests_ = has_budget_ && scenario_case.plant.operations.resale.reinvested;
  covers_energy_ = has_budget_ && strategy.budget_covers_energy;
  budget_ = strategy.budget.value_or(Money{});
  purse_ = budget_;
  if (has_budget_)
    hardware_budget_ = std::max(Money{}, budget_ - strategy.research - strategy.initial_energy - strategy.facility);
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
}

void Ledger::credit(Money value, core::Time now) {
  credited_ += value;
  discounted_income_.add(discounted(value, now));
}

void Ledger::book(Money energy_total, Money research_total, Money rent_total, core::Time now) {
  pay(energy_total - energy_, covers_energy_, now);
  energy_ = energy_total;
  pay(research_total - research_, has_budget_, now);
  research_ = research_total;
  if (rent_total != rent_) pay(rent_total - rent_, true, now);
  rent_ = rent_total;
}

void Ledger::pay(Money amount, bool from_budget, core::Time now) {
  if (from_budget) {
    purse_ -= amount;
  } else {
    inflow_ += amount;
  }
  discounted_.add(discounted(amount, now));
}

double Ledger::discounted(Money amount, core::Time now) const {
  if (discount_rate_ == 0) return amount.usd();
  return amount.usd() * core::pow(1 + discount_rate_, -horizon_.years_at(now));
}

bool Ledger::balanced() const {
  return budget_ + inflow_ + resale_ == spend() + purse_ + outflow_ && purse_ >= Money{} && cash() >= Money{} &&
         capex_ >= Money{} && facility_ >= Money{} && energy_ >= Money{} && research_ >= Money{} &&
         released_ <= hardware_budget_ && rent_ >= Money{} && rent_ <= committed_rent_ && resale_ >= Money{} &&
         reinvested_ <= resale_;
}

}  // namespace fleetrace::fleet
