#include "fleetrace/run.hpp"

#include "sim/api/race.hpp"
#include "sim/fleet/world.hpp"

namespace fleetrace {

RunResult::RunResult(std::shared_ptr<const Run> run) : run_(std::move(run)) {
  strategies_.assign(run_->outcomes.begin(), run_->outcomes.end());
}

const fleet::StrategyResult& RunResult::operator[](std::string_view strategy) const {
  std::vector<std::string_view> names;
  for (const fleet::StrategyResult& each : strategies_) {
    if (each.strategy == strategy) return each;
    names.push_back(each.strategy);
  }
  throw std::out_of_range("there is no strategy \"" + core::printable(strategy) + "\". " +
                          core::suggest(strategy, names));
}

std::vector<Overtake> RunResult::overtakes() const { return fleetrace::overtakes(*run_); }

std::vector<StrategyPlan> RunResult::plan(const PlanOptions& options) const {
  return run_scenario(run_->scenario, run_->draw, {}, {}, options).plans;
}

std::vector<std::string> RunResult::unverified_inputs() const { return fleetrace::unverified_inputs(*run_); }

RunResult run(const Scenario& scenario, const RunOptions& options) {
  fleet::EventObserver observer;
  if (options.trace) {
    observer = [&options](const fleet::World& world, const fleet::Event& event) {
      options.trace(fleet::describe(world, event));
    };
  }
  const auto inputs = options.replication ? fleet::InputDraw::drawn : fleet::InputDraw::medians;
  const fleet::Draw draw{options.seed, options.replication.value_or(0), inputs};
  return RunResult(std::make_shared<const Run>(run_scenario(scenario.details(), draw, observer)));
}

}  // namespace fleetrace
