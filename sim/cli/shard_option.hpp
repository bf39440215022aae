#pragma once

#include <optional>

#include "sim/cli/verb.hpp"
#include "sim/study/shard.hpp"

/// `--shard` of the studies that several machines may share.
namespace fleetrace::cli {

inline constexpr Option kShardOption{
    "shard", "I/N",
    "Compute part I of N alone and keep it in the folder that --output names; fleetrace merge makes one study of the N folders. "
    "auto takes both numbers from a Slurm job array 1-N, auto/N the first one from SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or "
    "PARALLEL_SEQ."};

/// The value of `--shard`; nothing where it is left out. Throws UsageError for what is no part, and without --output.
[[nodiscard]] std::optional<study::Shard> shard_of(const Options& options);

/// Refuses options whose answer no part of a study could keep. Throws UsageError.
void require_shardable(const Options& options);

}  // namespace fleetrace::cli
