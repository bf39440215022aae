#include "sim/output/run/hindsight.hpp"

#include <algorithm>

#include "sim/output/run/report.hpp"

namespace fleetrace::output {
namespace {

bool has_hindsight(const fleet::StrategySetup& setup) {
  return setup.strategy.beliefs != nullptr && setup.strategy.beliefs->is_hindsight;
}

}  // namespace

bool is_bound(const Run& run, std::size_t strategy) {
  return has_hindsight(run.setups[strategy]) && !std::all_of(run.setups.begin(), run.setups.end(), has_hindsight);
}

std::string hindsight_note(const Run& run) {
  std::string names;
  std::size_t count = 0;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    if (!has_hindsight(run.setups[i])) continue;
    names += (count++ == 0 ? "" : ", ") + shown_name(run.outcomes[i]);
  }
  if (count == 0) return {};
  const bool are_bounds = count < run.outcomes.size();
  return names + (count == 1 ? " has" : " have") + " hindsight: " +
         (are_bounds ? "a bound, which leads nowhere." : "what is drawn is told, which nobody can choose.");
}

}  // namespace fleetrace::output
