#include "sim/api/plan_samples.hpp"

#include "sim/api/race.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/parallel.hpp"

namespace fleetrace {

std::optional<PlanSamples> sample_plans(const scenario::Scenario& scenario, const PlanQuestion& question,
                                        const std::atomic<bool>& stop,
                                        const std::function<void(std::size_t done)>& finished) {
  PlanSamples samples;
  samples.options = question.options;
  samples.replications = question.replications;
  samples.figures = question.figures;
  const std::vector<fleet::StrategySetup> setups = scenario::resolve(scenario);
  for (const fleet::StrategySetup& each : setups) samples.strategies.push_back(each.strategy.name);
  samples.periods = ledger_periods(setups, question.options);
  samples.values.resize(samples.strategies.size() * samples.periods.size() * samples.figures * samples.replications);
  study::DoneCounter done(finished);
  const auto race = [&](std::vector<double>& figures, std::size_t replication) {
    const fleet::Draw draw{question.seed, static_cast<std::uint32_t>(replication), fleet::InputDraw::drawn};
    const Run run = run_scenario(scenario, draw, {}, {}, question.options);
    std::size_t next = replication;
    for (const StrategyPlan& plan : run.plans) {
      for (const PlanPeriod& period : plan.periods) {
        question.read(plan, period, figures);
        for (const double value : figures) {
          samples.values[next] = value;
          next += samples.replications;
        }
      }
    }
    done.add();
  };
  const bool is_whole = study::parallel_loop(
      question.replications, question.jobs, stop, [&] { return std::vector<double>(question.figures); }, race);
  return is_whole ? std::optional(std::move(samples)) : std::nullopt;
}

}  // namespace fleetrace
