#include "sim/fleet/accounting/spending_record.hpp"

#include <algorithm>

namespace fleetrace::fleet {
namespace {

/// The first of a list by date that comes after `at`.
template <class List>
auto first_after(const List& list, core::Time at) {
  return std::upper_bound(list.begin(), list.end(), at,
                          [](core::Time time, const auto& entry) { return time < entry.at; });
}

}  // namespace

void SpendingRecord::clear() {
  payments_.clear();
  running_.clear();
}

void SpendingRecord::paid(core::Time at, core::Money total) {
  if (!payments_.empty() && payments_.back().at == at) {
    payments_.back().total = total;
  } else if (payments_.empty() || payments_.back().total != total) {
    payments_.push_back({at, total});
  }
}

std::vector<core::Time> SpendingRecord::dates() const {
  std::vector<core::Time> all;
  all.reserve(running_.size());
  for (const Running& each : running_) all.push_back(each.at);
  return all;
}

double SpendingRecord::usd_at(core::Time at) const {
  const auto later = first_after(payments_, at);
  return (later == payments_.begin() ? 0 : (later - 1)->total.usd()) + running_usd(at);
}

double SpendingRecord::running_usd(core::Time at) const {
  const auto later = first_after(running_, at);
  if (later == running_.begin()) return 0;
  const Running& before = *(later - 1);
  if (later == running_.end() || before.at == at) return before.usd;
  const double share = (at - before.at).seconds() / (later->at - before.at).seconds();
  return before.usd + share * (later->usd - before.usd);
}

}  // namespace fleetrace::fleet
