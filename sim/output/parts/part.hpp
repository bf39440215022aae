#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "sim/api/study_request.hpp"
#include "sim/output/folder/shard_folder.hpp"

/// Computing one part of a study into a folder of its own.
namespace fleetrace::output {

/// A part of a study that is to be computed.
struct PartOfStudy {
  StudyRequest request;  ///< of the whole study
  Manifest whole;        ///< the manifest of the whole study
  study::Shard shard;
  std::size_t rows = 1;   ///< rows of metrics of an item
  std::size_t items = 0;  ///< number of items of the whole study
};

/// How far a part has come.
struct PartState {
  std::string folder;
  study::Shard shard;
  std::size_t done = 0;  ///< number of its items that are in the folder
  std::size_t of = 0;    ///< number of its items
  bool is_finished = false;
};

/// Who is told of the work at a part, and may stop it. Each function may be empty.
struct PartWatch {
  const std::atomic<bool>& stop;
  std::function<void(const std::string& note)> tell;    ///< what was found amiss in the folder, a sentence each
  std::function<void(const PartState& state)> begin;    ///< before the first item is computed, if any is to be
  std::function<void(const PartState& state)> advance;  ///< after each item
};

/// Computes those items that the folder lacks. Calls `show` with the number of items that are done. Returns false where it was
/// stopped.
using ComputePart = std::function<bool(ShardFolder& folder, const std::function<void(std::size_t more)>& show)>;

/// Computes a part into its folder, whose manifest says how that ended. The part is not finished where the work was stopped. Throws
/// FolderError; what `compute` throws is noted in the manifest and thrown again.
[[nodiscard]] PartState compute_part(const PartOfStudy& part, const std::string& path, const PartWatch& watch,
                                     const ComputePart& compute);

/// What the items of a study are called: "replication" and "replications".
struct ItemName {
  const char* one;
  const char* several;
};
[[nodiscard]] ItemName item_name(StudyRequest::Verb verb);

}  // namespace fleetrace::output
