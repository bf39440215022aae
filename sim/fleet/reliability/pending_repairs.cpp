#include "sim/fleet/reliability/pending_repairs.hpp"

namespace fleetrace::fleet {

void PendingRepairs::add(const PendingRepair& repair, Batch& batch) {
  const std::uint32_t slot = next_slot();
  if (free_ == Batch::kNone) {
    links_.emplace_back();
  } else {
    free_ = links_[slot].after;
  }
  links_[slot] = {repair, Batch::kNone, batch.first_repair};
  if (batch.first_repair != Batch::kNone) links_[batch.first_repair].before = slot;
  batch.first_repair = slot;
}

PendingRepair PendingRepairs::take(std::uint32_t slot, Batch& batch) {
  Link& link = links_[slot];
  if (link.before != Batch::kNone) {
    links_[link.before].after = link.after;
  } else {
    batch.first_repair = link.after;
  }
  if (link.after != Batch::kNone) links_[link.after].before = link.before;
  link.after = free_;
  free_ = slot;
  return link.repair;
}

std::int64_t PendingRepairs::count(const Batch& batch) const {
  std::int64_t count = 0;
  for (std::uint32_t slot = batch.first_repair; slot != Batch::kNone; slot = links_[slot].after) ++count;
  return count;
}

}  // namespace fleetrace::fleet
