#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include "sim/study/optimise/plan_problem.hpp"

/// Plans that are whole orders: a search over what is ordered at all and over whole lots, with a bound on what it has not seen.
namespace fleetrace::study {

/// A column that only takes multiples of a step.
struct WholeColumn {
  std::size_t column = 0;
  double step = 1;
};

/// A column lies within narrower bounds than in the programme.
struct NarrowedColumn {
  std::size_t column = 0;
  double low = 0;
  double high = 0;
};

/// What plans come to at most while some columns are narrowed and none need be whole.
struct NodeRelaxation {
  bool is_empty = false;                                   ///< it is proved that no plan meets this
  double bound = std::numeric_limits<double>::infinity();  ///< a safe one; of no meaning where `is_empty`
  std::vector<double> values;                              ///< of the columns; empty where the solver found none
};

/// A plan within all limits.
struct WholePlan {
  double value = -std::numeric_limits<double>::infinity();  ///< of the objective, which is to be large
  Counts counts;
};

struct TreeSearch {
  /// Of the columns that are narrowed; all others have the bounds of the programme.
  std::function<NodeRelaxation(const std::vector<NarrowedColumn>&)> relax;
  /// The best plan that is found near the values of a relaxation.
  std::function<WholePlan(const std::vector<double>&)> round;
  std::vector<WholeColumn> whole;  ///< branched on in this order of `rank`, then by how far from whole they are
  std::vector<int> rank;           ///< of each of `whole`: those of a lower rank come first
  double gap = 0;                  ///< a branch that is better by less than this is left
  double known =
      -std::numeric_limits<double>::infinity();  ///< the value of a plan that is known: only better ones are found
  std::size_t most_nodes = 0;
  const std::atomic<bool>* stop = nullptr;
};

struct TreeResult {
  WholePlan best;
  double bound = std::numeric_limits<double>::infinity();  ///< no plan is better than this
  std::size_t nodes = 0;
  bool is_finished = false;  ///< false where nodes ran out, or where it was stopped
};

/// Branch and bound, the branch with the highest bound first (Land and Doig 1960, Econometrica 28:497). The bound is the highest of all branches that
/// are open or were left, so that it is proved at every moment.
[[nodiscard]] TreeResult search_tree(const TreeSearch& search);

}  // namespace fleetrace::study
