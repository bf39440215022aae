#include "fleetrace/output/run.hpp"

#include <algorithm>
#include <tuple>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/fleet/loss_curve.hpp"

namespace fleetrace::output {
namespace {

std::vector<std::int64_t> installed_now(const fleet::Case& plan, const std::vector<fleet::Cohort>& cohorts) {
  std::vector<std::int64_t> by_type(plan.plant.market.types.size());
  for (const fleet::Cohort& cohort : cohorts) {
    if (!cohort.is_capacity()) by_type[cohort.type] += cohort.installed();
  }
  return by_type;
}

using Obstacles = std::array<std::int64_t, fleet::kConstraints>;

/// Adds what the event of that date ran into.
void add_hindrances(core::Time date, const Obstacles& after, Obstacles& before, std::vector<Hindrance>& found) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (after[i] > before[i]) found.push_back({date, static_cast<fleet::Constraint>(i)});
  }
  before = after;
}

}  // namespace

const std::string* site_of(const fleet::Binding& binding, const fleet::Case& plan) {
  const std::vector<fleet::Site>& sites = plan.plant.sites;
  return binding.site < sites.size() && !sites[binding.site].name.empty() ? &sites[binding.site].name : nullptr;
}

std::string binding_words(const fleet::Binding& binding, const fleet::Case& plan) {
  std::string words(fleet::info(binding.constraint).title);
  const std::string* site = site_of(binding, plan);
  if (site != nullptr && plan.plant.sites.size() > 1) words += " (" + core::printable(*site) + ')';
  return words;
}

Run run_scenario(fleet::Scenario scenario, fleet::Draw draw, const fleet::EventObserver& observer) {
  Run run;
  run.scenario = std::move(scenario);
  run.draw = draw;
  run.cases = fleet::resolve(run.scenario, draw);
  run.outcomes.resize(run.cases.size());
  run.installed.resize(run.cases.size());
  run.hindrances.resize(run.cases.size());
  fleet::World world;
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    const fleet::Case& plan = run.cases[i];
    Installed& installed = run.installed[i];
    Obstacles obstacles = {};
    core::Time last = plan.horizon.start;
    // It comes before each event, and sees what the last one left.
    const fleet::EventObserver watch = [&](const fleet::World& now, const fleet::Event& event) {
      if (event.payload.kind == fleet::EventKind::sample) installed.push_back(installed_now(plan, now.cohorts));
      if (now.obstacles != obstacles) add_hindrances(last, now.obstacles, obstacles, run.hindrances[i]);
      last = event.time;
      if (observer) observer(now, event);
    };
    world.runs_ahead = !observer;
    try {
      fleet::simulate(world, plan, run.outcomes[i], watch);
      installed.push_back(installed_now(plan, run.outcomes[i].cohorts));
      add_hindrances(last, run.outcomes[i].obstacles, obstacles, run.hindrances[i]);
    } catch (const std::overflow_error& error) {  // of money or time
      throw RunError("strategy " + core::printable(plan.strategy.name) + " cannot be run: " + error.what());
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
