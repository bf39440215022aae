#include "fleetrace/output/run.hpp"

#include <algorithm>
#include <tuple>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/fleet/loss_curve.hpp"

namespace fleetrace::output {

Run run_scenario(fleet::Scenario scenario, fleet::Draw draw, const fleet::EventObserver& observer) {
  Run run;
  run.scenario = std::move(scenario);
  run.draw = draw;
  run.cases = fleet::resolve(run.scenario, draw);
  run.outcomes.resize(run.cases.size());
  fleet::World world;
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    try {
      fleet::simulate(world, run.cases[i], run.outcomes[i], observer);
    } catch (const std::overflow_error& error) {  // of money or time
      throw RunError("strategy " + core::printable(run.cases[i].strategy.name) + " cannot be run: " + error.what());
    }
  }
  return run;
}

std::vector<InputValue> input_values(const Run& run) {
  const fleet::Inputs inputs(run.scenario);
  const bool is_drawn = run.draw.inputs == fleet::InputDraw::drawn;
  const std::vector<double> values = is_drawn ? inputs.values(inputs.uniforms(run.draw)) : inputs.medians();
  std::vector<InputValue> result;
  for (std::size_t i = 0; i < values.size(); ++i) result.push_back({inputs.all()[i], values[i]});
  return result;
}

bool is_cumulative(const Run& run) {
  return run.cases.empty() || run.cases.front().loss.accounting == fleet::Accounting::cumulative;
}

std::vector<Overtake> overtakes(const Run& run) {
  std::vector<Overtake> found;
  if (!is_cumulative(run)) return found;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    for (std::size_t j = i + 1; j < run.outcomes.size(); ++j) {
      for (const fleet::Overtaking& each : fleet::overtakings(run.outcomes[i].trajectory, run.outcomes[j].trajectory)) {
        found.push_back({each.at, each.first_leads ? i : j, each.first_leads ? j : i});
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const Overtake& a, const Overtake& b) {
    return std::tie(a.time, a.leader, a.behind) < std::tie(b.time, b.leader, b.behind);
  });
  return found;
}

}  // namespace fleetrace::output
