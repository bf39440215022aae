#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "sim/core/units/calendar_text.hpp"
#include "sim/study/solve/goal.hpp"
#include "sim/study/solve/goal_units.hpp"

namespace fleetrace::study {
namespace {

using core::QuantityProblem;
using Problem = std::optional<QuantityProblem>;

constexpr std::string_view kExample =
    "Write a goal such as \"relative_loss <= 0.6\", \"turtle.spend_usd < 2e9 USD at 2030-01-01\" or "
    "\"turtle.npv_usd - hare.npv_usd > 1e6 USD\".";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string quote(std::string_view text) { return '"' + core::printable(text) + '"'; }

/// "x RELATION y" in its three parts.
struct Comparison {
  std::string_view left;
  Relation relation = Relation::at_most;
  std::string_view right;
};

std::variant<Comparison, QuantityProblem> compared(std::string_view text, std::size_t from = 0) {
  const std::size_t sign = text.find_first_of("<>=", from);
  if (sign == std::string_view::npos)
    return QuantityProblem{quote(text) + " is no goal", "it compares nothing", std::string(kExample)};
  if (text[sign] == '=')
    return QuantityProblem{quote(text) + " is no goal", "results are hardly ever equal to a number",
                           "Valid relations are: <=, <, >=, >."};
  std::string_view rest = text.substr(sign + 1);
  const bool or_equal = !rest.empty() && rest.front() == '=';
  if (or_equal) rest.remove_prefix(1);
  const Relation relation = text[sign] == '<' ? (or_equal ? Relation::at_most : Relation::less)
                                              : (or_equal ? Relation::at_least : Relation::greater);
  return Comparison{trimmed(text.substr(0, sign)), relation, trimmed(rest)};
}

/// Reads a goal from left to right.
class Reader {
 public:
  Reader(std::span<const std::string> strategies, const fleet::Horizon& horizon,
         std::span<const fleet::StrategySetup> setups, const std::optional<core::Currency>& currency)
      : strategies_(strategies), horizon_(horizon), setups_(setups), currency_(currency) {}

  [[nodiscard]] Problem read(std::string_view text) {
    goal.source_text = std::string(trimmed(text));
    text = goal.source_text;
    if (text.starts_with("P(") || text.starts_with("P (")) return read_chance(text);
    return read_goal(text);
  }

  Goal goal;

 private:
  struct Term {
    std::string strategy;
    fleet::ResultNumber number;
    bool leaves_unit_out = false;
  };

  /// "P(GOAL) RELATION PROBABILITY".
  [[nodiscard]] Problem read_chance(std::string_view text) {
    const std::size_t open = text.find('(');
    const std::size_t close = text.rfind(')');
    if (close == std::string_view::npos)
      return QuantityProblem{quote(text) + " is no goal", "the parenthesis after P is not closed",
                             "Write \"P(relative_loss > 0.7) > 0.1\"."};
    auto outer = compared(text, close);
    if (auto* problem = std::get_if<QuantityProblem>(&outer)) {
      problem->suggestion = "Say how probable it is to be, such as \"P(relative_loss > 0.7) > 0.1\".";
      return std::move(*problem);
    }
    const auto& [left, relation, right] = std::get<Comparison>(outer);
    const std::string_view number = right.ends_with('%') ? trimmed(right.substr(0, right.size() - 1)) : right;
    const auto read = core::parse_number(number);
    const double value = read.index() == 0 ? std::get<double>(read) / (number.size() < right.size() ? 100 : 1) : -1;
    if (!(value >= 0 && value <= 1) || left.size() != close + 1)
      return QuantityProblem{quote(right) + " is no probability", "a probability is a number from 0 to 1",
                             "Write \"P(relative_loss > 0.7) > 0.1\"."};
    goal.chance = Goal::Chance{relation, value};
    return read_goal(trimmed(text.substr(open + 1, close - open - 1)));
  }

  [[nodiscard]] Problem read_goal(std::string_view text) {
    auto parts = compared(text);
    if (auto* problem = std::get_if<QuantityProblem>(&parts)) return std::move(*problem);
    const auto& [left, relation, right] = std::get<Comparison>(parts);
    goal.relation = relation;
    if (auto problem = read_left(left)) return problem;
    const std::size_t at = right.find(" at ");
    if (auto problem = read_bound(trimmed(right.substr(0, at)))) return problem;
    if (at != std::string_view::npos) return read_date(trimmed(right.substr(at + 4)));
    return std::nullopt;
  }

  /// A number, or two with a sign between them that stands between spaces.
  [[nodiscard]] Problem read_left(std::string_view text) {
    for (const std::string_view sign : {" - ", " / "}) {
      const std::size_t place = text.find(sign);
      if (place == std::string_view::npos) continue;
      const auto whole = term(text);
      if (whole.index() == 0) break;  // a name with a dash between spaces
      goal.join = sign == " - " ? Goal::Join::minus : Goal::Join::over;
      if (auto problem = take(term(trimmed(text.substr(0, place))), goal.strategy, goal.number)) return problem;
      if (auto problem = take(term(trimmed(text.substr(place + sign.size()))), goal.other_strategy, goal.other))
        return problem;
      return join_problem();
    }
    auto problem = take(term(text, MayLeaveUnitOut::yes), goal.strategy, goal.number);
    if (problem && text.find_first_of("-/") != std::string_view::npos && text.find('.') != std::string_view::npos)
      problem->suggestion += (problem->suggestion.empty() ? "" : " ") +
                             std::string(
                                 "A sign between two numbers stands between spaces: \"a.npv_usd - b.npv_usd\".");
    return problem;
  }

  [[nodiscard]] Problem take(std::variant<Term, QuantityProblem> read, std::string& strategy,
                             fleet::ResultNumber& number) {
    if (auto* problem = std::get_if<QuantityProblem>(&read)) return std::move(*problem);
    leaves_unit_out_ = std::get<Term>(read).leaves_unit_out;
    strategy = std::move(std::get<Term>(read).strategy);
    number = std::move(std::get<Term>(read).number);
    return std::nullopt;
  }

  [[nodiscard]] Problem join_problem() const {
    if (goal.join == Goal::Join::over || goal.number.unit() == goal.other.unit()) return std::nullopt;
    return QuantityProblem{goal.number.path() + " and " + goal.other.path() + " have no difference",
                           "they are in different units", "Divide one by the other, or compare numbers of one kind."};
  }

  /// Whether a number may be named without its unit: "energy" for "energy_kwh". The value must state one then.
  enum class MayLeaveUnitOut : bool { no, yes };

  /// "[STRATEGY.]NUMBER". A strategy's name may hold dots.
  [[nodiscard]] std::variant<Term, QuantityProblem> term(std::string_view text,
                                                         MayLeaveUnitOut unit = MayLeaveUnitOut::no) const {
    Term result;
    for (const std::string& each : strategies_) {
      const bool is_named = text.size() > each.size() && text.starts_with(each) && text[each.size()] == '.';
      if (is_named && each.size() > result.strategy.size()) result.strategy = each;
    }
    const std::string_view path = result.strategy.empty() ? text : trimmed(text.substr(result.strategy.size() + 1));
    auto number = fleet::ResultNumber::at(path, setups_of(result.strategy));
    if (number.index() == 0) {
      result.number = std::get<fleet::ResultNumber>(std::move(number));
      return result;
    }
    if (unit == MayLeaveUnitOut::yes) {
      if (auto whole = fleet::ResultNumber::without_unit(path)) {
        result.number = *std::move(whole);
        result.leaves_unit_out = true;
        return result;
      }
    }
    if (std::find(strategies_.begin(), strategies_.end(), text) != strategies_.end())
      return QuantityProblem{quote(text) + " is no number", "it is a strategy",
                             "Name a number of it, such as " + quote(std::string(text) + ".relative_loss") + '.'};
    if (result.strategy.empty() && is_of_unknown_strategy(text)) {
      const std::string_view name = trimmed(text.substr(0, text.find('.')));
      return QuantityProblem{"there is no strategy " + quote(name), "it does not race",
                             core::suggest(name, {strategies_.begin(), strategies_.end()})};
    }
    return std::get<QuantityProblem>(std::move(number));
  }

  [[nodiscard]] std::span<const fleet::StrategySetup> setups_of(const std::string& strategy) const {
    for (const fleet::StrategySetup& each : setups_) {
      if (each.strategy.name == strategy) return {&each, 1};
    }
    return setups_;
  }

  /// Whether what stands before the first point is meant to be a strategy: no part of a result is called so.
  [[nodiscard]] static bool is_of_unknown_strategy(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) return false;
    const std::string_view head = text.substr(0, point);
    const auto groups = fleet::item_groups();
    return head != "final" && head != "compute_doublings" &&
           std::find(groups.begin(), groups.end(), head) == groups.end();
  }

  [[nodiscard]] Problem read_bound(std::string_view text) {
    if (goal.number.is_date() && !goal.is_joined()) return read_bound_date(text);
    auto read = core::parse_number(text);
    if (std::holds_alternative<QuantityProblem>(read) && is_number_of_result(text)) return read_other(text);
    if (std::holds_alternative<QuantityProblem>(read) && !text.empty()) {
      read = value_in_unit(text, unit_of_goal(), currency_);
    } else if (read.index() == 0 && leaves_unit_out_) {
      return QuantityProblem{
          quote(text) + " has no unit", goal.number.path() + " is meant, in " + goal.unit(),
          "Write " + quote(std::string(text) + ' ' + goal.unit()) + ", or " + quote(goal.number.path()) + '.'};
    }
    if (auto* problem = std::get_if<QuantityProblem>(&read)) return std::move(*problem);
    goal.bound = std::get<double>(read);
    return std::nullopt;
  }

  /// Dates are in years from the start, and so is the time between two of them.
  [[nodiscard]] std::string unit_of_goal() const {
    return goal.number.is_date() && goal.join != Goal::Join::over ? "yr" : goal.unit();
  }

  [[nodiscard]] bool is_number_of_result(std::string_view text) const {
    if (text.empty() || text.find_first_of("0123456789+-") == 0) return false;
    const bool names_strategy = std::any_of(strategies_.begin(), strategies_.end(), [text](const std::string& each) {
      return text.starts_with(each) && text.size() > each.size() && text[each.size()] == '.';
    });
    return names_strategy || text.find('.') != std::string_view::npos || fleet::find_dated_metric(text) != nullptr;
  }

  /// "keep.npv_usd >= retire.npv_usd" is "keep.npv_usd - retire.npv_usd >= 0".
  [[nodiscard]] Problem read_other(std::string_view text) {
    if (goal.is_joined())
      return QuantityProblem{quote(goal.source_text) + " is no goal", "it names three numbers of the result",
                             "Compare two of them, or two with a value."};
    goal.join = Goal::Join::minus;
    if (auto problem = take(term(text), goal.other_strategy, goal.other)) return problem;
    return join_problem();
  }

  /// The date of something: on a date, or so long after the start.
  [[nodiscard]] Problem read_bound_date(std::string_view text) {
    if (is_number_of_result(text)) return read_other(text);
    const auto date = date_of(text);
    if (const auto* problem = std::get_if<QuantityProblem>(&date)) return *problem;
    goal.bound = horizon_.years_at(std::get<core::Time>(date));
    return std::nullopt;
  }

  [[nodiscard]] std::variant<core::Time, QuantityProblem> date_of(std::string_view text) const {
    if (text == core::kHorizonEnd) return horizon_.end;
    if (const auto date = core::parse_date(text)) return *date;
    if (auto problem = core::misspelt_date(text)) return std::move(*problem);
    const auto read = core::parse_quantity(core::Dimension::duration, text);
    if (std::holds_alternative<QuantityProblem>(read))
      return QuantityProblem{quote(text) + " is no time", "neither a date nor a duration from the start",
                             "Write a date such as 2030-01-01 or a duration such as \"4 yr\"."};
    const double wait = std::get<double>(read);
    // What lies beyond the horizon is cut, so that it does not overflow.
    const auto length = static_cast<double>((horizon_.end - horizon_.start).milliseconds());
    return horizon_.start + core::Duration::from_milliseconds(std::llround(std::clamp(wait, -1.0, length + 1)));
  }

  [[nodiscard]] Problem read_date(std::string_view text) {
    auto read = date_of(text);
    if (auto* problem = std::get_if<QuantityProblem>(&read)) return std::move(*problem);
    const core::Time date = std::get<core::Time>(read);
    if (date < horizon_.start || date > horizon_.end)
      return QuantityProblem{quote(text) + " lies outside the horizon",
                             "it goes from " + core::to_date(horizon_.start) + " to " + core::to_date(horizon_.end),
                             ""};
    if (date == horizon_.end) return std::nullopt;
    for (const fleet::ResultNumber* each : {&goal.number, goal.is_joined() ? &goal.other : &goal.number}) {
      if (!each->has_dates())
        return QuantityProblem{each->path() + " has no value at a date", "it is known at the end of the horizon",
                               "Leave \"at\" out."};
    }
    goal.at = date;
    return std::nullopt;
  }

  bool leaves_unit_out_ = false;
  std::span<const std::string> strategies_;
  const fleet::Horizon& horizon_;
  std::span<const fleet::StrategySetup> setups_;
  const std::optional<core::Currency>& currency_;
};

}  // namespace

std::variant<Goal, QuantityProblem> parse_goal(std::string_view text, std::span<const std::string> strategies,
                                               const fleet::Horizon& horizon,
                                               std::span<const fleet::StrategySetup> setups,
                                               const std::optional<core::Currency>& currency) {
  Reader reader(strategies, horizon, setups, currency);
  if (auto problem = reader.read(text)) return std::move(*problem);
  return std::move(reader.goal);
}

std::variant<Goal, QuantityProblem> parse_goal(std::string_view text, std::span<const fleet::StrategySetup> setups,
                                               const std::optional<core::Currency>& currency) {
  std::vector<std::string> names;
  for (const fleet::StrategySetup& each : setups) names.push_back(each.strategy.name);
  return parse_goal(text, names, setups.front().horizon, setups, currency);
}

}  // namespace fleetrace::study
