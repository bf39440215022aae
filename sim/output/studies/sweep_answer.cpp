#include <algorithm>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/study_parts.hpp"
#include "sim/output/studies/sweep.hpp"
#include "sim/output/table/text.hpp"

/// Who wins how many points of a grid, in a sentence.
namespace fleetrace::output {
namespace {

using study::Axis;
using study::Comparison;

constexpr std::size_t kMostNamed = 6;

/// The points that a strategy wins.
struct Wins {
  std::string name;
  std::vector<std::size_t> points;
};

std::vector<Wins> wins_of(const SweepReport& report) {
  std::vector<Wins> all;
  for (const std::string& name : sweep_strategies(report)) all.push_back({core::printable(name), {}});
  for (std::size_t i = 0; i < report.points.size(); ++i) {
    if (!report.points[i].best) continue;
    const std::string name = sweep_winner(report.points[i]);
    std::find_if(all.begin(), all.end(), [&name](const Wins& each) { return each.name == name; })->points.push_back(i);
  }
  std::erase_if(all, [](const Wins& each) { return each.points.empty(); });
  std::stable_sort(all.begin(), all.end(),
                   [](const Wins& a, const Wins& b) { return a.points.size() > b.points.size(); });
  return all;
}

/// The values of one axis among which all of some points lie.
struct Stretch {
  std::size_t axis = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  double share = 1;  ///< of the values of the axis
};

/// The stretch that says most of where the points lie; empty where they reach over every axis.
std::optional<Stretch> narrowest(const SweepReport& report, const std::vector<std::size_t>& points) {
  std::optional<Stretch> best;
  for (std::size_t k = 0; k < report.axes.size(); ++k) {
    Stretch here{k, report.axes[k].values.size(), 0, 1};
    for (const std::size_t point : points) {
      const std::size_t at = study::grid_position(report.axes, point)[k];
      here.first = std::min(here.first, at);
      here.last = std::max(here.last, at);
    }
    here.share = static_cast<double>(here.last - here.first + 1) / static_cast<double>(report.axes[k].values.size());
    if (here.share < 1 && (!best || here.share < best->share)) best = here;
  }
  return best;
}

/// ", only where horizon length is 1 yr to 2 yr".
std::string where(const SweepReport& report, const Wins& wins) {
  const std::optional<Stretch> stretch = narrowest(report, wins.points);
  if (!stretch) return {};
  const Axis& axis = report.axes[stretch->axis];
  std::string text = ", only where " + sweep_labels(report)[stretch->axis] + " is " +
                     core::printable(axis.values[stretch->first]);
  if (stretch->last > stretch->first) text += " to " + core::printable(axis.values[stretch->last]);
  return text;
}

}  // namespace

std::string answer(const SweepReport& report) {
  const bool is_target = fleet::info(report.objective).needs_target;
  std::size_t open = 0;
  std::size_t tied = 0;
  std::size_t without = 0;
  for (const Comparison& point : report.points) {
    if (!point.best) ++(point.leader ? open : point.tied.empty() ? without : tied);
  }
  const auto size = static_cast<std::int64_t>(report.points.size());
  const std::string all = report.axes.size() == 1
                              ? counted(size, "value", "values") + " of " + sweep_labels(report).front()
                              : counted(size, "combination", "combinations");
  const std::vector<Wins> wins = wins_of(report);
  std::string text;
  for (std::size_t i = 0; i < wins.size() && i < kMostNamed; ++i) {
    const std::string count = std::to_string(wins[i].points.size());
    if (i > 0) {
      text += "; " + wins[i].name + " wins " + count + where(report, wins[i]);
      continue;
    }
    const bool is_all = wins[i].points.size() == report.points.size();
    text = wins[i].name + " wins ";
    text += is_all ? "all " : count + " of ";
    text += all + (fleet::info(report.objective).lower_is_better ? " (lowest " : " (highest ") +
            objective_words(report.objective) + ')';
  }
  if (wins.size() > kMostNamed) text += "; " + std::to_string(wins.size() - kMostNamed) + " more strategies win some";
  const std::pair<std::size_t, std::string> others[] = {
      {open, "undecided"},
      {tied, "tied"},
      {without, is_target ? "without a strategy that reaches the target" : "without a strategy that buys compute"}};
  for (const auto& [count, words] : others) {
    if (count == 0) continue;
    text += text.empty() ? "Of " + all + ' ' : "; ";
    text += std::to_string(count) + ' ' + words;
  }
  return text + '.';
}

}  // namespace fleetrace::output
