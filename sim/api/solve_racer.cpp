#include "sim/api/solve_racer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/api/solve_study.hpp"
#include "sim/scenario/schema/remove_strategies.hpp"
#include "sim/study/affordable.hpp"
#include "sim/study/replicator.hpp"

namespace fleetrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The strategies that a goal reads, in the order of the scenario.
std::vector<std::string> strategies_of(const SolveReport& report, const std::vector<std::string>& all) {
  std::vector<std::string> result;
  for (const std::string& each : all) {
    if (each == report.strategy || (report.goal.is_joined() && each == report.goal.other_strategy))
      result.push_back(each);
  }
  return result;
}

/// These strategies alone in a drawn scenario, with the input set.
void set_input(scenario::Scenario& drawn, const scenario::ScalarInput& scalar_input,
               const std::vector<std::string>& strategies, double input) {
  scalar_input.set(drawn, input);
  scenario::remove_strategies(drawn.edit(), [&strategies](const core::Spec& each) {
    return std::find(strategies.begin(), strategies.end(), each.name) == strategies.end();
  });
}

std::array<double, fleet::kConstraints> years_bound(const fleet::Outcome& outcome, core::Time until) {
  std::array<double, fleet::kConstraints> years = {};
  const std::vector<fleet::ConstraintSpell>& spells = outcome.bindings;
  for (std::size_t i = 0; i < spells.size() && spells[i].from < until; ++i) {
    const core::Time to = i + 1 == spells.size() ? until : std::min(until, spells[i + 1].from);
    years[static_cast<std::size_t>(spells[i].binding.constraint)] += (to - spells[i].from).years();
  }
  return years;
}

}  // namespace

SolveRacer::SolveRacer(const study::StudyDesign& design, const SolveReport& asked, const StudySettings& settings,
                       const std::atomic<bool>& stop, const Progress& progress)
    : design_(design),
      asked_(asked),
      strategies_(strategies_of(asked, design.strategies)),
      count_(design.has_chance ? settings.replications : 1),
      jobs_(settings.jobs),
      stop_(stop),
      done_([this, &progress](std::size_t done) {
        if (progress) progress(done, count_ * inputs_);
      }) {
  study::require_affordable(count_, strategies_.size());
}

const std::vector<double>& SolveRacer::values(double input) {
  const auto known = values_.find(input);
  return known != values_.end() ? known->second : values_.emplace(input, race(input, nullptr)).first->second;
}

double SolveRacer::mean(double input) {
  const std::vector<double>& all = values(input);
  if (std::any_of(all.begin(), all.end(), [](double value) { return !std::isfinite(value); }))
    throw study::ReplicationError(asked_.strategy + " has no " + asked_.goal.name() + " (" + asked_.goal.absent() +
                                  ")");
  return study::moments(all).mean;
}

std::span<const double> SolveRacer::sorted(double input) {
  const auto known = sorted_.find(input);
  if (known != sorted_.end()) return known->second;
  std::vector<double> all = values(input);
  const bool is_upper = asked_.goal.is_upper();
  const double farthest = is_upper ? kInfinity : -kInfinity;
  std::replace_if(
      all.begin(), all.end(), [](double value) { return std::isnan(value); }, farthest);
  std::sort(all.begin(), all.end());
  if (!is_upper) std::reverse(all.begin(), all.end());
  return sorted_.emplace(input, std::move(all)).first->second;
}

std::vector<study::SolveObstacle> SolveRacer::obstacles(double input) {
  std::vector<YearsBound> years(count_);
  const std::vector<double> found = race(input, &years);
  YearsBound sums = {};
  std::size_t missed = 0;
  for (std::size_t r = 0; r < count_; ++r) {
    if (!std::isnan(found[r]) && asked_.goal.met_by(found[r])) continue;
    ++missed;
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += years[r][k];
  }
  std::vector<study::SolveObstacle> result;
  for (std::size_t k = 1; k < sums.size(); ++k) {  // 0 is nothing
    if (sums[k] > 0) result.push_back({static_cast<fleet::Constraint>(k), sums[k] / static_cast<double>(missed)});
  }
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.years > b.years; });
  return result;
}

std::vector<double> SolveRacer::race(double input, std::vector<YearsBound>* years) {
  ++inputs_;
  study::GoalWatch watch({asked_.goal}, strategies_, count_);
  const auto make_worker = [&] {
    study::Replicator worker(design_);
    worker.alter = [this, input](scenario::Scenario& drawn) {
      set_input(drawn, asked_.scalar_input, strategies_, input);
    };
    worker.observe = [&](auto replication, auto strategy, const fleet::StrategySetup& setup,
                         const fleet::Outcome& outcome) {
      watch.keep(replication, strategy, setup, outcome);
      if (years != nullptr && setup.strategy.name == asked_.strategy)
        (*years)[replication] = years_bound(outcome, asked_.goal.at.value_or(setup.horizon.end));
    };
    return worker;
  };
  const bool all = study::parallel_loop(count_, jobs_, stop_, make_worker,
                                        [this](study::Replicator& worker, std::size_t i) {
                                          worker.run(static_cast<std::uint32_t>(i));
                                          done_.add();
                                        });
  if (!all) throw Interrupted{};
  const auto own = std::find(strategies_.begin(), strategies_.end(), asked_.strategy);
  return watch.values(0, static_cast<std::size_t>(own - strategies_.begin()), count_);
}

Run run_at_best(const study::StudyDesign& design, const SolveReport& report) {
  scenario::Scenario best = design.inputs.at(design.inputs.medians());
  set_input(best, report.scalar_input, strategies_of(report, design.strategies), report.solution.best.input);
  return run_scenario(std::move(best), {report.seed});
}

}  // namespace fleetrace
