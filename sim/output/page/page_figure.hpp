#pragma once

#include <string>
#include <vector>

#include "sim/api/race.hpp"
#include "sim/output/page/svg.hpp"
#include "sim/output/page/svg_cells.hpp"
#include "sim/output/page/svg_rows.hpp"
#include "sim/output/table/table.hpp"

/// Figures of a page: a chart with its legend and its data. Also what the charts of all pages have in common.
namespace fleetrace::output::page {

/// An item of a legend.
struct Key {
  std::string css_class;
  std::string name;
  bool is_area = false;
};

/// A chart with its legend, and the same data as a table that can be unfolded. The chart stands on the page as SVG for everybody,
/// and as data for the script that draws it anew where there is one.
template <class Picture>
struct FigureOf {
  Picture chart;
  std::string note;       ///< A sentence below the title; may be empty.
  std::vector<Key> keys;  ///< The legend; empty where the names stand in the picture.
  Table data;             ///< The data; empty where a table elsewhere on the page has them.
};
using Figure = FigureOf<Chart>;
using RowsFigure = FigureOf<RowsChart>;
using CellsFigure = FigureOf<CellsChart>;

[[nodiscard]] std::string to_html(const Figure& figure);
[[nodiscard]] std::string to_html(const RowsFigure& figure);
[[nodiscard]] std::string to_html(const CellsFigure& figure);
/// Takes from the legend the areas whose names stand in the picture.
void keep_unnamed(Figure& figure);
/// Figures that stand side by side where there is room.
[[nodiscard]] std::string charts_html(const std::vector<std::string>& figures);

/// A table that scrolls by itself where the screen is narrow. Of a long one ten rows stand there, and all of them unfold.
[[nodiscard]] std::string scrolling(const Table& table, std::string_view caption);
/// The same with all rows at once.
[[nodiscard]] std::string whole(const Table& table, std::string_view caption);

/// The strategies that charts show: all of them, or those with the lowest final loss where there are too many to tell apart.
[[nodiscard]] std::vector<std::size_t> drawn_strategies(const Run& run);

/// The samples of a series that a table shows: all of a short series, else evenly chosen ones with the first and the last.
[[nodiscard]] std::vector<std::size_t> table_rows(std::size_t samples);

/// How many strategies stand out of more than there are colours.
inline constexpr std::size_t kHighlighted = 3;

/// Those of them that stand out, by colour and name: all of a few, else the three with the lowest final loss.
[[nodiscard]] std::vector<std::size_t> highlighted_strategies(const Run& run);
/// The classes of a strategy's line; "rest" where it does not stand out.
[[nodiscard]] std::string strategy_class(const Run& run, std::size_t strategy);

/// The colour that a strategy has on all of a page: of a few strategies each has its own; of many those that stand out in the charts of
/// a race keep theirs, those that lead in a figure have another, and all others are grey.
class StrategyColours {
 public:
  /// `leaders` are the strategies that lead in the figures that are coloured, the best first.
  StrategyColours(const Run& run, const std::vector<std::string>& leaders);
  /// The class of a bar or a dot: "c2", or "base" for grey.
  [[nodiscard]] std::string of(const std::string& strategy) const;
  /// The class of a line: "rest" for grey.
  [[nodiscard]] std::string line(const std::string& strategy) const;

 private:
  std::vector<std::string> coloured_;  ///< by colour
};

/// A date, "2026-04-30"; in a short race with hours and minutes.
[[nodiscard]] std::string date_of(core::Time time, const fleet::Horizon& horizon);
/// The axis of dates from the start of a race to its end.
[[nodiscard]] Axis horizon_axis(const fleet::Horizon& horizon);
/// The time between two samples of the series, "30.4 days".
[[nodiscard]] std::string sampling(const Run& run);

/// A quantity that a chart shows over time for each strategy.
struct Measured {
  std::string id;
  std::string title;
  std::string unit;  ///< Unit that stands above the axis.
  std::string note;
  Axis y;
  double scale = 1;                                 ///< Size of the axis's unit, in the unit of `value`.
  double (*value)(const fleet::Sample&) = nullptr;  ///< Reads the quantity from a sample.
  std::string (*number)(double) = nullptr;          ///< Writes a value, in the axis's unit, for the table.
};
/// The chart of that quantity, with a line for each strategy that is drawn.
[[nodiscard]] Figure over_time(const Run& run, const Measured& measured);

/// The largest value over all samples of the strategies that are drawn.
[[nodiscard]] double largest_sample(const Run& run, double (*value)(const fleet::Sample&));

}  // namespace fleetrace::output::page
