#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/studies/input_label.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/solve_parts.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/in_words.hpp"

/// The sentences of a solution.
namespace fleetrace::output {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// "a budget", "an electricity price".
std::string with_article(const std::string& words) {
  const bool is_vowel = std::string_view("aeiou").find(words.front()) != std::string_view::npos;
  return (is_vowel ? "an " : "a ") + words;
}

/// A number of a result in words, without its unit: "relative loss", "energy of site main".
std::string number_words(const fleet::ResultNumber& number) {
  static constexpr std::string_view kFinal = "final.";
  std::string path = number.path();
  if (path.substr(0, kFinal.size()) == kFinal) path.erase(0, kFinal.size());
  const std::string unit = core::column_name("", number.unit());
  if (unit.size() > 1 && ends_with(path, unit)) path.resize(path.size() - unit.size());
  if (path == "npv") return "net present value";
  return input_label(path);
}

/// "60 MW" of "60.0 MW": a bound is a number that somebody wrote.
std::string without_zeros(const std::string& text) {
  const std::size_t end = std::min(text.find_first_not_of("-0123456789.,"), text.size());
  std::string number = text.substr(0, end);
  if (number.find('.') != std::string::npos) {
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
  }
  return number + text.substr(end);
}

std::string bound_words(const study::Goal& goal) {
  const std::string unit = goal.unit();
  if (unit.empty()) return rough(goal.bound, 6);
  if (unit == "kWh") return without_zeros(energy_in_words(goal.bound));
  if (unit == "W") return without_zeros(power_in_words(goal.bound));
  return without_zeros(in_words(goal.bound, core::printable(unit)));
}

/// "of at most 60 MW", "above 1 GWh".
std::string relation_words(const study::Goal& goal) {
  const std::string bound = bound_words(goal);
  switch (goal.relation) {
    case study::Relation::less: return "below " + bound;
    case study::Relation::greater: return "above " + bound;
    case study::Relation::at_most: return "of at most " + bound;
    default: return "of at least " + bound;
  }
}

/// The loss of "targets.0.7.reached <= 2031-06-30"; empty where the goal is another.
std::string target_of(const study::Goal& goal) {
  static constexpr std::string_view kBefore = "targets.";
  static constexpr std::string_view kAfter = ".reached";
  const std::string path = goal.number.path();
  if (goal.is_joined() || !goal.is_upper() || path.rfind(kBefore, 0) != 0 || !ends_with(path, kAfter)) return {};
  return path.substr(kBefore.size(), path.size() - kBefore.size() - kAfter.size());
}

/// The day that the goal is about; empty where no race tells it.
std::string day_of(const SolveReport& report) {
  if (report.goal.at) return core::to_date(*report.goal.at);
  return report.at_medians.setups.empty() ? "" : core::to_date(report.at_medians.setups.front().horizon.end);
}

/// Whether the input is one of the strategy's own.
bool is_own(const SolveReport& report) {
  return report.scalar_input.path.rfind("strategies.", 0) == 0 &&
         ends_with(input_label(report.scalar_input.path), " of " + core::printable(report.strategy));
}

}  // namespace

std::string solve_input_label(const SolveReport& report) {
  std::string label = input_label(report.scalar_input.path);
  const std::string own = " of " + core::printable(report.strategy);
  if (is_own(report)) label.resize(label.size() - own.size());
  return label;
}

std::string solve_goal_label(const SolveReport& report) {
  return report.goal.is_joined() ? core::printable(report.goal.name()) : number_words(report.goal.number);
}

std::string solve_goal_words(const SolveReport& report) {
  const study::Goal& goal = report.goal;
  if (const std::string target = target_of(goal); !target.empty()) {
    return "reach a relative loss of " + target + " by " +
           core::to_date(report.scalar_input.start + core::Duration::from_years(goal.bound));
  }
  if (goal.is_joined() || goal.number.is_date()) return "meet " + core::printable(goal.source_text);
  const std::string words = number_words(goal.number);
  const bool is_loss = ends_with(words, "loss") && goal.is_upper();
  const std::string day = day_of(report);
  std::string text = is_loss ? "reach " + with_article(words) + " of " + bound_words(goal)
                             : "have " + with_article(words) + ' ' + relation_words(goal);
  if (!day.empty()) text += (is_loss ? " by " : " on ") + day;
  return text;
}

std::string solve_input_words(const SolveReport& report, double input) {
  const scenario::ScalarInput& of = report.scalar_input;
  if (of.is_date || !std::isfinite(input) || input == 0) return of.text(input);
  const double amount = core::amount_in(of.dimension, input, of.unit);
  return of.text(of.tidied(input * (std::stod(rough(amount)) / amount)));
}

std::string solve_needs(const SolveReport& report, const std::string& more) {
  const scenario::ScalarInput& of = report.scalar_input;
  const study::Solution& solution = report.solution;
  const std::string value = solve_input_words(report, solution.best.input);
  const std::string path = " (" + core::printable(of.path) + more + ')';
  const std::string strategy = core::printable(report.strategy);
  const std::string median = of.is_uncertain ? "median " : "";
  std::string label = median + solve_input_label(report);
  const std::string at_value = of.is_date ? value + (solution.rises ? " or later" : " or earlier")
                                          : (solution.rises ? "at least " : "at most ") + value;
  if (is_own(report) && !of.is_date)
    return strategy + " needs " + with_article(label) + " of " + at_value + path + " to ";
  label.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(label.front())));
  return label + " must be " + at_value + path + " for " + strategy + " to ";
}

}  // namespace fleetrace::output
