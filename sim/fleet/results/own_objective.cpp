#include "sim/fleet/results/own_objective.hpp"

#include <array>
#include <atomic>
#include <cassert>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "fleetrace/models/registry.hpp"

namespace fleetrace::fleet {
namespace {

struct Added {
  Objective objective;
  MetricInfo info;
};

/// Objectives stay as long as the program runs, so that whoever found one may go on reading it while another thread adds one.
std::array<std::atomic<const Added*>, kMostOwnObjectives> all_added{};
std::atomic<std::size_t> count_added = 0;

const Added& added(Metric metric) {
  assert(is_own(metric));
  return *all_added[static_cast<std::size_t>(metric) - kMetrics].load(std::memory_order_acquire);
}

}  // namespace

Metric add_objective(Objective objective) {
  if (objective.name.empty() || !objective.value) throw std::invalid_argument("an objective has a name and a function");
  const std::size_t place = count_added.fetch_add(1);
  if (place >= kMostOwnObjectives) {
    count_added = kMostOwnObjectives;
    throw std::length_error("there are " + std::to_string(kMostOwnObjectives) + " objectives already");
  }
  const auto metric = static_cast<Metric>(kMetrics + place);
  auto* const own = new Added{std::move(objective), {}};
  const Objective& kept = own->objective;
  own->info = {metric, kept.name, kept.summary, kept.unit, kept.lower_is_better, false, false};
  all_added[place].store(own, std::memory_order_release);
  return metric;
}

const MetricInfo& own_info(Metric metric) { return added(metric).info; }

void add_own(Metric objective, std::string_view strategy, Metrics& metrics) {
  if (!is_own(objective)) return;
  std::array<double, kMetrics> known{};
  for (std::size_t k = 0; k < kMetrics; ++k) known[k] = value_or_none(metrics, static_cast<Metric>(k));
  const Objective& own = added(objective).objective;
  const double value = own.value(strategy, known);
  if (!std::isfinite(value))
    throw models::ModelError("the objective \"" + own.name + "\" gives " + core::format_real(value) + " for " +
                             std::string(strategy));
  get(metrics, objective) = value;
}

}  // namespace fleetrace::fleet
