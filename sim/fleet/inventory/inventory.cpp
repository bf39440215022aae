#include "sim/fleet/inventory/inventory.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Inventory::reset() {
  cohorts_.clear();
  training_ = 1;
  initial_ = first_coming_ = 0;
  committed_milliwatt_ = rented_milliwatt_ = pending_ = 0;
  pending_peak_ = core::Sum{};
}

std::uint32_t Inventory::add(const Cohort& cohort, State state, core::Time now) {
  Cohort& added = cohorts_.emplace_back(cohort);
  added.changed = now;
  added.training = training_;
  added.count(state) = cohort.size;
  committed_milliwatt_ += cohort.nameplate_milliwatt * cohort.size;
  rented_milliwatt_ += cohort.rented_milliwatt * cohort.size;
  if (is_pending(state)) count_pending(cohort, cohort.size);
  return static_cast<std::uint32_t>(cohorts_.size() - 1);
}

UnitChange Inventory::move(std::uint32_t index, State from, State to, std::int64_t count, double share,
                           std::uint32_t site, core::Time now) {
  Cohort& cohort = cohorts_[index];
  UnitChange change;
  const bool changes_installed = is_installed(from) || is_installed(to);
  if (changes_installed) {
    const auto change_by = [count](bool before, bool after) {
      return before == after ? std::int64_t{0} : after ? count : -count;
    };
    cohort.count_until(now);
    change.installed = change_by(is_installed(from), is_installed(to));
    change.healthy = change_by(is_healthy(from), is_healthy(to));
    change.in_service = change_by(from == State::in_service, to == State::in_service);
    change.working = static_cast<double>(change.in_service) * share;
    change.serving = change_by(from == State::serving, to == State::serving);
    change.site = site;
  }
  if (to == State::waiting_for_power && cohort.count(to) == 0) cohort.waits_since = now;
  cohort.count(from) -= count;
  cohort.count(to) += count;
  if (changes_installed) cohort.working = cohort.count(State::in_service) == 0 ? 0 : cohort.working + change.working;
  if (is_pending(from) != is_pending(to)) count_pending(cohort, is_pending(to) ? count : -count);
  if (to == State::in_transit) first_coming_ = std::min(first_coming_, index);
  if (index == first_coming_) pass_delivered();
  if (to == State::retired) {
    committed_milliwatt_ -= count * cohort.nameplate_milliwatt;
    rented_milliwatt_ -= count * cohort.rented_milliwatt;
  }
  return change;
}

std::uint32_t Inventory::split(std::uint32_t index, std::int64_t count, std::uint32_t site, core::Duration served,
                               core::Time in_place) {
  Cohort part = cohorts_[index];
  part.size = count;
  part.counts = {};
  part.count(State::waiting_for_power) = count;
  part.split_off = 0;
  part.is_part = true;
  part.site = site;
  part.served = served;
  part.waits_since = in_place;
  part.prepaid = part.owed = core::Money{};
  part.arrives = core::Time::earliest();
  part.working = part.unit_seconds = part.healthy_seconds = part.working_seconds = 0;
  part.credited = use_credit(index, count);
  Cohort& whole = cohorts_[index];
  whole.size -= count;
  whole.split_off += count;
  whole.count(State::waiting_for_power) -= count;
  cohorts_.push_back(part);
  return static_cast<std::uint32_t>(cohorts_.size() - 1);
}

std::int64_t Inventory::use_credit(std::uint32_t index, std::int64_t count) {
  Cohort& cohort = cohorts_[index];
  const std::int64_t used = std::min(cohort.credited, count);
  cohort.credited -= used;
  return used;
}

void Inventory::cancel(std::uint32_t index, std::int64_t count) {
  Cohort& cohort = cohorts_[index];
  cohort.size -= count;
  cohort.count(State::ordered) -= count;
  committed_milliwatt_ -= cohort.nameplate_milliwatt * count;
  count_pending(cohort, -count);
  if (index == first_coming_) pass_delivered();
}

void Inventory::pass_delivered() {
  while (first_coming_ < cohorts_.size() && cohorts_[first_coming_].coming() == 0) ++first_coming_;
}

void Inventory::set_training(double fraction, core::Time now) {
  training_ = fraction;
  for (Cohort& cohort : cohorts_) {
    cohort.count_until(now);
    cohort.training = fraction;
  }
}

void Inventory::change_working(std::uint32_t index, double change, core::Time now) {
  Cohort& cohort = cohorts_[index];
  cohort.count_until(now);
  cohort.working += change;
}

void Inventory::add_past(std::uint32_t index, const UnitChange& change, core::Time at) {
  Cohort& cohort = cohorts_[index];
  // Counts are of now: what has changed on the way was there for part of the time only.
  const double open = (at - cohort.changed).seconds();
  cohort.healthy_seconds += change.healthy_seconds - static_cast<double>(change.healthy) * open;
  cohort.working_seconds += cohort.training * (change.working_seconds - change.working * open);
  cohort.working += change.working;
}

void Inventory::close(std::uint32_t index, core::Time at) {
  Cohort& cohort = cohorts_[index];
  cohort.count_until(at);
  if (cohort.count(State::in_service) == 0) cohort.working = 0;
}

double Inventory::without_serving(double peak) const {
  for (const Cohort& cohort : cohorts_) peak -= static_cast<double>(cohort.count(State::serving)) * cohort.peak;
  return std::max(0.0, peak);
}

void Inventory::count_pending(const Cohort& cohort, std::int64_t count) {
  pending_ += count;
  if (pending_ == 0) {
    pending_peak_ = core::Sum{};
  } else {
    pending_peak_.add(static_cast<double>(count) * cohort.peak);
  }
}

bool Inventory::conserved() const {
  const auto has_come = [](const Cohort& cohort) { return cohort.coming() == 0; };
  return std::all_of(cohorts_.begin(), cohorts_.begin() + static_cast<std::ptrdiff_t>(first_coming_), has_come) &&
         std::all_of(cohorts_.begin(), cohorts_.end(), [](const Cohort& cohort) {
           return cohort.total() == cohort.size && std::all_of(cohort.counts.begin(), cohort.counts.end(),
                                                               [](std::int64_t count) { return count >= 0; });
         });
}

bool Inventory::recount_agrees() const {
  std::int64_t milliwatt = 0;
  std::int64_t rented = 0;
  std::int64_t pending = 0;
  for (const Cohort& cohort : cohorts_) {
    const std::int64_t left = cohort.size - cohort.count(State::retired);
    milliwatt += left * cohort.nameplate_milliwatt;
    rented += left * cohort.rented_milliwatt;
    pending += cohort.pending();
  }
  return milliwatt == committed_milliwatt_ && rented == rented_milliwatt_ && pending == pending_;
}

}  // namespace fleetrace::fleet
