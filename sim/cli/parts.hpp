#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/cli/verb.hpp"
#include "sim/output/folder/shard_folder.hpp"
#include "sim/output/folder/shard_set.hpp"

/// Studies in parts: computing one, and making a whole study of all.
namespace fleetrace::cli {

/// A part of a study that is to be computed.
struct PartOfStudy {
  output::Manifest whole;  ///< the manifest of the whole study
  study::Shard shard;
  std::size_t rows = 1;       ///< rows of metrics of an item
  std::size_t items = 0;      ///< number of items of the whole study
  std::string item;           ///< what one is called: "replication"
  std::string several_items;  ///< what several are called: "replications"
};

/// Computes those items that the folder lacks. Calls `show` with the number of items that are done. Returns false where it was
/// stopped.
using ComputePart = std::function<bool(output::ShardFolder& folder, const std::function<void(std::size_t more)>& show)>;

/// Computes a part into the folder that --output names, and says so on standard error. Returns kDone or kInterrupted.
[[nodiscard]] int compute_part(const PartOfStudy& part, const Options& options, const Streams& streams,
                               const ComputePart& compute);

/// The verbs with all of their items known: `arguments` are those of a whole study that the parts make.
[[nodiscard]] int merge_comparison(const std::vector<std::string>& arguments, const Streams& streams,
                                   const output::ShardSet& parts);
[[nodiscard]] int merge_sweep(const std::vector<std::string>& arguments, const Streams& streams,
                              const output::ShardSet& parts);
[[nodiscard]] int merge_sensitivity(const std::vector<std::string>& arguments, const Streams& streams,
                                    const output::ShardSet& parts);

}  // namespace fleetrace::cli
