#include "sim/study/optimise/branch_and_bound.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

namespace fleetrace::study {
namespace {

/// A column counts as whole where it is as near as this to a multiple of its step, in steps.
constexpr double kWhole = 1e-6;

struct Node {
  double bound = 0;
  std::size_t number = 0;
  std::vector<NarrowedColumn> narrowed;
  std::vector<double> values;
};

struct Lower {
  bool operator()(const Node& a, const Node& b) const {
    return a.bound < b.bound || (a.bound == b.bound && a.number > b.number);
  }
};

class Tree {
 public:
  explicit Tree(const TreeSearch& search) : search_(search) {}

  TreeResult run() {
    result_.best.value = search_.known;
    visit({}, std::numeric_limits<double>::infinity());
    while (!open_.empty()) {
      const bool is_stopped = search_.stop != nullptr && search_.stop->load();
      if (is_stopped || result_.nodes >= search_.most_nodes) break;
      Node node = open_.top();
      open_.pop();
      if (node.bound <= result_.best.value + search_.gap) {
        left_ = std::max(left_, node.bound);
        continue;
      }
      branch(node);
    }
    result_.is_finished = open_.empty();
    result_.bound = std::max(left_, result_.best.value);
    if (!open_.empty()) result_.bound = std::max(result_.bound, open_.top().bound);
    return std::move(result_);
  }

 private:
  void visit(std::vector<NarrowedColumn> narrowed, double above) {
    NodeRelaxation relaxed = search_.relax(narrowed);
    const std::size_t number = result_.nodes++;
    if (relaxed.is_empty) return;
    const double bound = std::min(above, relaxed.bound);
    if (relaxed.values.empty()) {  // nothing to branch on
      left_ = std::max(left_, bound);
      return;
    }
    if (WholePlan plan = search_.round(relaxed.values); plan.value > result_.best.value) result_.best = std::move(plan);
    open_.push({bound, number, std::move(narrowed), std::move(relaxed.values)});
  }

  void branch(Node& node) {
    const WholeColumn* const on = furthest_from_whole(node.values);
    if (on == nullptr) {
      left_ = std::max(left_, node.bound);
      return;
    }
    const double steps = std::floor(node.values[on->column] / on->step + kWhole);
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    for (const NarrowedColumn& each : node.narrowed) {
      if (each.column != on->column) continue;
      low = each.low;
      high = each.high;
    }
    std::erase_if(node.narrowed, [&](const NarrowedColumn& each) { return each.column == on->column; });
    std::vector<NarrowedColumn> up = node.narrowed;
    up.push_back({on->column, (steps + 1) * on->step, high});
    node.narrowed.push_back({on->column, low, steps * on->step});
    visit(std::move(up), node.bound);
    visit(std::move(node.narrowed), node.bound);
  }

  [[nodiscard]] const WholeColumn* furthest_from_whole(const std::vector<double>& values) const {
    const WholeColumn* worst = nullptr;
    double distance = 0;
    int rank = 0;
    for (std::size_t i = 0; i < search_.whole.size(); ++i) {
      const WholeColumn& each = search_.whole[i];
      const double steps = values[each.column] / each.step;
      const double off = std::fabs(steps - std::round(steps));
      if (off <= kWhole || (worst != nullptr && search_.rank[i] > rank)) continue;
      if (worst != nullptr && search_.rank[i] == rank && off <= distance) continue;
      worst = &each;
      distance = off;
      rank = search_.rank[i];
    }
    return worst;
  }

  const TreeSearch& search_;
  std::priority_queue<Node, std::vector<Node>, Lower> open_;
  double left_ = -std::numeric_limits<double>::infinity();  ///< the highest bound of branches that were left
  TreeResult result_;
};

}  // namespace

TreeResult search_tree(const TreeSearch& search) { return Tree(search).run(); }

}  // namespace fleetrace::study
