#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/cli/verb.hpp"
#include "sim/output/folder/shard_set.hpp"
#include "sim/output/parts/part.hpp"

/// Studies in parts: computing one, and making a whole study of all.
namespace fleetrace::cli {

/// Computes a part into a folder.
using ComputePart = std::function<output::PartState(const std::string& path, const output::PartWatch& watch)>;

/// Computes a part of a study of that verb into the folder that --output names, and says so on standard error. Returns kDone or
/// kInterrupted.
[[nodiscard]] int compute_part(StudyRequest::Verb verb, const Options& options, const Streams& streams,
                               const ComputePart& compute);

/// The verbs with all of their items known: `arguments` are those of a whole study that the parts make.
[[nodiscard]] int merge_comparison(const std::vector<std::string>& arguments, const Streams& streams,
                                   const output::ShardSet& parts);
[[nodiscard]] int merge_sweep(const std::vector<std::string>& arguments, const Streams& streams,
                              const output::ShardSet& parts);
[[nodiscard]] int merge_sensitivity(const std::vector<std::string>& arguments, const Streams& streams,
                                    const output::ShardSet& parts);

}  // namespace fleetrace::cli
