#include "sim/fleet/results/recorder.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Recorder::reset(core::Time start, bool has_targets) {
  keeps_spending_ = detail_ == Detail::whole ? has_targets : measured_target_.has_value();
  series_.clear();
  checkpoints_.clear();
  spending_.clear();
  first_efficiency_.reset();
  opening_worth_ = 0;
  reviews_ = 0;
  constraint_counts_ = {};
  blocked_ = {};
  placements_.clear();
  bindings_.reset(start);
  waiting_ = most_waiting_ = 0;
  waits_.clear();
  waited_seconds_ = core::Sum{};
  waiting_changed_ = start;
}

bool Recorder::wants_checkpoint(core::Time at) const {
  return std::find(dates_.begin(), dates_.end(), at) != dates_.end() &&
         (checkpoints_.empty() || checkpoints_.back().time != at);
}

void Recorder::add_checkpoint(const Sample& sample) { checkpoints_.push_back(sample); }

void Recorder::count_waiting(std::int64_t change, core::Time now) {
  if (now != waiting_changed_) {
    waited_seconds_.add(static_cast<double>(waiting_) * (now - waiting_changed_).seconds());
    if (detail_ == Detail::whole) add_wait(now, waits_);
    most_waiting_ = std::max(most_waiting_, waiting_);
    waiting_changed_ = now;
  }
  waiting_ += change;
}

/// Adds the time since the last change to `waits`, where anything waited.
void Recorder::add_wait(core::Time until, std::vector<Wait>& waits) const {
  if (waiting_ == 0 || until == waiting_changed_) return;
  if (waits.empty() || waits.back().to != waiting_changed_) waits.push_back({waiting_changed_, until});
  waits.back().to = until;
}

std::vector<Wait> Recorder::waits(core::Time at) const {
  std::vector<Wait> all = waits_;
  add_wait(at, all);
  return all;
}

bool Recorder::consistent() const {
  const auto is_sorted = [](const auto& list, const auto& time_of) {
    return std::is_sorted(list.begin(), list.end(),
                          [&](const auto& a, const auto& b) { return time_of(a) < time_of(b); });
  };
  return waiting_ >= 0 && is_sorted(series_, [](const Sample& sample) { return sample.time; }) &&
         is_sorted(checkpoints_, [](const Sample& sample) { return sample.time; });
}

}  // namespace fleetrace::fleet
