#pragma once

#include <atomic>
#include <cstddef>
#include <optional>

#include "fleetrace/study/results.hpp"
#include "sim/study/replications.hpp"

/// Runs the replications of a study until it has enough of them.
namespace fleetrace::study {

/// Runs replications until the rule is met and drops those beyond, so that results are those of running them one by one,
/// whatever the number of jobs. Returns nullopt where it was stopped from outside. The other parameters are those of
/// replicate(). Throws ReplicationError.
[[nodiscard]] std::optional<StoppingResult> replicate_until(const StudyDesign& design, const StoppingRule& rule,
                                                            fleet::Metric objective, double confidence, int jobs,
                                                            const std::atomic<bool>& stop, Results& results,
                                                            const Finished& finished = {}, const Observer& observe = {},
                                                            std::size_t observed = kEveryReplication);

}  // namespace fleetrace::study
