#include "sim/output/page/page_figure.hpp"

#include <algorithm>
#include <numeric>

#include "sim/output/page/html.hpp"
#include "sim/output/page/page_json.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output::page {

namespace {

std::string region(const Table& table, std::string_view caption, std::string_view name) {
  // A region that scrolls must be reachable by keyboard.
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + html_text(name) + "\">" +
         write_html(table, caption) + "</div>\n";
}

}  // namespace

std::string whole(const Table& table, std::string_view caption) { return region(table, caption, caption); }

std::string scrolling(const Table& table, std::string_view caption) {
  static constexpr std::size_t kMost = 500;
  const std::size_t rows = table.rows().size();
  if (rows <= kShortTable) return whole(table, caption);
  Table most(table.columns());
  for (std::size_t i = 0; i < rows && i < kMost; ++i) most.add_row(table.rows()[i]);
  const std::string all = rows > kMost ? std::to_string(kMost) + " of " + grouped(static_cast<std::int64_t>(rows)) +
                                             " rows; results.json has all"
                                       : "All " + std::to_string(rows) + " rows";
  return region(first_rows(table), std::string(caption) + " (the first " + std::to_string(kFirstRows) + ")", caption) +
         "<details>" + html_element("summary", all) + region(most, caption, all + ": " + std::string(caption)) +
         "</details>\n";
}

namespace {

template <class Picture>
std::string figure_html(const FigureOf<Picture>& figure) {
  const Picture& chart = figure.chart;
  std::string text = "<figure id=\"" + chart.id + "\">\n<figcaption>" + html_element("h3", chart.title);
  if (!figure.note.empty()) text += html_element("p", figure.note);
  text += "</figcaption>\n<ul class=\"legend\">";
  for (const Key& key : figure.keys)
    text += "<li>" + (key.is_area ? area_key(key.css_class) : line_key(key.css_class)) + html_text(key.name) + "</li>";
  text += "</ul>\n<div class=\"picture\">" + svg(chart) + "</div>\n<div class=\"tools\">";
  if (!figure.data.empty())
    text += "<details>" + html_element("summary", "Data: " + chart.title) + whole(figure.data, "Data: " + chart.title) +
            "</details>";
  return text + "</div>\n" + data_html(chart) + "</figure>\n";
}

}  // namespace

std::string to_html(const Figure& figure) { return figure_html(figure); }
std::string to_html(const RowsFigure& figure) { return figure_html(figure); }
std::string to_html(const CellsFigure& figure) { return figure_html(figure); }

void keep_unnamed(Figure& figure) {
  const std::vector<AreaName> names = area_names(figure.chart);
  const auto is_named = [&](const Key& key) {
    return std::any_of(names.begin(), names.end(),
                       [&](const AreaName& each) { return figure.chart.areas[each.area].name == key.name; });
  };
  figure.keys.erase(std::remove_if(figure.keys.begin(), figure.keys.end(), is_named), figure.keys.end());
}

std::string charts_html(const std::vector<std::string>& figures) {
  if (figures.empty()) return {};
  std::string text = "<div class=\"charts\">\n";
  for (const std::string& figure : figures) text += figure;
  return text + "</div>\n";
}

std::vector<std::size_t> drawn_strategies(const Run& run) {
  static constexpr std::size_t kMost = 12;
  std::vector<std::size_t> which(run.outcomes.size());
  std::iota(which.begin(), which.end(), std::size_t{0});
  if (which.size() <= kMost) return which;
  std::stable_sort(which.begin(), which.end(), [&run](std::size_t a, std::size_t b) {
    return run.outcomes[a].final.relative_loss < run.outcomes[b].final.relative_loss;
  });
  which.resize(kMost);
  std::sort(which.begin(), which.end());
  return which;
}

std::vector<std::size_t> highlighted_strategies(const Run& run) {
  std::vector<std::size_t> which = drawn_strategies(run);
  if (run.outcomes.size() <= kColours) return which;
  std::stable_sort(which.begin(), which.end(), [&run](std::size_t a, std::size_t b) {
    return run.outcomes[a].final.relative_loss < run.outcomes[b].final.relative_loss;
  });
  which.resize(kHighlighted);
  std::sort(which.begin(), which.end());
  return which;
}

std::string strategy_class(const Run& run, std::size_t strategy) {
  if (run.outcomes.size() <= kColours) return line_class(strategy);
  const std::vector<std::size_t> which = highlighted_strategies(run);
  const auto found = std::find(which.begin(), which.end(), strategy);
  return found == which.end() ? "rest" : line_class(static_cast<std::size_t>(found - which.begin()));
}

StrategyColours::StrategyColours(const Run& run, const std::vector<std::string>& leaders) {
  for (const std::size_t i : highlighted_strategies(run)) coloured_.push_back(run.outcomes[i].strategy);
  if (run.outcomes.size() <= kColours) return;
  for (std::size_t i = 0; i < leaders.size() && i < kHighlighted; ++i) {
    if (std::find(coloured_.begin(), coloured_.end(), leaders[i]) == coloured_.end()) coloured_.push_back(leaders[i]);
  }
}

std::string StrategyColours::of(const std::string& strategy) const {
  const auto found = std::find(coloured_.begin(), coloured_.end(), strategy);
  const auto place = static_cast<std::size_t>(found - coloured_.begin());
  return found == coloured_.end() ? "base" : 'c' + std::to_string(place % kColours);
}

std::string StrategyColours::line(const std::string& strategy) const {
  const auto found = std::find(coloured_.begin(), coloured_.end(), strategy);
  return found == coloured_.end() ? "rest" : line_class(static_cast<std::size_t>(found - coloured_.begin()));
}

std::vector<std::size_t> table_rows(std::size_t samples) {
  static constexpr std::size_t kMost = 13;
  std::vector<std::size_t> rows;
  const std::size_t steps = std::min(samples, kMost) - 1;
  if (steps == 0) return {0};
  for (std::size_t i = 0; i <= steps; ++i) rows.push_back(i * (samples - 1) / steps);
  return rows;
}

std::string date_of(core::Time time, const fleet::Horizon& horizon) {
  const std::string full = core::to_iso8601(time);
  const std::size_t date = full.find('T');
  const bool is_short = horizon.end - horizon.start <= core::kDay * 60;
  return is_short ? full.substr(0, date) + ' ' + full.substr(date + 1, 5) : full.substr(0, date);
}

Axis horizon_axis(const fleet::Horizon& horizon) { return date_axis(horizon.start, horizon.end, 5); }

std::string sampling(const Run& run) {
  const auto every = static_cast<double>(run.setups.front().horizon.sample_every.milliseconds());
  const auto day = static_cast<double>(core::kDay.milliseconds());
  return every >= day ? rough(every / day) + " days" : rough(every * 24 / day) + " h";
}

Figure over_time(const Run& run, const Measured& measured) {
  const fleet::Horizon& horizon = run.setups.front().horizon;
  Figure figure;
  figure.note = measured.note;
  Chart& chart = figure.chart;
  chart.id = measured.id;
  chart.title = measured.title;
  chart.y_title = measured.unit;
  chart.unit = measured.unit == "relative loss" ? "" : measured.unit;
  chart.x = horizon_axis(horizon);
  chart.y = measured.y;
  chart.description = "At the end (" + measured.unit + "): ";
  const std::vector<std::size_t> drawn = drawn_strategies(run);
  figure.data.add_column({"date", Align::left});
  for (const std::size_t i : drawn) {
    const fleet::Outcome& outcome = run.outcomes[i];
    const std::string name = shown_name(outcome);
    Line line{strategy_class(run, i), {}, name};
    for (const fleet::Sample& sample : outcome.series) {
      const double value = measured.value(sample) / measured.scale;
      // Nothing has no place on a logarithmic axis.
      if (chart.y.kind == Axis::Kind::logarithmic && value <= 0) continue;
      line.points.push_back({static_cast<double>(sample.time.milliseconds()), value});
    }
    const std::string last = measured.number(measured.value(outcome.series.back()) / measured.scale);
    chart.description.append(i == drawn.front() ? "" : ", ").append(name).append(1, ' ').append(last);
    figure.data.add_column({.heading = name, .unit = measured.unit});
    chart.lines.push_back(std::move(line));
  }
  chart.description += '.';
  for (const std::size_t row : table_rows(run.outcomes.front().series.size())) {
    Table::Row cells{date_of(run.outcomes.front().series[row].time, horizon)};
    for (const std::size_t i : drawn)
      cells.emplace_back(measured.number(measured.value(run.outcomes[i].series[row]) / measured.scale));
    figure.data.add_row(std::move(cells));
  }
  return figure;
}

double largest_sample(const Run& run, double (*value)(const fleet::Sample&)) {
  double most = 0;
  for (const std::size_t i : drawn_strategies(run)) {
    for (const fleet::Sample& sample : run.outcomes[i].series) most = std::max(most, value(sample));
  }
  return most;
}

}  // namespace fleetrace::output::page
