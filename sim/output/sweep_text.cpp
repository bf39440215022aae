#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/sweep.hpp"
#include "fleetrace/output/text.hpp"
#include "fleetrace/output/text_table.hpp"
#include "study_parts.hpp"

namespace fleetrace::output {
namespace {

using study::Axis;
using study::Comparison;
using study::StrategyStanding;

constexpr std::string_view kUndecided = "?";

/// All strategies of all points, in the order in which they appear.
std::vector<std::string> strategies(const SweepReport& report) {
  std::vector<std::string> names;
  for (const Comparison& point : report.points) {
    for (const StrategyStanding& each : point.strategies) {
      if (std::find(names.begin(), names.end(), each.name) == names.end()) names.push_back(each.name);
    }
  }
  return names;
}

/// "?" where the evidence does not tell.
std::string winner(const Comparison& point) {
  return point.best ? core::printable(point.strategies[*point.best].name) : std::string(kUndecided);
}

ObjectiveScale scale_of(const SweepReport& report) {
  double most = 0;
  for (const Comparison& point : report.points) {
    for (const StrategyStanding& each : point.strategies) most = std::max(most, std::fabs(each.objective.mean));
  }
  return {report.objective, most};
}

/// A row a point: its values, every strategy's mean, the winner.
TextTable long_table(const SweepReport& report) {
  const ObjectiveScale scale = scale_of(report);
  const std::vector<std::string> names = strategies(report);
  const std::string unit = scale.unit().empty() ? "" : '\n' + scale.unit();
  TextTable table;
  for (const Axis& axis : report.axes) table.add_column({core::printable(axis.path), false});
  for (const std::string& name : names) table.add_column({core::printable(name) + unit});
  table.add_column({"winner", false});
  if (report.has_chance) table.add_column({"best\nin"});
  for (std::size_t i = 0; i < report.points.size(); ++i) {
    const Comparison& point = report.points[i];
    const std::vector<std::size_t> position = study::grid_position(report.axes, i);
    std::vector<TextTable::Cell> row;
    for (std::size_t k = 0; k < position.size(); ++k)
      row.push_back({core::printable(report.axes[k].values[position[k]])});
    for (const std::string& name : names) {
      const auto has_name = [&name](const StrategyStanding& each) { return each.name == name; };
      const auto found = std::find_if(point.strategies.begin(), point.strategies.end(), has_name);
      const bool is_there = found != point.strategies.end();
      const bool is_best = is_there && point.best == static_cast<std::size_t>(found - point.strategies.begin());
      row.push_back({is_there ? scale.number(found->objective.mean) : "-", is_best});
    }
    row.push_back({winner(point)});
    if (report.has_chance) row.push_back({percent(point.strategies[point.leader].p_best)});
    table.add_row(std::move(row));
  }
  return table;
}

/// Winners of two axes. With short names cells hold letters: A for the first strategy.
TextTable winner_map(const SweepReport& report, bool with_letters) {
  const std::vector<std::string> names = strategies(report);
  const Axis& down = report.axes[0];
  const Axis& across = report.axes[1];
  TextTable table;
  table.add_column({core::printable(down.path), false});
  for (const std::string& value : across.values) table.add_column({core::printable(value), false});
  for (std::size_t i = 0; i < down.values.size(); ++i) {
    std::vector<TextTable::Cell> row{{core::printable(down.values[i])}};
    for (std::size_t k = 0; k < across.values.size(); ++k) {
      const Comparison& point = report.points[i * across.values.size() + k];
      std::string cell = winner(point);
      if (with_letters && point.best) {
        const auto found = std::find(names.begin(), names.end(), point.strategies[*point.best].name);
        cell = std::string(1, static_cast<char>('A' + (found - names.begin())));
      }
      row.push_back({std::move(cell)});
    }
    table.add_row(std::move(row));
  }
  return table;
}

std::string legend(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i > 0 ? ", " : "") + std::string(1, static_cast<char>('A' + i)) + " " + core::printable(names[i]);
  return text + '.';
}

bool is_map(const SweepReport& report) { return report.axes.size() == 2; }

std::vector<std::string> notes(const SweepReport& report) {
  const fleet::MeasureInfo& info = fleet::info(report.objective);
  std::vector<std::string> result;
  if (is_map(report)) {
    result.push_back("Down: " + core::printable(report.axes[0].path) +
                     "; across: " + core::printable(report.axes[1].path) + ". Each cell names who wins there.");
  }
  const bool is_open = std::any_of(report.points.begin(), report.points.end(),
                                   [](const Comparison& point) { return !point.best; });
  if (is_open) {
    result.push_back(report.has_chance ? "? where the evidence does not tell the leaders apart at " +
                                             percent(report.confidence) + " confidence: more replications may."
                                       : "? where the leaders do not differ.");
  }
  result.push_back("Objective: " + std::string(info.name) + ", " + std::string(info.summary) + "; " +
                   (info.lower_is_better ? "lower" : "higher") + " is better.");
  std::size_t most = 1;
  for (const Comparison& point : report.points) most = std::max(most, point.replications);
  result.push_back(core::printable(report.name) + ": " +
                   (report.has_chance ? "seed " + std::to_string(report.seed) + ", " +
                                            counted(static_cast<std::int64_t>(most), "replication", "replications") +
                                            " a point, all on the same draws."
                                      : "nothing is random, so that one replication a point says everything."));
  return result;
}

}  // namespace

std::vector<std::string> sweep_strategies(const SweepReport& report) { return strategies(report); }
TextTable sweep_points(const SweepReport& report) { return long_table(report); }
TextTable sweep_map(const SweepReport& report) { return winner_map(report, false); }
ObjectiveScale sweep_scale(const SweepReport& report) { return scale_of(report); }
std::vector<std::string> sweep_notes(const SweepReport& report) { return notes(report); }

std::string answer(const SweepReport& report) {
  struct Count {
    std::string name;
    std::size_t points = 0;
  };
  std::vector<Count> counts;
  for (const std::string& name : strategies(report)) counts.push_back({core::printable(name)});
  std::size_t open = 0;
  for (const Comparison& point : report.points) {
    if (!point.best) {
      ++open;
      continue;
    }
    const std::string name = winner(point);
    std::find_if(counts.begin(), counts.end(), [&name](const Count& each) { return each.name == name; })->points += 1;
  }
  std::stable_sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) { return a.points > b.points; });
  const std::string all = counted(static_cast<std::int64_t>(report.points.size()), "point", "points");
  std::string text;
  for (const Count& each : counts) {
    if (each.points == 0) continue;
    text += text.empty()
                ? each.name + " has the " + (fleet::info(report.objective).lower_is_better ? "lowest " : "highest ") +
                      objective_words(report.objective) + " at " + std::to_string(each.points) + " of " + all
                : ", " + each.name + " at " + std::to_string(each.points);
  }
  if (text.empty()) return "Undecided at every one of " + all + '.';
  return text + (open > 0 ? "; " + std::to_string(open) + " undecided." : ".");
}

std::string sweep_table(const SweepReport& report, const TableStyle& style) {
  std::string text = wrapped(answer(report), style.width) + '\n';
  if (is_map(report)) {
    constexpr std::size_t kLetters = 26;
    const std::vector<std::string> names = strategies(report);
    const TextTable spelled = winner_map(report, false);
    const bool with_letters = !spelled.fits(style.width) && names.size() <= kLetters;
    text += with_letters
                ? winner_map(report, true).plain(style.width, style.bold) + '\n' + wrapped(legend(names), style.width)
                : spelled.plain(style.width, style.bold) + '\n';
  } else {
    text += long_table(report).plain(style.width, style.bold) + '\n';
  }
  for (const std::string& note : notes(report)) text += wrapped(note, style.width);
  return text;
}

std::string sweep_markdown(const SweepReport& report) {
  std::string text = markdown_text(answer(report)) + "\n\n";
  text += (is_map(report) ? winner_map(report, false) : long_table(report)).markdown() + '\n';
  for (const std::string& note : notes(report)) text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
