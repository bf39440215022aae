#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/studies/axis_column.hpp"
#include "sim/output/studies/input_label.hpp"
#include "sim/output/studies/study_parts.hpp"
#include "sim/output/studies/sweep.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

using study::Axis;
using study::Comparison;
using study::StrategyStanding;

constexpr std::string_view kUndecided = "?";
constexpr std::string_view kTied = "=";
constexpr std::string_view kNobody = "-";

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

/// "?" where the evidence does not tell, "=" where several are tied, "-" where no strategy has a value.
std::string winner(const Comparison& point) {
  if (point.best) return core::printable(point.strategies[*point.best].name);
  if (point.leader) return std::string(kUndecided);
  return std::string(point.tied.empty() ? kNobody : kTied);
}

ObjectiveScale scale_of(const SweepReport& report) {
  double most = 0;
  for (const Comparison& point : report.points) {
    for (const StrategyStanding& each : point.strategies) {
      if (std::isfinite(each.objective.mean)) most = std::max(most, std::fabs(each.objective.mean));
    }
  }
  return {report.objective, most};
}

/// The strategies, those that win most points first.
std::vector<std::string> winners(const SweepReport& report) {
  const auto wins = [&report](const std::string& name) {
    return std::count_if(report.points.begin(), report.points.end(), [&name](const Comparison& point) {
      return point.best && point.strategies[*point.best].name == name;
    });
  };
  std::vector<std::pair<std::ptrdiff_t, std::string>> won;
  for (const std::string& name : strategies(report)) won.emplace_back(wins(name), name);
  std::stable_sort(won.begin(), won.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> names;
  names.reserve(won.size());
  for (auto& each : won) names.push_back(std::move(each.second));
  return names;
}

/// The strategies that a table has room for: all of a few, else those that win most.
std::vector<std::string> shown_strategies(const SweepReport& report) {
  std::vector<std::string> names = strategies(report);
  if (names.size() <= kShortTable) return names;
  names = winners(report);
  names.resize(kFirstRows);
  return names;
}

/// A row a point: its values, every strategy's mean, the winner.
Table long_table(const SweepReport& report) {
  const ObjectiveScale scale = scale_of(report);
  const std::vector<std::string> names = shown_strategies(report);
  Table table;
  const std::vector<AxisColumn> axes = axis_columns(report.axes);
  const std::vector<std::string> labels = sweep_labels(report);
  for (std::size_t k = 0; k < axes.size(); ++k)
    table.add_column({.heading = labels[k], .align = Align::left, .unit = axes[k].unit()});
  for (const std::string& name : names) table.add_column({.heading = core::printable(name), .unit = scale.unit()});
  table.add_column({"winner", Align::left});
  if (report.has_chance) table.add_column({"best\nin"});
  for (std::size_t i = 0; i < report.points.size(); ++i) {
    const Comparison& point = report.points[i];
    const std::vector<std::size_t> position = study::grid_position(report.axes, i);
    Table::Row row;
    for (std::size_t k = 0; k < position.size(); ++k) row.push_back(axes[k].cell(position[k]));
    for (const std::string& name : names) {
      const auto has_name = [&name](const StrategyStanding& each) { return each.name == name; };
      const auto found = std::find_if(point.strategies.begin(), point.strategies.end(), has_name);
      const bool is_there = found != point.strategies.end();
      const bool is_best = is_there && point.best == static_cast<std::size_t>(found - point.strategies.begin());
      row.push_back(is_there ? scale.cell(found->objective.mean).best_if(is_best) : Cell::none());
    }
    row.emplace_back(winner(point));
    if (report.has_chance)
      row.push_back(point.leader ? Cell(percent(point.strategies[*point.leader].p_best)) : Cell::none());
    table.add_row(std::move(row));
  }
  return table;
}

/// Winners of two axes. With short names cells hold letters: A for the first strategy.
Table winner_map(const SweepReport& report, bool with_letters) {
  const std::vector<std::string> names = strategies(report);
  const Axis& down = report.axes[0];
  const Axis& across = report.axes[1];
  Table table;
  const AxisColumn rows(down);
  table.add_column({.heading = sweep_labels(report).front(), .align = Align::left, .unit = rows.unit()});
  for (const std::string& value : across.values) table.add_column({core::printable(value), Align::left});
  for (std::size_t i = 0; i < down.values.size(); ++i) {
    Table::Row row{rows.cell(i)};
    for (std::size_t k = 0; k < across.values.size(); ++k) {
      const Comparison& point = report.points[i * across.values.size() + k];
      std::string cell = winner(point);
      if (with_letters && point.best) {
        const auto found = std::find(names.begin(), names.end(), point.strategies[*point.best].name);
        cell = std::string(1, static_cast<char>('A' + (found - names.begin())));
      }
      row.emplace_back(std::move(cell));
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

/// Whether the spreads are short enough to be read below the table of winners.
bool shows_spreads(const SweepReport& report) {
  static constexpr std::size_t kMost = 40;
  return report.has_chance && !is_map(report) && report.points.size() * strategies(report).size() <= kMost;
}

std::vector<std::string> notes(const SweepReport& report) {
  const fleet::MetricInfo& info = fleet::info(report.objective);
  std::vector<std::string> result;
  if (is_map(report)) {
    result.push_back("Down: " + labelled(report.axes[0].path) + "; across: " + labelled(report.axes[1].path) +
                     ". Each cell names who wins there.");
  } else {
    std::string paths;
    for (const Axis& axis : report.axes) paths += (paths.empty() ? "" : ", ") + labelled(axis.path);
    result.push_back((report.axes.size() == 1 ? "The input and its path: " : "The inputs and their paths: ") + paths +
                     '.');
  }
  if (const std::size_t all = strategies(report).size(); all > kShortTable && !is_map(report))
    result.push_back("The " + std::to_string(kFirstRows) + " strategies that win most are shown; " +
                     std::to_string(all - kFirstRows) + " more in results.json.");
  const auto has = [&report](std::string_view sign) {
    return std::any_of(report.points.begin(), report.points.end(),
                       [sign](const Comparison& point) { return !point.best && winner(point) == sign; });
  };
  if (has(kUndecided))
    result.push_back("? where the evidence does not tell the leaders apart at " + percent(report.confidence) +
                     " confidence.");
  if (has(kTied)) result.emplace_back("= where the best are tied: they differ by less than arithmetic can tell.");
  if (has(kNobody)) {
    result.emplace_back(info.needs_target ? "- where no strategy reaches the target."
                                          : "- where no strategy buys compute.");
  }
  const bool lacks_values = std::any_of(report.points.begin(), report.points.end(), [](const Comparison& point) {
    return std::any_of(point.strategies.begin(), point.strategies.end(),
                       [&point](const StrategyStanding& each) { return each.valued < point.replications; });
  });
  if (lacks_values && (report.has_chance || !info.needs_target || report.objective == fleet::Metric::time_to_target)) {
    result.emplace_back(
        report.objective == fleet::Metric::time_to_target
            ? "Means are restricted: where the target is not reached, the horizon counts. target_reached "
              "in CSV and JSON says how often it is."
            : "Means speak of the replications that have a value; mean_replications in CSV and JSON says "
              "how many. Who has none is worse than who has.");
  }
  if (report.has_chance) {
    result.push_back(std::string(shows_spreads(report) ? "" : "Means are shown, not single futures: ") +
                     "P10, P50, P90 (a tenth, half and nine tenths of the futures lie at or below)" +
                     (shows_spreads(report) ? " are of single futures; the interval is of the mean alone."
                                            : " are quantile_10, median and quantile_90 in CSV and JSON."));
  }
  result.push_back("Objective: " + objective_words(info.metric) + ", " + std::string(info.summary) + "; " +
                   (info.lower_is_better ? "lower" : "higher") + " is better.");
  result.push_back(report.reference
                       ? "Every point is measured against C0 = " + rough(*report.reference) +
                             " FLOP, that of the scenario without the values of the grid."
                       : "Each point is measured against the C0 that it states, or against its own first year.");
  std::size_t most = 1;
  for (const Comparison& point : report.points) most = std::max(most, point.replications);
  result.push_back(core::printable(report.name) + ": " +
                   (report.has_chance ? "seed " + std::to_string(report.seed) + ", " +
                                            counted(static_cast<std::int64_t>(most), "replication", "replications") +
                                            " a point, all on the same draws."
                                      : "no randomness, so that the result is exact, given the assumptions."));
  return result;
}

}  // namespace

std::vector<std::string> sweep_labels(const SweepReport& report) {
  std::vector<std::string> paths;
  for (const Axis& axis : report.axes) paths.push_back(axis.path);
  return input_labels(paths);
}

std::vector<std::string> sweep_strategies(const SweepReport& report) { return strategies(report); }
std::vector<std::string> sweep_winners(const SweepReport& report) { return winners(report); }
std::string sweep_winner(const Comparison& point) { return winner(point); }
Table sweep_points(const SweepReport& report) { return long_table(report); }
Table sweep_map(const SweepReport& report) { return winner_map(report, false); }
ObjectiveScale sweep_scale(const SweepReport& report) { return scale_of(report); }
std::vector<std::string> sweep_notes(const SweepReport& report) { return notes(report); }

std::string sweep_table(const SweepReport& report, const TableStyle& style) {
  std::string text = core::wrapped(answer(report), style.width) + '\n';
  if (is_map(report)) {
    constexpr std::size_t kLetters = 26;
    const std::vector<std::string> names = strategies(report);
    const Table spelled = winner_map(report, false);
    const bool with_letters = !fits(spelled, style.width) && names.size() <= kLetters;
    text += with_letters
                ? write_text(winner_map(report, true), style) + '\n' + core::wrapped(legend(names), style.width)
                : write_text(spelled, style) + '\n';
  } else {
    text += write_text(long_table(report), style) + '\n';
    if (shows_spreads(report)) text += write_text(sweep_spreads(report), style) + '\n';
  }
  for (const std::string& note : with_note(notes(report), report.money)) text += core::wrapped(note, style.width);
  return text;
}

std::string sweep_markdown(const SweepReport& report) {
  std::string text = markdown_text(answer(report)) + "\n\n";
  text += write_markdown(is_map(report) ? winner_map(report, false) : long_table(report)) + '\n';
  if (shows_spreads(report)) text += write_markdown(sweep_spreads(report)) + '\n';
  for (const std::string& note : with_note(notes(report), report.money)) text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
