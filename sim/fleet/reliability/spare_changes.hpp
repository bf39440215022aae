#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/fleet/reliability/batch.hpp"
#include "sim/fleet/reliability/pending_failures.hpp"

namespace fleetrace::fleet {

/// Failures and repairs of batches with spares, noted in any order within one bucket of time (engine::Buckets). A failure stops work
/// where no spare is left, and takes a spare else. Which of the two it is depends on what came before, but only while the number of
/// healthy units may cross the target: settle() takes the sums of a batch for which that is not so in the whole bucket, and of another
/// puts those parts of the bucket in order in which it is.
class SpareChanges {
 public:
  /// Whether some units of a batch are to work and others to stand by.
  [[nodiscard]] static bool concern(const Batch& batch) { return batch.target > 0 && batch.target < batch.count; }

  /// Nothing is noted; memory is kept.
  void reset();
  /// Makes room for what befalls the batch at `index`.
  void expect(std::uint32_t index) {
    if (index >= noted_.size()) noted_.resize(index + std::size_t{1});
  }
  /// Notes that an accelerator of an expected batch is back (1) or fails (-1), so long after the bucket began [ms].
  void note(std::uint32_t index, std::int64_t change, std::int64_t into_bucket) {
    noted_[index].keys.push_back(static_cast<std::uint32_t>(into_bucket << 1) | (change < 0 ? kFailure : 0));
  }
  /// Adds the sums of changes that were noted of a batch.
  void add(std::uint32_t index, const Batch::Changes& changes);
  /// Brings what is healthy up to date and hands all changes to `pending`. Nothing is noted afterwards.
  void settle(std::vector<Batch>& batches, PendingFailures& pending, Inventory& inventory);

 private:
  /// A key is the time within the bucket [ms] and one bit: of clocks that fire in the same instant, those of repairs come first.
  using Key = std::uint32_t;
  static constexpr int kKeyBits = engine::Buckets::kBits + 1;
  static constexpr Key kFailure = 1;
  static_assert(kKeyBits <= 32);

  /// What befell a batch within the bucket.
  struct Noted {
    Batch::Changes changes;
    std::vector<Key> keys;
  };
  struct Split {
    Batch::Changes working;
    Batch::Changes idle;
  };
  /// What changes may come to in whatever order.
  enum class Reach { working, idle, both };

  [[nodiscard]] static Reach reach(const Batch& batch, std::int64_t repairs, std::int64_t failures);
  /// `late` is how late the bucket began, as in Batch::Changes.
  [[nodiscard]] Split split(Batch& batch, std::span<const Key> keys, std::int64_t late);
  static void split_in_order(Batch& batch, std::span<const Key> keys, std::int64_t late, Split& result);

  std::vector<Noted> noted_;            ///< by batch
  std::vector<std::uint32_t> batches_;  ///< of which something is noted
  std::vector<Key> parted_;             ///< memory for split(): keys by parts of the bucket
  std::vector<std::uint32_t> ends_;     ///< memory for split(): where each part ends
};

}  // namespace fleetrace::fleet
