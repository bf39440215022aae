#include "fleetrace/fleet/ledger.hpp"

#include <algorithm>

#include "fleetrace/core/math.hpp"

namespace fleetrace::fleet {

using core::Money;

void Ledger::reset(const Case& scenario_case) {
  const Strategy& strategy = scenario_case.strategy;
  *this = Ledger{};
  horizon_ = scenario_case.horizon;
  discount_rate_ = scenario_case.discount_rate;
  has_budget_ = strategy.budget.has_value();
  covers_energy_ = has_budget_ && strategy.budget_covers_energy;
  budget_ = strategy.budget.value_or(Money{});
  purse_ = budget_;
  if (has_budget_) hardware_budget_ = std::max(Money{}, budget_ - strategy.research - strategy.initial_energy);
}

void Ledger::release(Money total) { released_ = std::max(released_, std::min(total, hardware_budget_)); }

void Ledger::buy(Money cost, Money reserve, core::Time now) {
  capex_ += cost;
  reserved_ += reserve;
  pay(cost, true, now);
}

void Ledger::book(Money energy_total, Money research_total, core::Time now) {
  pay(energy_total - energy_, covers_energy_, now);
  energy_ = energy_total;
  pay(research_total - research_, has_budget_, now);
  research_ = research_total;
}

void Ledger::pay(Money amount, bool from_budget, core::Time now) {
  if (from_budget) {
    purse_ -= amount;
  } else {
    inflow_ += amount;
  }
  const double years = horizon_.years_at(now);
  discounted_.add(discount_rate_ == 0 ? amount.usd() : amount.usd() * core::pow(1 + discount_rate_, -years));
}

bool Ledger::balanced() const {
  return budget_ + inflow_ == spend() + purse_ && purse_ >= Money{} && cash() >= Money{} && capex_ >= Money{} &&
         energy_ >= Money{} && research_ >= Money{} && released_ <= hardware_budget_;
}

}  // namespace fleetrace::fleet
