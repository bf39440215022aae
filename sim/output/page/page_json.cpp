#include "sim/output/page/page_json.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output::page {
namespace {

constexpr int kDigits = 6;
constexpr std::size_t kMostPoints = 80;  ///< of a line

/// Six digits of the twelve that results hold, so that a page that is made from its results anew rounds as the first one did.
std::string six_digits(double value) {
  if (!std::isfinite(value)) return rough(value, kDigits);
  const auto held = core::parse_number(core::format_real(value));
  return rough(held.index() == 0 ? std::get<double>(held) : value, kDigits);
}

/// The points that are kept: every k-th one, with the first and the last.
std::vector<Point> kept(const std::vector<Point>& points) {
  std::vector<Point> result;
  const std::size_t last = points.empty() ? 0 : points.size() - 1;
  const std::size_t steps = std::min(last, kMostPoints - 1);
  for (std::size_t i = 0; i < (points.empty() ? 0 : steps + 1); ++i)
    result.push_back(points[steps == 0 ? 0 : i * last / steps]);
  return result;
}

void write_x(core::JsonWriter& json, std::string_view key, const std::vector<Point>& points, bool is_dates) {
  json.begin_array(key);
  for (const Point& point : kept(points))
    is_dates ? json.integer(static_cast<std::int64_t>(point.x)) : json.number(six_digits(point.x));
  json.end_array();
}

void write_y(core::JsonWriter& json, std::string_view key, const std::vector<Point>& points) {
  json.begin_array(key);
  for (const Point& point : kept(points)) json.number(six_digits(point.y));
  json.end_array();
}

bool has_same_x(const std::vector<Point>& a, const std::vector<Point>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Point& p, const Point& q) { return p.x == q.x; });
}

/// The points whose x most series of a chart share; those of the first one.
const std::vector<Point>& shared_x(const Chart& chart) {
  static const std::vector<Point> kNone;
  if (!chart.areas.empty()) return chart.areas.front().high;
  return chart.lines.empty() ? kNone : chart.lines.front().points;
}

void write_axis(core::JsonWriter& json, std::string_view key, const Axis& axis, std::string_view title, bool is_dates) {
  json.begin_object(key);
  json.text("title", title);
  json.text("kind", is_dates ? "date" : axis.kind == Axis::Kind::logarithmic ? "log" : "number");
  for (const auto& [name, end] : {std::pair{"low", axis.low}, std::pair{"high", axis.high}}) {
    json.key(name);
    is_dates ? json.integer(static_cast<std::int64_t>(end)) : json.number(rough(end, 12));
  }
  json.end_object();
}

/// Where values lie in the picture.
void write_frame(core::JsonWriter& json, const PlotArea& area) {
  json.begin_array("frame");
  for (const double edge : {area.left, area.top, area.right, area.bottom}) json.number(rough(edge, 6));
  json.end_array();
}

/// How wide and how high a row or a cell is.
void write_size(core::JsonWriter& json, double width, double height) {
  json.begin_array("size");
  for (const double length : {width, height}) json.number(rough(length, 6));
  json.end_array();
}

/// The same JSON without the spaces between its parts.
std::string dense(const std::string& json) {
  std::string text;
  text.reserve(json.size());
  bool is_in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '\\' && is_in_text) {
      text += json.substr(i, 2);
      ++i;
      continue;
    }
    if (json[i] == '"') is_in_text = !is_in_text;
    if (is_in_text || json[i] != ' ') text += json[i];
  }
  return text;
}

/// The beginning that all kinds share.
template <class Picture>
void open(core::JsonWriter& json, std::string_view kind, const Picture& chart) {
  json.begin_object();
  json.text("kind", kind);
  write_frame(json, plot_area(chart));
}

std::string closed(core::JsonWriter& json) {
  json.end_object();
  std::string written = std::move(json).finish();
  written.pop_back();  // the newline
  return "<script type=\"application/json\" class=\"data\">" + script_safe(dense(written)) + "</script>\n";
}

}  // namespace

std::string script_safe(std::string_view json) {
  static constexpr std::string_view kSeparator = "\xe2\x80\xa8";  // U+2028; U+2029 ends in a9
  std::string text;
  text.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    switch (json[i]) {
      case '<': text += "\\u003c"; continue;
      case '>': text += "\\u003e"; continue;
      case '&': text += "\\u0026"; continue;
      case '\\':  // an escape keeps its two characters; a quote within a text is none in the page
        ++i;
        text += json[i] == '"' ? std::string("\\u0022") : std::string("\\") + json[i];
        continue;
      default: break;
    }
    const std::string_view three = json.substr(i, 3);
    if (three == kSeparator || three == "\xe2\x80\xa9") {
      text += three == kSeparator ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      text += json[i];
    }
  }
  return text;
}

std::string data_html(const Chart& chart) {
  core::JsonWriter json(core::JsonWriter::Layout::compact);
  open(json, "lines", chart);
  write_axis(json, "x", chart.x, chart.x_title, chart.is_dates);
  json.begin_object("y");
  json.text("unit", chart.unit.empty() ? chart.y_title : chart.unit);
  json.text("kind", chart.y.kind == Axis::Kind::logarithmic ? "log" : "number");
  json.key("low");
  json.number(rough(chart.y.low, 12));
  json.key("high");
  json.number(rough(chart.y.high, 12));
  json.end_object();
  const std::vector<Point>& shared = shared_x(chart);
  write_x(json, "at", shared, chart.is_dates);
  json.objects("areas", chart.areas, [&](const Area& area) {
    json.text("name", area.name);
    json.text("class", area.css_class);
    if (!has_same_x(area.low, shared)) write_x(json, "x", area.low, chart.is_dates);
    write_y(json, "low", area.low);
    write_y(json, "high", area.high);
  });
  json.objects("lines", chart.lines, [&](const Line& line) {
    json.text("name", line.name);
    json.text("class", line.css_class);
    if (!has_same_x(line.points, shared)) write_x(json, "x", line.points, chart.is_dates);
    write_y(json, "y", line.points);
  });
  return closed(json);
}

std::string data_html(const RowsChart& chart) {
  core::JsonWriter json(core::JsonWriter::Layout::compact);
  const auto number = [&](std::string_view key, double value) {
    json.key(key);
    chart.is_dates ? json.integer(static_cast<std::int64_t>(value)) : json.number(six_digits(value));
  };
  open(json, "rows", chart);
  write_axis(json, "x", chart.x, chart.x_title, chart.is_dates);
  json.begin_array("rows");
  for (const std::string& row : chart.rows) json.text(row);
  json.end_array();
  const PlotArea area = plot_area(chart);
  write_size(json, area.right - area.left, row_height(chart));
  json.objects("bars", chart.bars, [&](const Bar& bar) {
    json.integer("row", bar.row);
    number("from", bar.from);
    number("to", bar.to);
    json.text("class", bar.css_class);
    json.text("tip", bar.tip);
  });
  json.objects("dots", chart.dots, [&](const Dot& dot) {
    json.integer("row", dot.row);
    number("at", dot.at);
    json.text("class", dot.css_class);
    json.text("tip", dot.tip);
  });
  return closed(json);
}

std::string data_html(const CellsChart& chart) {
  core::JsonWriter json(core::JsonWriter::Layout::compact);
  open(json, "cells", chart);
  const auto side = [&json](std::string_view key, const std::string& title, const std::vector<std::string>& values) {
    json.begin_object(key);
    json.text("title", title);
    json.begin_array("values");
    for (const std::string& value : values) json.text(value);
    json.end_array();
    json.end_object();
  };
  const PlotArea area = plot_area(chart);
  write_size(json, (area.right - area.left) / static_cast<double>(chart.x.size()),
             (area.bottom - area.top) / static_cast<double>(chart.y.size()));
  side("x", chart.x_title, chart.x);
  side("y", chart.y_title, chart.y);
  json.objects("cells", chart.cells, [&](const MapCell& cell) {
    json.integer("x", cell.x);
    json.integer("y", cell.y);
    json.text("name", cell.name);
    json.text("class", cell.css_class);
    json.text("tip", cell.tip);
  });
  return closed(json);
}

}  // namespace fleetrace::output::page
