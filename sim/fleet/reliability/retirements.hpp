#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "sim/engine/event.hpp"

namespace fleetrace::fleet {

/// A batch that leaves service on a known date, within the horizon or beyond it.
struct Retirement {
  core::Time at;
  std::int64_t nameplate_milliwatt = 0;
  std::int64_t places = 0;  ///< places that it frees in racks
  std::uint32_t site = 0;
  std::uint32_t batch = 0;
  engine::EventId event;  ///< the event of the retirement, where it lies within the horizon
};

/// The retirements to come, by date, and of one date in the order of installation.
class Retirements {
 public:
  void reset() {
    list_.clear();
    next_ = 0;
  }
  /// Where every life has the same length, each comes after all before it.
  void add(const Retirement& retirement) {
    const auto is_earlier = [](const Retirement& a, const Retirement& b) { return a.at < b.at; };
    const auto due = list_.begin() + static_cast<std::ptrdiff_t>(next_);
    list_.insert(std::upper_bound(due, list_.end(), retirement, is_earlier), retirement);
  }
  /// The next one takes place.
  void pass() { ++next_; }
  /// Forgets those of which `has_left(retirement)` says that their batch is gone already.
  template <class HasLeft>
  void remove_if(const HasLeft& has_left) {
    const auto due = list_.begin() + static_cast<std::ptrdiff_t>(next_);
    list_.erase(std::remove_if(due, list_.end(), has_left), list_.end());
  }
  /// Those that have not taken place.
  [[nodiscard]] std::span<const Retirement> to_come() const { return std::span(list_).subspan(next_); }
  [[nodiscard]] bool consistent() const { return next_ <= list_.size(); }

 private:
  std::vector<Retirement> list_;
  std::size_t next_ = 0;  ///< all before it have taken place
};

}  // namespace fleetrace::fleet
