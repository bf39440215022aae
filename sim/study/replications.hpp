#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "sim/study/replicator.hpp"
#include "sim/study/results.hpp"
#include "sim/study/study_design.hpp"

/// The replications of a study, in parallel.
namespace fleetrace::study {

/// Called after every replication, by any thread, one call at a time.
using Finished = std::function<void(std::uint32_t replication, std::span<const fleet::Metrics> row)>;

/// Runs replications so that `results` holds the first `count`; those that it holds already are not run again. The result is
/// the same for every number of jobs (0: all cores). Returns false where it was stopped; `results` then holds what was
/// finished until then. `observe` sees the races of the first `observed` replications as they end, by any thread; the others
/// take about half the time. Throws ReplicationError.
bool replicate(const StudyDesign& design, std::size_t count, int jobs, const std::atomic<bool>& stop, Results& results,
               const Finished& finished = {}, const Observer& observe = {}, std::size_t observed = kEveryReplication);

/// Runs those of the first `count` replications that `has` does not name, only to show their races to `observe`, by any
/// thread. Returns false where it was stopped. Throws ReplicationError.
bool observe_missing(const StudyDesign& design, std::size_t count, int jobs, const std::atomic<bool>& stop,
                     const std::function<bool(std::size_t replication)>& has, const Observer& observe);

}  // namespace fleetrace::study
