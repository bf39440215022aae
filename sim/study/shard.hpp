#pragma once

#include <cstddef>

namespace fleetrace::study {

/// One of several parts of a study, which are computed apart: its items are dealt out like cards. An item is what a study counts
/// by: a replication, a point of a grid or of a Sobol sequence. More items leave those that a shard has where they are.
struct Shard {
  static constexpr std::size_t kMost = 100'000;  ///< the largest number of parts

  std::size_t index = 0;  ///< from 0
  std::size_t of = 1;     ///< how many there are

  [[nodiscard]] bool has(std::size_t item) const { return item % of == index; }
  /// How many of the first so many items are its own.
  [[nodiscard]] std::size_t share(std::size_t items) const { return (items + of - 1 - index) / of; }

  friend bool operator==(const Shard&, const Shard&) = default;
};

}  // namespace fleetrace::study
