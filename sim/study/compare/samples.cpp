#include "sim/study/compare/samples.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fleetrace/study/results.hpp"

namespace fleetrace::study {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

Samples::Samples(const Results& results, fleet::Metric objective)
    : results_(&results), objective_(objective), sign_(fleet::info(objective).lower_is_better ? 1 : -1) {
  for (std::size_t r = 0; r < replications(); ++r) require_finite(r);
}

Samples::Samples(const Results& results, fleet::Metric objective, std::size_t replication)
    : results_(&results), objective_(objective), sign_(fleet::info(objective).lower_is_better ? 1 : -1) {
  require_finite(replication);
}

void Samples::require_finite(std::size_t replication) const {
  for (std::size_t i = 0; i < strategies(); ++i) {
    if (counts(i, replication) && !std::isfinite(value(i, replication)))
      throw ReplicationError(std::string(fleet::info(objective_).name) + " is no finite number for every strategy");
  }
}

double Samples::best_loss(std::size_t replication) const {
  double best = kInfinity;
  for (std::size_t i = 0; i < strategies(); ++i) {
    if (has_value(i, replication)) best = std::min(best, loss(i, replication));
  }
  return best;
}

std::vector<double> Samples::sorted(std::size_t strategy) const {
  std::vector<double> result(replications());
  for (std::size_t r = 0; r < result.size(); ++r)
    result[r] = has_value(strategy, r) ? value(strategy, r) : sign_ * kInfinity;
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace fleetrace::study
