#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sim/output/folder/journal.hpp"
#include "sim/study/shard.hpp"

namespace fleetrace::output {

/// Items have numbers below it in a journal. From there on stands what belongs to the whole study beside its items.
inline constexpr std::uint32_t kFirstExtra = std::uint32_t{1} << 31;

/// The manifest of one part of the study that `whole` is of: its question says which part.
[[nodiscard]] Manifest manifest_of_part(Manifest whole, const study::Shard& shard);
/// The question of the whole study, and the part that the question of a part names; nothing for one of a whole study.
[[nodiscard]] std::optional<std::pair<std::string, study::Shard>> part_in(const std::string& question);

/// Numbers as rows of a journal; the last row is filled up with 0.
[[nodiscard]] std::vector<fleet::Metrics> to_rows(std::span<const double> numbers);
[[nodiscard]] std::size_t rows_of_numbers(std::size_t numbers);
/// The first so many numbers of rows.
[[nodiscard]] std::vector<double> numbers_in(std::span<const fleet::Metrics> rows, std::size_t numbers);

/// The folder of one part of a study: a journal of its items, which may be killed and gone on with at any time.
class ShardFolder {
 public:
  /// `whole` is the manifest of the whole study; an item comes to so many rows of metrics. Throws FolderError.
  ShardFolder(const std::string& path, Manifest whole, const study::Shard& shard, std::size_t rows);

  [[nodiscard]] const std::string& path() const { return folder_.path(); }
  [[nodiscard]] const study::Shard& shard() const { return shard_; }
  /// Whether the part is finished.
  [[nodiscard]] bool is_finished() const { return folder_.is_finished(); }
  /// What was found amiss, a sentence each.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

  [[nodiscard]] bool has(std::size_t item) const;
  /// Whether an item is the part's own and is not there yet.
  [[nodiscard]] bool lacks(std::size_t item) const { return shard_.has(item) && !has(item); }
  /// Whether what has that number below kFirstExtra stands beside the items.
  [[nodiscard]] bool has_extra(std::size_t number) const {
    return extras_.count(static_cast<std::uint32_t>(kFirstExtra + number)) > 0;
  }
  /// How many of the first so many items of the study are there.
  [[nodiscard]] std::size_t done(std::size_t items) const;
  /// Keeps an item. Throws FolderError.
  void add(std::size_t item, std::span<const fleet::Metrics> row);
  /// Keeps what belongs to the study beside its items, under a number below kFirstExtra, unless it is there. Throws FolderError.
  void add_extra(std::size_t number, std::span<const fleet::Metrics> row);
  /// Says in the manifest how the part ended. Throws FolderError.
  void end(Status status, const std::string& message = "");

 private:
  study::Shard shard_;
  Manifest manifest_;
  ResultFolder folder_;
  std::vector<std::string> notes_;
  std::optional<Journal> journal_;
  std::vector<std::uint8_t> has_;   ///< by place in the part
  std::set<std::uint32_t> extras_;  ///< what is there beside the items
};

}  // namespace fleetrace::output
