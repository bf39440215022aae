#include "sim/study/solve/goal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/study/proportion.hpp"

namespace fleetrace::study {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// Why something that may happen has no mean date.
constexpr std::string_view kNever = "it does not happen within the horizon; ask how probable a date is";

std::string absence(const fleet::ResultNumber& number) {
  return std::string(number.is_date() ? kNever : number.absent());
}

}  // namespace

bool holds(double value, Relation relation, double bound) {
  const bool is_equal = fleet::are_tied(value, bound);
  switch (relation) {
    case Relation::less: return value < bound && !is_equal;
    case Relation::at_most: return value <= bound || is_equal;
    case Relation::greater: return value > bound && !is_equal;
    default: return value >= bound || is_equal;
  }
}

std::string Goal::name() const {
  if (join == Join::none) return number.path();
  return number.path() + (join == Join::minus ? " - " : " / ") + (other_strategy.empty() ? "" : other_strategy + '.') +
         other.path();
}

std::string Goal::unit() const {
  if (join != Join::over) return std::string(number.unit());
  if (number.unit() == other.unit()) return "";
  const std::string above(number.unit().empty() ? "1" : number.unit());
  return other.unit().empty() ? std::string(number.unit()) : above + '/' + std::string(other.unit());
}

std::string Goal::absent() const {
  if (join == Join::none) return absence(number);
  const std::string own = absence(number);
  const std::string others = absence(other);
  return !own.empty() ? own : !others.empty() ? others : join == Join::over ? "it would be divided by zero" : "";
}

double Goal::joined(double first, double second) const {
  if (join == Join::none) return first;
  const double value = join == Join::minus ? first - second : first / second;
  return std::isfinite(value) ? value : kNoNumber;
}

void ask_for(std::span<const Goal> goals, StudyDesign& design) {
  design.dates = dates_of(goals);
  design.has_base = design.has_base ||
                    std::any_of(goals.begin(), goals.end(), [](const Goal& each) { return each.needs_base(); });
}

std::vector<core::Time> dates_of(std::span<const Goal> goals) {
  std::vector<core::Time> dates;
  for (const Goal& each : goals) {
    if (each.at) dates.push_back(*each.at);
  }
  return dates;
}

GoalWatch::GoalWatch(std::vector<Goal> goals, std::vector<std::string> strategies, std::size_t replications)
    : goals_(std::move(goals)),
      strategies_(std::move(strategies)),
      values_(2 * replications * strategies_.size() * goals_.size()),
      kept_(replications) {}

void GoalWatch::keep(std::size_t replication, std::size_t strategy, const fleet::StrategySetup& setup,
                     const fleet::Outcome& outcome) {
  for (std::size_t i = 0; i < goals_.size(); ++i) {
    const Goal& goal = goals_[i];
    const std::size_t at = place(replication, strategy, i);
    values_[at] = goal.number.read(setup, outcome, goal.at).value_or(kNoNumber);
    if (goal.is_joined()) values_[at + 1] = goal.other.read(setup, outcome, goal.at).value_or(kNoNumber);
  }
  if (strategy + 1 == strategies_.size()) kept_[replication] = 1;
}

std::size_t GoalWatch::index_of(const std::string& name, std::size_t otherwise) const {
  const auto found = std::find(strategies_.begin(), strategies_.end(), name);
  return name.empty() || found == strategies_.end() ? otherwise : static_cast<std::size_t>(found - strategies_.begin());
}

std::vector<double> GoalWatch::values(std::size_t goal, std::size_t strategy, std::size_t replications) const {
  const std::size_t other = index_of(goals_[goal].other_strategy, strategy);
  std::vector<double> result(replications);
  for (std::size_t i = 0; i < replications; ++i)
    result[i] = goals_[goal].joined(values_[place(i, strategy, goal)], values_[place(i, other, goal) + 1]);
  return result;
}

bool GoalWatch::is_about(const Goal& goal, std::size_t strategy) const {
  if (!goal.strategy.empty()) return goal.strategy == strategies_[strategy];
  // A number that names no strategy is compared with that of another one, not with itself.
  return !(goal.is_joined() && goal.number.path() == goal.other.path() && goal.other_strategy == strategies_[strategy]);
}

GoalVerdict GoalWatch::verdict(std::size_t goal, std::size_t strategy, std::size_t replications, double confidence,
                               bool has_chance) const {
  const Goal& asked = goals_[goal];
  const std::vector<double> sample = values(goal, strategy, replications);
  Verdict verdict;
  verdict.goal = goal;
  verdict.strategy = strategy;
  verdict.without_value = static_cast<std::size_t>(
      std::count_if(sample.begin(), sample.end(), [](double value) { return std::isnan(value); }));
  if (!asked.chance) {
    const double mean = moments(sample).mean;
    if (std::isfinite(mean)) verdict.mean = mean;
    verdict.met = verdict.mean && asked.met_by(mean);
    return verdict;
  }
  if (verdict.without_value == replications) return verdict;
  const auto met = static_cast<std::size_t>(std::count_if(
      sample.begin(), sample.end(), [&asked](double value) { return !std::isnan(value) && asked.met_by(value); }));
  const double share = static_cast<double>(met) / static_cast<double>(replications);
  verdict.mean = share;
  verdict.chance = has_chance ? clopper_pearson(met, replications, confidence) : Interval{share, share};
  const auto meets = [&](double end) { return holds(end, asked.chance->relation, asked.chance->bound); };
  verdict.met = meets(verdict.chance.low) && meets(verdict.chance.high);
  verdict.is_undecided = meets(verdict.chance.low) != meets(verdict.chance.high);
  return verdict;
}

std::vector<GoalVerdict> GoalWatch::verdicts(std::size_t replications, double confidence, bool has_chance) const {
  std::vector<Verdict> result;
  for (std::size_t goal = 0; goal < goals_.size(); ++goal) {
    for (std::size_t strategy = 0; strategy < strategies_.size(); ++strategy) {
      if (is_about(goals_[goal], strategy))
        result.push_back(verdict(goal, strategy, replications, confidence, has_chance));
    }
  }
  return result;
}

bool complete(const StudyDesign& design, std::size_t count, int jobs, const std::atomic<bool>& stop, GoalWatch& watch) {
  return observe_missing(
      design, count, jobs, stop, [&watch](std::size_t i) { return watch.has(i); },
      [&watch](auto replication, auto strategy, const fleet::StrategySetup& setup, const fleet::Outcome& outcome) {
        watch.keep(replication, strategy, setup, outcome);
      });
}

}  // namespace fleetrace::study
