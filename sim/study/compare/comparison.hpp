#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/study/results.hpp"
#include "sim/study/replications.hpp"
#include "sim/study/statistics.hpp"

/// Compares strategies over paired replications: which one is best, by how much, and how sure that is.
namespace fleetrace::study {

/// The metrics that a comparison by this objective reads.
[[nodiscard]] std::array<fleet::Metric, 5> compared_metrics(fleet::Metric objective);

/// Whether a strategy stands before another: by mean, and for costs first by how often it has a value. Up to the last bit, so that
/// any list is in order; who leads is said by Comparison.
[[nodiscard]] bool precedes(fleet::Metric objective, const StrategyStanding& a, const StrategyStanding& b);

/// Of each pair's interval by itself, so that those of all pairs hold together at the confidence (Bonferroni).
[[nodiscard]] double pair_confidence(std::size_t strategies, double confidence);

/// Compares the strategies over all replications of `results`, of which there is at least one. Where nothing is random, one
/// replication is the exact result. What counts how is said in samples.hpp. Throws ReplicationError where the objective is not
/// finite.
[[nodiscard]] Comparison compare(const StudyDesign& design, const Results& results, fleet::Metric objective,
                                 double confidence);

}  // namespace fleetrace::study
