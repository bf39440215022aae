#include "sim/fleet/reliability/spare_changes.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace fleetrace::fleet {
namespace {

/// Changes in a part of a bucket, on average: so few that most parts need no order, and those that do are soon in order.
constexpr std::size_t kInPart = 8;
constexpr int kMostPartBits = 16;

void count(Batch::Changes& changes, std::uint32_t key, std::int64_t late) {
  changes.count((key & 1) != 0 ? -1 : 1, late + (key >> 1));
}

}  // namespace

void SpareChanges::reset() {
  for (const std::uint32_t index : batches_) noted_[index].keys.clear();
  for (Noted& each : noted_) each.changes = {};
  batches_.clear();
}

void SpareChanges::add(std::uint32_t index, const Batch::Changes& changes) {
  Batch::Changes& sums = noted_[index].changes;
  if (!sums.any) batches_.push_back(index);
  sums.add(changes);
}

SpareChanges::Reach SpareChanges::reach(const Batch& batch, std::int64_t repairs, std::int64_t failures) {
  if (batch.healthy - failures >= batch.target) return Reach::idle;
  return batch.healthy + repairs <= batch.target ? Reach::working : Reach::both;
}

void SpareChanges::settle(std::vector<Batch>& batches, PendingFailures& pending, Inventory& inventory) {
  const std::int64_t late = pending.bucket_begin() - pending.since().milliseconds();
  for (const std::uint32_t index : batches_) {
    Batch& batch = batches[index];
    auto& [changes, keys] = noted_[index];
    const auto number = static_cast<std::int64_t>(keys.size());
    const std::int64_t repairs = (number + changes.sum) / 2;
    const Reach reached = reach(batch, repairs, number - repairs);
    Split result;
    if (reached == Reach::both) {
      result = split(batch, keys, late);
    } else {
      (reached == Reach::working ? result.working : result.idle) = changes;
      batch.healthy += changes.sum;
    }
    pending.accumulate(index, result.working, result.idle, batches, inventory);
    changes = {};
    keys.clear();
  }
  batches_.clear();
}

/// The bucket in parts of equal length, in their order; the order within a part is looked at where it matters.
SpareChanges::Split SpareChanges::split(Batch& batch, std::span<const Key> keys, std::int64_t late) {
  const int part_bits = std::min(static_cast<int>(std::bit_width(keys.size() / kInPart)), kMostPartBits);
  const auto part_of = [shift = kKeyBits - part_bits](Key key) { return key >> shift; };
  ends_.assign(std::size_t{1} << part_bits, 0);
  for (const Key key : keys) ++ends_[part_of(key)];
  for (std::uint32_t begin = 0; std::uint32_t & end : ends_) begin += std::exchange(end, begin);
  parted_.resize(keys.size());
  for (const Key key : keys) parted_[ends_[part_of(key)]++] = key;
  Split result;
  for (std::size_t begin = 0; const std::size_t end : ends_) {
    const std::span part(parted_.data() + begin, end - begin);
    begin = end;
    if (part.empty()) continue;
    std::int64_t failures = 0;
    for (const Key key : part) failures += key & kFailure;
    const std::int64_t repairs = static_cast<std::int64_t>(part.size()) - failures;
    const Reach reached = reach(batch, repairs, failures);
    if (reached == Reach::both) {
      std::sort(part.begin(), part.end());
      split_in_order(batch, part, late, result);
      continue;
    }
    Batch::Changes& changes = reached == Reach::working ? result.working : result.idle;
    for (const Key key : part) count(changes, key, late);
    batch.healthy += repairs - failures;
  }
  return result;
}

void SpareChanges::split_in_order(Batch& batch, std::span<const Key> keys, std::int64_t late, Split& result) {
  for (const Key key : keys) {
    const std::int64_t worked = batch.working();
    batch.healthy += (key & kFailure) != 0 ? -1 : 1;
    count(batch.working() != worked ? result.working : result.idle, key, late);
  }
}

}  // namespace fleetrace::fleet
