#pragma once

#include <vector>

#include "sim/fleet/reliability/batch.hpp"

namespace fleetrace::fleet {

/// A repair under way in a batch whose accelerators have no names.
struct PendingRepair {
  engine::EventId end;
  std::uint32_t batch = 0;
  std::uint32_t cell = Batch::kNone;  ///< cell of the accelerator, where domains are drawn
  bool lemon = false;
};

/// The repairs under way where failures are drawn batch by batch: each batch has a list of its own, in slots that are used
/// again.
class PendingRepairs {
 public:
  void reset() {
    links_.clear();
    free_ = Batch::kNone;
  }
  /// The slot that the next repair will have.
  [[nodiscard]] std::uint32_t next_slot() const {
    return free_ == Batch::kNone ? static_cast<std::uint32_t>(links_.size()) : free_;
  }
  void add(const PendingRepair& repair, Batch& batch);
  /// Takes a repair out of the list of its batch.
  PendingRepair take(std::uint32_t slot, Batch& batch);
  [[nodiscard]] const PendingRepair& operator[](std::uint32_t slot) const { return links_[slot].repair; }

  /// How many are under way in a batch.
  [[nodiscard]] std::int64_t count(const Batch& batch) const;

 private:
  /// One link of the list of its batch, or of the free ones.
  struct Link {
    PendingRepair repair;
    std::uint32_t before = Batch::kNone;
    std::uint32_t after = Batch::kNone;
  };

  std::vector<Link> links_;
  std::uint32_t free_ = Batch::kNone;  ///< the first link that is free
};

}  // namespace fleetrace::fleet
