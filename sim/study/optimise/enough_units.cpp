#include <algorithm>
#include <cmath>

#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {
namespace {

/// Whether units of another allocation are a part of the same order.
bool is_part(const PlanProblem& problem, const Counts& counts, std::size_t column) {
  const PurchaseColumn& each = problem.columns[column];
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const PurchaseColumn& other = problem.columns[i];
    if (i != column && counts[i] > 0 && other.at == each.at && other.type == each.type && other.site == each.site)
      return true;
  }
  return false;
}

}  // namespace

Counts enough_units(const PlanProblem& problem, const PlanProgram& plan, Counts counts,
                    const std::vector<double>& compute, double least) {
  double rest = -least;  // that could be left out
  std::vector<std::size_t> ordered;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    rest += compute[i] * static_cast<double>(counts[i]);
    ordered.push_back(i);
  }
  if (rest < 0) return {};
  // What computes least per dollar first.
  const auto per_usd = [&](std::size_t i) { return compute[i] / problem.columns[i].price.usd(); };
  std::stable_sort(ordered.begin(), ordered.end(),
                   [&](std::size_t a, std::size_t b) { return per_usd(a) < per_usd(b); });
  const std::int64_t lot = problem.lot();
  for (const std::size_t i : ordered) {
    const core::Money price = problem.columns[i].price;
    std::int64_t lots = counts[i] / lot;
    const double each = compute[i] * static_cast<double>(lot);
    if (each > 0) lots = std::min(lots, static_cast<std::int64_t>(rest / each));
    // An order stays as large as the smallest that may be, or is left out where nothing else is a part of it.
    if (plan.smallest_order && (lots * lot < counts[i] || is_part(problem, counts, i)))
      lots = std::clamp<std::int64_t>((price * counts[i] - *plan.smallest_order) / (price * lot), 0, lots);
    counts[i] -= lots * lot;
    rest -= each * static_cast<double>(lots);
  }
  return counts;
}

}  // namespace fleetrace::study
