#include "fleetrace/study/goal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::study {
namespace {

using core::QuantityProblem;

constexpr std::string_view kExample =
    "Write a goal such as \"relative_loss <= 0.6\" or \"turtle.spend_usd < 2e9 USD at 2030-01-01\".";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string quote(std::string_view text) { return '"' + core::printable(text) + '"'; }

/// Reads one goal from the left to the right.
class Reader {
 public:
  Reader(std::span<const std::string> strategies, const fleet::Horizon& horizon)
      : strategies_(strategies), horizon_(horizon) {}

  [[nodiscard]] std::optional<QuantityProblem> read(std::string_view text) {
    goal.written = std::string(trimmed(text));
    const std::size_t sign = text.find_first_of("<>=");
    if (sign == std::string_view::npos)
      return QuantityProblem{quote(text) + " is no goal", "it compares nothing", std::string(kExample)};
    std::string_view rest = text.substr(sign + 1);
    const bool or_equal = !rest.empty() && rest.front() == '=';
    if (text[sign] == '=')
      return QuantityProblem{quote(text) + " is no goal", "results are hardly ever equal to a number",
                             "Valid relations are: <=, <, >=, >."};
    const bool is_less = text[sign] == '<';
    if (or_equal) rest.remove_prefix(1);
    goal.relation = is_less ? (or_equal ? Relation::at_most : Relation::less)
                            : (or_equal ? Relation::at_least : Relation::greater);
    if (auto problem = read_column(trimmed(text.substr(0, sign)))) return problem;
    const std::size_t at = rest.find(" at ");
    if (auto problem = read_bound(trimmed(rest.substr(0, at)))) return problem;
    if (at != std::string_view::npos) return read_date(trimmed(rest.substr(at + 4)));
    return std::nullopt;
  }

  Goal goal;

 private:
  std::optional<QuantityProblem> read_column(std::string_view text) {
    const std::size_t point = text.rfind('.');
    std::string_view column = text;
    if (point != std::string_view::npos) {
      goal.strategy = std::string(trimmed(text.substr(0, point)));
      column = trimmed(text.substr(point + 1));
      if (std::find(strategies_.begin(), strategies_.end(), goal.strategy) == strategies_.end())
        return QuantityProblem{"there is no strategy " + quote(goal.strategy), "it does not race",
                               core::suggest(goal.strategy, {strategies_.begin(), strategies_.end()})};
    }
    goal.gauge = fleet::find_gauge(column);
    if (goal.gauge != nullptr) return std::nullopt;
    std::vector<std::string_view> names;
    for (const fleet::Gauge& each : fleet::gauges()) names.push_back(each.name);
    return QuantityProblem{"there is no result " + quote(column), "goals are about columns of the result",
                           core::suggest(column, names)};
  }

  std::optional<QuantityProblem> read_bound(std::string_view text) {
    auto read = core::parse_number(text);
    if (std::holds_alternative<QuantityProblem>(read) && goal.gauge->dimension != core::Dimension::number &&
        goal.gauge->dimension != core::Dimension::count && !text.empty())
      read = core::parse_quantity(goal.gauge->dimension, text);
    if (auto* problem = std::get_if<QuantityProblem>(&read)) return std::move(*problem);
    goal.bound = std::get<double>(read);
    return std::nullopt;
  }

  std::optional<QuantityProblem> read_date(std::string_view text) {
    std::optional<core::Time> date = core::parse_iso8601(text);
    if (!date) {
      auto read = core::parse_quantity(core::Dimension::duration, text);
      if (std::holds_alternative<QuantityProblem>(read))
        return QuantityProblem{quote(text) + " is no time", "neither a date nor a duration from the start",
                               "Write a date such as 2030-01-01 or a duration such as \"4 yr\"."};
      const double wait = std::get<double>(read);
      if (wait >= 0 && wait <= static_cast<double>((horizon_.end - horizon_.start).milliseconds()))
        date = horizon_.start + core::Duration::from_milliseconds(std::llround(wait));
    }
    if (!date || *date < horizon_.start || *date > horizon_.end)
      return QuantityProblem{quote(text) + " lies outside the horizon",
                             "it goes from " + core::to_date(horizon_.start) + " to " + core::to_date(horizon_.end),
                             ""};
    if (*date == horizon_.end) return std::nullopt;
    if (goal.gauge->at == nullptr)
      return QuantityProblem{std::string(goal.gauge->name) + " has no value at a date",
                             "it is known at the end of the horizon", "Leave \"at\" out."};
    goal.at = date;
    return std::nullopt;
  }

  std::span<const std::string> strategies_;
  const fleet::Horizon& horizon_;
};

}  // namespace

bool Goal::met_by(double value) const {
  switch (relation) {
    case Relation::less: return value < bound;
    case Relation::at_most: return value <= bound;
    case Relation::greater: return value > bound;
    default: return value >= bound;
  }
}

std::optional<double> Goal::read(const fleet::Case& plan, const fleet::Outcome& outcome) const {
  return at ? gauge->at(plan, outcome, *at) : gauge->final(plan, outcome);
}

std::variant<Goal, QuantityProblem> parse_goal(std::string_view text, std::span<const std::string> strategies,
                                               const fleet::Horizon& horizon) {
  Reader reader(strategies, horizon);
  if (auto problem = reader.read(text)) return std::move(*problem);
  return std::move(reader.goal);
}

GoalWatch::GoalWatch(std::vector<Goal> goals, std::vector<std::string> strategies, std::size_t replications)
    : goals_(std::move(goals)),
      strategies_(std::move(strategies)),
      values_(replications * strategies_.size() * goals_.size()),
      kept_(replications) {}

void GoalWatch::keep(std::size_t replication, std::size_t strategy, const fleet::Case& plan,
                     const fleet::Outcome& outcome) {
  for (std::size_t i = 0; i < goals_.size(); ++i) {
    const std::optional<double> value = goals_[i].read(plan, outcome);
    values_[place(replication, strategy, i)] = value.value_or(std::numeric_limits<double>::quiet_NaN());
  }
  if (strategy + 1 == strategies_.size()) kept_[replication] = 1;
}

std::vector<GoalWatch::Verdict> GoalWatch::verdicts(std::size_t replications) const {
  std::vector<Verdict> result;
  std::vector<double> sample(replications);
  for (std::size_t goal = 0; goal < goals_.size(); ++goal) {
    for (std::size_t strategy = 0; strategy < strategies_.size(); ++strategy) {
      if (!goals_[goal].strategy.empty() && goals_[goal].strategy != strategies_[strategy]) continue;
      for (std::size_t i = 0; i < replications; ++i) sample[i] = values_[place(i, strategy, goal)];
      Verdict verdict{goal, strategy, moments(sample).mean, false};
      if (std::isnan(*verdict.mean)) verdict.mean.reset();
      verdict.met = verdict.mean && goals_[goal].met_by(*verdict.mean);
      result.push_back(verdict);
    }
  }
  return result;
}

bool complete(const Plan& plan, std::size_t count, int jobs, const std::atomic<bool>& stop, GoalWatch& watch) {
  std::vector<std::uint32_t> missing;
  for (std::size_t i = 0; i < count; ++i) {
    if (!watch.has(i)) missing.push_back(static_cast<std::uint32_t>(i));
  }
  return parallel_replications(plan, missing.size(), jobs, stop, [&](Replicator& worker, std::size_t i) {
    std::vector<fleet::Measures> row(plan.strategies.size());
    worker.observe = [&watch](auto replication, auto strategy, const fleet::Case& one, const fleet::Outcome& outcome) {
      watch.keep(replication, strategy, one, outcome);
    };
    worker.run(missing[i], row);
  });
}

}  // namespace fleetrace::study
