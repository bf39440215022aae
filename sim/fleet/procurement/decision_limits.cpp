#include <algorithm>
#include <cmath>

#include "sim/core/numeric/fit.hpp"
#include "sim/fleet/procurement/procurement.hpp"

// What a strategy's decision leaves to order or to rent. What is rented counts like what is owned.
namespace fleetrace::fleet {
namespace {

/// Whole milliwatts, the nearest; no limit where they are beyond counting.
std::int64_t milliwatt(double watts) { return watts < 9e15 ? std::llround(watts * 1e3) : kNoLimit; }

std::int64_t room_for(double fleet_watts, const Inventory& inventory) {
  const std::int64_t most = milliwatt(fleet_watts);
  if (most == kNoLimit) return kNoLimit;
  return std::max<std::int64_t>(0, most - inventory.committed_milliwatt() - inventory.rented_milliwatt());
}

}  // namespace

void Procurement::open_review(const models::Decision& decision) {
  fleet_watts_ = decision.fleet_power;
  const std::int64_t allowed = milliwatt(decision.order_power);
  const std::int64_t left = order_milliwatt_ == kNoLimit ? 0 : std::max<std::int64_t>(0, order_milliwatt_);
  order_milliwatt_ = allowed >= kNoLimit - left ? kNoLimit : allowed + left;
}

void Procurement::close_review(std::optional<std::size_t> choice, const PurchaseContext& context) {
  const std::int64_t room = room_for(fleet_watts_, context.inventory);
  if (order_milliwatt_ == kNoLimit || room == kNoLimit) return;
  const std::int64_t unit = choice ? milliwatt(setup_->plant.market.types[*choice].nameplate_power) : 0;
  order_milliwatt_ = std::min(order_milliwatt_, room + unit * setup_->plant.supply.lot);
}

std::int64_t Procurement::power_left(const models::Decision& decision, const PurchaseContext& context) const {
  return std::max<std::int64_t>(0, std::min(order_milliwatt_, room_for(decision.fleet_power, context.inventory)));
}

double Procurement::peak_left(const models::Decision& decision, const PurchaseContext& context) const {
  if (std::isinf(decision.fleet_capacity)) return decision.fleet_capacity;
  double training = context.meter.rates().peak;
  if (setup_->plant.operations.hand_down) training = context.inventory.without_serving(training);
  return std::max(0.0, decision.fleet_capacity - training - context.inventory.pending_peak());
}

std::int64_t Procurement::units_left(const models::Decision& decision, double peak, std::int64_t milliwatt,
                                     const PurchaseContext& context) const {
  const std::int64_t power = power_left(decision, context);
  const std::int64_t powered = power == kNoLimit || milliwatt == 0 ? kNoLimit : power / milliwatt;
  const double left = peak_left(decision, context);
  if (std::isinf(left)) return powered;
  // The tolerance is that of the whole target: the difference that is left has all of its rounding.
  return std::min(powered, core::count_of_units(decision.fleet_capacity, decision.fleet_capacity - left, peak));
}

}  // namespace fleetrace::fleet
