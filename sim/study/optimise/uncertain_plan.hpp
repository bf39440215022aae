#pragma once

#include <atomic>
#include <functional>

#include "fleetrace/study/optimum.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/optimise/plan_problem.hpp"
#include "sim/study/optimise/sample_average.hpp"

/// The best plan where inputs are uncertain: one plan for all draws, and how far from the best it can be.
namespace fleetrace::study {

/// How much is drawn for it.
struct SampleSize {
  std::size_t draws = 100;   ///< that a plan is made for
  std::size_t batches = 10;  ///< of as many draws each, by which it is judged
  double confidence = 0.95;
  int jobs = 0;  ///< threads; 0 for one on every core that the process may use
};

/// A plan by sample average approximation, and what is known of it, from draws that it was not made for. The bound is that of Mak,
/// Morton and Wood (1999): the best plan of a sample is on average no worse than the best plan.       docs/derivations.md 8.7
/// `finished` is called with the number of draws that are done. Throws PlanError, NoSolver and core::InputError.
[[nodiscard]] UncertainOptimum optimise_uncertain(const scenario::Scenario& scenario, const PlanRequest& request,
                                                  const Risk& risk, const SampleSize& size,
                                                  const std::function<void(std::size_t done)>& finished = {});

}  // namespace fleetrace::study
