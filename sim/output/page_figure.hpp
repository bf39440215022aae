#pragma once

#include <string>
#include <vector>

#include "fleetrace/output/run.hpp"
#include "fleetrace/output/text_table.hpp"
#include "svg.hpp"
#include "svg_cells.hpp"
#include "svg_rows.hpp"

/// What charts of a page have in common.
namespace fleetrace::output::page {

struct Key {
  std::string css_class;
  std::string name;
  bool is_area = false;
};

/// A chart with its legend, and the same data as a table that can be unfolded: as SVG for everybody, and as data for the
/// script that draws it anew where there is one.
template <class Picture>
struct FigureOf {
  Picture chart;
  std::string note;       ///< below the title; may be empty
  std::vector<Key> keys;  ///< empty where names stand in the picture
  TextTable data;         ///< empty where a table stands elsewhere on the page
};
using Figure = FigureOf<Chart>;
using RowsFigure = FigureOf<RowsChart>;
using CellsFigure = FigureOf<CellsChart>;

[[nodiscard]] std::string to_html(const Figure& figure);
[[nodiscard]] std::string to_html(const RowsFigure& figure);
[[nodiscard]] std::string to_html(const CellsFigure& figure);
/// All of them, side by side where there is room.
[[nodiscard]] std::string charts_html(const std::vector<std::string>& figures);

/// A table that scrolls by itself where the screen is narrow.
[[nodiscard]] std::string scrolling(const TextTable& table, std::string_view caption);

/// The strategies that charts show: all, or those with the lowest final loss where there are too many to tell apart.
[[nodiscard]] std::vector<std::size_t> drawn_strategies(const Run& run);

/// Instants of a series for a table: all of a short one, else evenly chosen ones with the first and the last.
[[nodiscard]] std::vector<std::size_t> table_rows(std::size_t samples);

/// "2026-04-30", with hours and minutes in a short race.
[[nodiscard]] std::string date_of(core::Time time, const fleet::Horizon& horizon);
[[nodiscard]] Axis horizon_axis(const fleet::Horizon& horizon);
/// How often the series was sampled: "30.4 days".
[[nodiscard]] std::string sampling(const Run& run);

/// One value of a sample over time, of each drawn strategy. `number` writes it for the table.
struct Measured {
  std::string id;
  std::string title;
  std::string unit;  ///< over the axis
  std::string note;
  Axis y;
  double scale = 1;  ///< what a unit of the axis is in values
  double (*value)(const fleet::Sample&) = nullptr;
  std::string (*number)(double) = nullptr;  ///< of a value in units of the axis
};
[[nodiscard]] Figure over_time(const Run& run, const Measured& measured);

/// The largest of a value over all samples of the drawn strategies.
[[nodiscard]] double largest_sample(const Run& run, double (*value)(const fleet::Sample&));

}  // namespace fleetrace::output::page
