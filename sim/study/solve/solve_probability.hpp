#pragma once

#include <span>

#include "sim/study/proportion.hpp"
#include "sim/study/solve/solve.hpp"

/// Finds the value of an input at which a goal begins to be met with a probability.
namespace fleetrace::study {

/// The numbers of a goal in all replications at an input, those that are nearest to meeting it first; infinite on the far side
/// where a replication has none. All replications run on the same draws at every input. It stays valid until the end of the
/// search. Throws ReplicationError for an input that cannot be raced.
using Sampled = std::function<std::span<const double>(double input)>;

struct ProbabilityRequest {
  SolveRequest search;
  double probability = 0.9;  ///< in (0, 1)
  double confidence = 0.95;
  bool has_chance = true;  ///< without chance there is one replication, which says everything
};

/// Looks for the input at which a share `probability` of the replications begins to meet the goal: that is where the order
/// statistic of that rank does, which moves with the input while the share jumps, so that solve() finds it.
///
/// The interval of the input holds the inputs at which the interval of Clopper and Pearson for the probability holds the one
/// asked for. Its ends are where the order statistics of Ranks::low and Ranks::high begin to meet the goal, searched outwards
/// from the input that was found. For inputs that help or harm every replication alike it covers the true input with the
/// confidence or more. docs/derivations.md 7l.
///
/// Where no input meets the goal often enough, `best` is the one that meets it most often.
[[nodiscard]] Solution solve_probability(const Goal& goal, const Sampled& sampled, const ProbabilityRequest& request);

}  // namespace fleetrace::study
