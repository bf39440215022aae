#include "sim/api/plan_samples.hpp"

#include <utility>

#include "sim/api/plan.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/race_follower.hpp"

namespace fleetrace {

/// Notes the books of each race of one worker.
class PlanWatch::Follower : public study::RaceFollower {
 public:
  explicit Follower(PlanWatch& watch) : watch_(watch) {}

  void begin(const fleet::StrategySetup& setup) override { books_.emplace(watch_.samples_.periods, setup); }
  void before(fleet::World& world, core::Time event) override { books_->before(world, event); }
  void end(std::uint32_t replication, std::size_t strategy, fleet::World& world,
           const fleet::Outcome& outcome) override {
    books_->finish(world, outcome);
    watch_.keep(replication, strategy, books_->plan(outcome));
  }

 private:
  PlanWatch& watch_;
  std::optional<PlanRecorder> books_;
};

PlanWatch::PlanWatch(PlanQuestion question, const scenario::Scenario& scenario, std::size_t most,
                     study::StudyDesign& design)
    : question_(std::move(question)), kept_(most) {
  const std::vector<fleet::StrategySetup> setups = scenario::resolve(scenario);
  samples_.options = question_.options;
  samples_.figures = question_.figures;
  samples_.strategies = design.strategies;
  samples_.periods = ledger_periods(setups, question_.options);
  samples_.rows.resize(most);
  const std::vector<core::Time> stops = boundaries(samples_.periods, setups);
  design.dates.insert(design.dates.end(), stops.begin(), stops.end());
  design.follow = [this] { return std::make_unique<Follower>(*this); };
}

void PlanWatch::keep(std::size_t replication, std::size_t strategy, const StrategyPlan& plan) {
  if (replication >= room()) return;
  // One worker races all strategies of a replication, in their order.
  std::vector<double>& row = samples_.rows[replication];
  const std::size_t each = samples_.periods.size() * samples_.figures;
  row.resize(samples_.strategies.size() * each);
  std::span<double> rest = std::span(row).subspan(strategy * each, each);
  for (const PlanPeriod& period : plan.periods) {
    question_.read(plan, period, rest.first(samples_.figures));
    rest = rest.subspan(samples_.figures);
  }
  if (strategy + 1 == samples_.strategies.size()) kept_[replication] = 1;
}

PlanSamples PlanWatch::take(std::size_t replications) && {
  samples_.rows.resize(replications);
  return std::move(samples_);
}

std::vector<double> PlanSamples::of(std::size_t strategy, std::size_t period, std::size_t figure) const {
  const std::size_t at = (strategy * periods.size() + period) * figures + figure;
  std::vector<double> values;
  values.reserve(rows.size());
  for (const std::vector<double>& row : rows) values.push_back(row[at]);
  return values;
}

}  // namespace fleetrace
