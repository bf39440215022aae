#include "sim/api/race.hpp"

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/models/registry.hpp"
#include "sim/api/plan.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/fleet/results/overtakings.hpp"
#include "sim/fleet/world.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace {
namespace {

std::vector<std::int64_t> installed_now(const fleet::StrategySetup& setup, const std::vector<fleet::Cohort>& cohorts) {
  std::vector<std::int64_t> by_type(setup.plant.market.types.size());
  for (const fleet::Cohort& cohort : cohorts) {
    if (!cohort.is_capacity()) by_type[cohort.type] += cohort.installed();
  }
  return by_type;
}

using ConstraintCounts = std::array<std::int64_t, fleet::kConstraints>;

/// Adds what the event of that date ran into.
void add_blocked_reviews(core::Time date, const ConstraintCounts& after, ConstraintCounts& before,
                         std::vector<BlockedReview>& found) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (after[i] > before[i]) found.push_back({date, static_cast<fleet::Constraint>(i)});
  }
  before = after;
}

/// What the world of a run costs and computes where nobody buys.
fleet::WithoutPurchases race_base(const Run& run, fleet::World& world) {
  const auto setup = scenario::without_purchases(scenario::drawn(run.scenario, run.draw), run.setups);
  if (!setup) return {};
  const auto fail = [](const std::exception& error) {
    return RunError(std::string("the scenario without purchases cannot be run: ") + error.what());
  };
  fleet::Outcome outcome;
  world.recorder.keep(fleet::Detail::metrics, std::nullopt);
  try {
    fleet::simulate(world, *setup, outcome);
  } catch (const std::overflow_error& error) {  // of money or time
    throw fail(error);
  } catch (const models::ModelError& error) {
    throw fail(error);
  }
  return fleet::without_purchases(outcome.final);
}

[[noreturn]] void refuse(const fleet::StrategySetup& setup, const std::exception& error) {
  throw RunError("strategy " + core::printable(setup.strategy.name) + " cannot be run: " + error.what());
}

}  // namespace

const std::string* site_of(const fleet::BindingConstraint& binding, const fleet::StrategySetup& setup) {
  const std::vector<fleet::Site>& sites = setup.plant.sites;
  return binding.site < sites.size() && !sites[binding.site].name.empty() ? &sites[binding.site].name : nullptr;
}

Run run_scenario(scenario::Scenario scenario, fleet::Draw draw, const fleet::EventObserver& observer,
                 std::vector<core::Time> dates, const std::optional<PlanOptions>& plan) {
  Run run;
  run.scenario = std::move(scenario);
  run.draw = draw;
  run.setups = scenario::resolve(run.scenario, draw);
  run.outcomes.resize(run.setups.size());
  run.installed.resize(run.setups.size());
  run.blocked_reviews.resize(run.setups.size());
  run.plan_options = plan;
  std::vector<PlanDates> periods;
  if (plan && !run.setups.empty()) {
    periods = ledger_periods(run.setups, *plan);
    const std::vector<core::Time> stops = boundaries(periods, run.setups);
    dates.insert(dates.end(), stops.begin(), stops.end());
  }
  fleet::World world;
  world.recorder.keep(fleet::Detail::whole, std::nullopt, dates);
  for (std::size_t i = 0; i < run.setups.size(); ++i) {
    const fleet::StrategySetup& setup = run.setups[i];
    Installed& installed = run.installed[i];
    ConstraintCounts constraint_counts = {};
    core::Time last = setup.horizon.start;
    PlanRecorder books(periods, setup);
    // It comes before each event, and sees what the last one left.
    const fleet::EventObserver watch = [&](const fleet::World& now, const fleet::Event& event) {
      books.before(world, event.time);
      if (event.payload.kind == fleet::EventKind::sample)
        installed.push_back(installed_now(setup, now.inventory.cohorts()));
      if (now.recorder.constraint_counts() != constraint_counts)
        add_blocked_reviews(last, now.recorder.constraint_counts(), constraint_counts, run.blocked_reviews[i]);
      last = event.time;
      if (observer) observer(now, event);
    };
    world.reliability.skip_events(!observer);
    try {
      fleet::simulate(world, setup, run.outcomes[i], watch);
      installed.push_back(installed_now(setup, run.outcomes[i].cohorts));
      add_blocked_reviews(last, run.outcomes[i].constraint_counts, constraint_counts, run.blocked_reviews[i]);
      if (!periods.empty()) {
        books.finish(world, run.outcomes[i]);
        run.plans.push_back(books.plan(run.outcomes[i]));
      }
    } catch (const std::overflow_error& error) {  // of money or time
      refuse(setup, error);
    } catch (const models::ModelError& error) {
      refuse(setup, error);
    }
  }
  const fleet::WithoutPurchases base = race_base(run, world);
  for (fleet::Outcome& outcome : run.outcomes)
    outcome.final.finance.marginal_usd_per_pf_day = fleet::marginal_usd_per_pf_day(outcome.final, base);
  return run;
}

std::vector<InputValue> input_values(const Run& run) {
  const scenario::Inputs inputs(run.scenario);
  const bool is_drawn = run.draw.inputs == fleet::InputDraw::drawn;
  const std::vector<double> values = is_drawn ? inputs.written_values(inputs.uniforms(run.draw))
                                              : inputs.written_medians();
  std::vector<InputValue> result;
  for (std::size_t i = 0; i < values.size(); ++i) result.push_back({inputs.all()[i], values[i]});
  return result;
}

bool is_cumulative(const Run& run) {
  return run.setups.empty() || run.setups.front().loss.accounting == fleet::Accounting::cumulative;
}

std::vector<Overtake> overtakes(const Run& run) {
  std::vector<Overtake> found;
  if (!is_cumulative(run)) return found;
  std::vector<const fleet::Trajectory*> trajectories;
  for (const fleet::Outcome& each : run.outcomes) trajectories.push_back(&each.trajectory);
  for (const fleet::LeadChange& each : fleet::lead_changes(trajectories))
    found.push_back({each.at, each.leader, each.behind});
  return found;
}

}  // namespace fleetrace
