#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/numeric/sum.hpp"
#include "sim/study/optimise/linear_branches.hpp"
#include "sim/study/optimise/whole_orders.hpp"

namespace fleetrace::study {
namespace {

struct WholeOrderSearch {
  const PlanProblem& problem;
  const PlanRequest& request;
  const WholeOrders& orders;
  const std::vector<double>& worth;
  Leftover leftover = Leftover::spend;
  double gap = 0;  ///< in units of the objective
};

/// The best of the plans near the values of a relaxation: with all orders of it, and with those alone that are placed more than not.
WholePlan rounded(const WholeOrderSearch& search, const std::vector<double>& values,
                  const std::function<double(const Counts&)>& value) {
  const PlanProgram& plan = search.orders.plan;
  std::vector<double> shares(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(plan.unit.size()));
  WholePlan best;
  for (const double least : {0.0, 0.5}) {
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const double most = plan.program.columns()[i].high;
      shares[i] = std::clamp(shares[i], 0.0, 1.0);
      if (shares[i] < least * most) shares[i] = 0;
    }
    Counts counts = whole_units(search.problem, plan, shares, search.worth, search.leftover);
    if (const double found = value(counts); found > best.value) best = {found, std::move(counts)};
  }
  return best;
}

TreeSearch tree_of(const WholeOrderSearch& search) {
  TreeSearch tree;
  tree.whole = search.orders.whole;
  tree.rank = search.orders.rank;
  tree.gap = search.gap;
  tree.most_nodes = search.request.most_nodes;
  tree.stop = search.request.stop;
  return tree;
}

/// The plan with the highest objective of the programme, which `value` gives of counts.
TreeResult best_whole_orders(const WholeOrderSearch& search, const std::function<double(const Counts&)>& value) {
  LinearBranches branches(search.orders.plan.program, search.request.verbose, search.request.stop);
  TreeSearch tree = tree_of(search);
  tree.relax = [&](const std::vector<NarrowedColumn>& narrowed) { return branches.relax(narrowed); };
  tree.round = [&](const std::vector<double>& values) { return rounded(search, values, value); };
  return search_tree(tree);
}

}  // namespace

std::optional<TreeResult> most_compute_in_whole_orders(const PlanProblem& problem, const PlanRequest& request,
                                                       const PlanProgram& plan, const std::vector<double>& worth,
                                                       double gap) {
  if (!is_searched_whole(problem, request)) return {};
  const WholeOrders orders = whole_orders(problem, plan);
  return best_whole_orders({problem, request, orders, worth, Leftover::spend, gap / plan.largest},
                           [&](const Counts& counts) {
                             core::Sum sum;
                             for (std::size_t i = 0; i < counts.size(); ++i)
                               sum.add(worth[i] * static_cast<double>(counts[i]));
                             return sum.value() / plan.largest;
                           });
}

std::optional<TreeResult> least_mean_loss_in_whole_orders(const PlanProblem& problem, const PlanRequest& request,
                                                          const PlanProgram& plan, const MeanLoss& mean,
                                                          const std::vector<double>& start,
                                                          const std::vector<double>& worth) {
  if (!is_searched_whole(problem, request)) return {};
  const WholeOrders orders = whole_orders(problem, plan);
  const WholeOrderSearch search{problem, request, orders, worth, Leftover::spend, request.gap / 2};
  MeanLossBranches branches(problem, mean, orders.plan, start, search.gap, request);
  TreeSearch tree = tree_of(search);
  tree.relax = [&](const std::vector<NarrowedColumn>& narrowed) { return branches.relax(narrowed); };
  const auto value = [&](const Counts& counts) {
    return -mean.loss(mean.path(std::vector<double>(counts.begin(), counts.end())));
  };
  tree.round = [&](const std::vector<double>& values) { return rounded(search, values, value); };
  return search_tree(tree);
}

}  // namespace fleetrace::study
