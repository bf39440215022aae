#include "sim/output/page/page_figure.hpp"

#include <algorithm>
#include <numeric>

#include "sim/output/page/html.hpp"
#include "sim/output/page/page_json.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output::page {

std::string scrolling(const Table& table, std::string_view caption) {
  // A region that scrolls must be reachable by keyboard.
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + html_text(caption) + "\">" +
         write_html(table, caption) + "</div>\n";
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
    text += "<details>" + html_element("summary", "Data: " + chart.title) + scrolling(figure.data, chart.title) +
            "</details>";
  return text + "</div>\n" + data_html(chart) + "</figure>\n";
}

}  // namespace

std::string to_html(const Figure& figure) { return figure_html(figure); }
std::string to_html(const RowsFigure& figure) { return figure_html(figure); }
std::string to_html(const CellsFigure& figure) { return figure_html(figure); }

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

std::vector<std::size_t> table_rows(std::size_t samples) {
  static constexpr std::size_t kMost = 25;
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
  chart.x = horizon_axis(horizon);
  chart.y = measured.y;
  chart.description = "At the end (" + measured.unit + "): ";
  const std::vector<std::size_t> drawn = drawn_strategies(run);
  figure.data.add_column({"date", Align::left});
  for (const std::size_t i : drawn) {
    const fleet::Outcome& outcome = run.outcomes[i];
    const std::string name = shown_name(outcome);
    Line line{line_class(i), {}, name};
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
