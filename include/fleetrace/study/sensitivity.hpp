#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "fleetrace/study/replications.hpp"
#include "fleetrace/study/sobol_indices.hpp"

/// Which uncertain input decides a race, and at which value the winner changes.
namespace fleetrace::study {

/// Of what the inputs are asked: a strategy's objective, or that of one strategy minus that of another.
struct SensitivityQuestion {
  fleet::Measure objective = fleet::Measure::final_loss;
  std::optional<std::size_t> strategy;  ///< left out: the strategy with the best mean
  std::optional<std::size_t> against;   ///< left out with it: the one with the second-best mean, where there is one
};

struct SensitivityEffort {
  std::size_t points = 128;  ///< of each replicate, a power of two
  std::size_t replicates = 16;
  double confidence = 0.95;
  int jobs = 0;  ///< 0: all cores
};

/// What one input does.
struct InputEffect {
  std::size_t input = 0;  ///< index into Inputs::names()
  SobolIndex first;
  SobolIndex total;
  double at_low = 0;   ///< the result at the input's 5 % quantile, all others at their medians
  double at_high = 0;  ///< at its 95 % quantile
  /// Uniform numbers of the input, ascending, at which a difference changes its sign, all others at their medians.
  std::vector<double> break_evens;
};

struct Sensitivity {
  fleet::Measure objective = fleet::Measure::final_loss;
  std::size_t strategy = 0;
  std::optional<std::size_t> against;
  double mean = 0;
  double variance = 0;
  double at_medians = 0;
  std::vector<InputEffect> inputs;  ///< largest total index first; equal ones in the order of the scenario
  std::size_t runs = 0;             ///< rows of the design
};

/// Rows that the indices take: replicates x points x (inputs + 2).
[[nodiscard]] std::size_t sensitivity_runs(const Plan& plan, const SensitivityEffort& effort);

/// Sobol indices, tornado and break-evens over the uncertain inputs of a plan, of which there is at least one. Chance other
/// than the inputs is that of replication 0 throughout, and rank correlations are left aside: shares are of independent
/// inputs. The same for every number of jobs. `finished(done)` counts rows, one
/// call at a time. Nullopt where it was stopped. Throws ReplicationError where a race cannot be run or its objective is no
/// finite number, std::invalid_argument for an effort that SobolDesign refuses.
[[nodiscard]] std::optional<Sensitivity> sensitivity(const Plan& plan, const SensitivityQuestion& question,
                                                     const SensitivityEffort& effort, const std::atomic<bool>& stop,
                                                     const std::function<void(std::size_t done)>& finished = {});

}  // namespace fleetrace::study
