#include "page_json.hpp"

#include <cmath>
#include <cstdint>

#include "fleetrace/output/human.hpp"
#include "fleetrace/output/json_writer.hpp"

namespace fleetrace::output::page {
namespace {

constexpr int kDigits = 6;
constexpr std::size_t kMostPoints = 250;  ///< of a line

void text(JsonWriter& json, std::string_view key, std::string_view value) { json.key(key), json.text(value); }
void real(JsonWriter& json, std::string_view key, double value) { json.key(key), json.number(rough(value, kDigits)); }
void whole(JsonWriter& json, std::string_view key, std::size_t value) {
  json.key(key);
  json.integer(static_cast<std::int64_t>(value));
}

/// Every k-th point, with the first and the last.
template <class Write>
void column(JsonWriter& json, std::string_view key, const std::vector<Point>& points, Write write) {
  json.key(key);
  json.begin_array();
  const std::size_t last = points.empty() ? 0 : points.size() - 1;
  const std::size_t steps = std::min(last, kMostPoints - 1);
  for (std::size_t i = 0; i < (points.empty() ? 0 : steps + 1); ++i) write(points[steps == 0 ? 0 : i * last / steps]);
  json.end_array();
}

void write_x(JsonWriter& json, const std::vector<Point>& points, bool is_dates) {
  column(json, "x", points, [&](const Point& point) {
    is_dates ? json.integer(static_cast<std::int64_t>(point.x)) : json.number(rough(point.x, kDigits));
  });
}

void write_y(JsonWriter& json, std::string_view key, const std::vector<Point>& points) {
  column(json, key, points, [&](const Point& point) { json.number(rough(point.y, kDigits)); });
}

void write_axis(JsonWriter& json, std::string_view key, const Axis& axis, std::string_view title, bool is_dates) {
  json.key(key);
  json.begin_object();
  text(json, "title", title);
  text(json, "kind", is_dates ? "date" : axis.kind == Axis::Kind::logarithmic ? "log" : "number");
  for (const auto& [name, end] : {std::pair{"low", axis.low}, std::pair{"high", axis.high}}) {
    json.key(name);
    is_dates ? json.integer(static_cast<std::int64_t>(end)) : json.number(rough(end, 12));
  }
  // The marks of the picture that needs no script.
  json.key("ticks");
  json.begin_array();
  for (const Tick& tick : axis.ticks) {
    json.begin_array();
    is_dates ? json.integer(static_cast<std::int64_t>(tick.at)) : json.number(rough(tick.at, 12));
    json.text(tick.label);
    json.end_array();
  }
  json.end_array();
  json.end_object();
}

/// The beginning that all kinds share.
template <class Picture>
void open(JsonWriter& json, std::string_view kind, const Picture& chart) {
  json.begin_object();
  text(json, "kind", kind);
  text(json, "title", chart.title);
  text(json, "description", chart.description);
}

std::string closed(JsonWriter& json) {
  json.end_object();
  std::string written = std::move(json).finish();
  written.pop_back();  // the newline
  return "<script type=\"application/json\" class=\"data\">" + script_safe(written) + "</script>\n";
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
  JsonWriter json(JsonWriter::Layout::compact);
  open(json, "lines", chart);
  write_axis(json, "x", chart.x, "", true);
  write_axis(json, "y", chart.y, chart.y_title, false);
  json.key("areas");
  json.begin_array();
  for (const Area& area : chart.areas) {
    json.begin_object();
    text(json, "name", area.name);
    text(json, "class", area.css_class);
    write_x(json, area.low, true);
    write_y(json, "low", area.low);
    write_y(json, "high", area.high);
    json.end_object();
  }
  json.end_array();
  json.key("lines");
  json.begin_array();
  const std::vector<double> heights = label_heights(chart);
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const Line& line = chart.lines[i];
    json.begin_object();
    text(json, "name", line.name);
    text(json, "class", line.css_class);
    real(json, "label", heights[i]);
    write_x(json, line.points, true);
    write_y(json, "y", line.points);
    json.end_object();
  }
  json.end_array();
  json.key("levels");
  json.begin_array();
  for (const Level& level : chart.levels) {
    json.begin_object();
    real(json, "y", level.y);
    text(json, "label", level.label);
    json.end_object();
  }
  json.end_array();
  return closed(json);
}

std::string data_html(const RowsChart& chart) {
  JsonWriter json(JsonWriter::Layout::compact);
  const auto number = [&](std::string_view key, double value) {
    json.key(key);
    chart.is_dates ? json.integer(static_cast<std::int64_t>(value)) : json.number(rough(value, kDigits));
  };
  open(json, "rows", chart);
  write_axis(json, "x", chart.x, chart.x_title, chart.is_dates);
  json.key("rows");
  json.begin_array();
  for (const std::string& row : chart.rows) json.text(row);
  json.end_array();
  json.key("paths");
  json.boolean(chart.are_paths);
  json.key("bars");
  json.begin_array();
  for (const Bar& bar : chart.bars) {
    json.begin_object();
    whole(json, "row", bar.row);
    number("from", bar.from);
    number("to", bar.to);
    text(json, "class", bar.css_class);
    text(json, "tip", bar.tip);
    json.end_object();
  }
  json.end_array();
  json.key("dots");
  json.begin_array();
  for (const Dot& dot : chart.dots) {
    json.begin_object();
    whole(json, "row", dot.row);
    number("at", dot.at);
    text(json, "class", dot.css_class);
    text(json, "tip", dot.tip);
    json.end_object();
  }
  json.end_array();
  json.key("texts");
  json.begin_array();
  for (const RowText& each : chart.texts) {
    json.begin_object();
    whole(json, "row", each.row);
    number("at", each.at);
    json.key("left");
    json.boolean(each.left);
    text(json, "text", each.text);
    json.end_object();
  }
  json.end_array();
  json.key("rules");
  json.begin_array();
  for (const double rule : chart.rules) json.number(rough(rule, kDigits));
  json.end_array();
  return closed(json);
}

std::string data_html(const CellsChart& chart) {
  JsonWriter json(JsonWriter::Layout::compact);
  open(json, "cells", chart);
  const auto side = [&json](std::string_view key, const std::string& title, const std::vector<std::string>& values) {
    json.key(key);
    json.begin_object();
    text(json, "title", title);
    json.key("values");
    json.begin_array();
    for (const std::string& value : values) json.text(value);
    json.end_array();
    json.end_object();
  };
  side("x", chart.x_title, chart.x);
  side("y", chart.y_title, chart.y);
  json.key("cells");
  json.begin_array();
  for (const MapCell& cell : chart.cells) {
    json.begin_object();
    whole(json, "x", cell.x);
    whole(json, "y", cell.y);
    text(json, "name", cell.name);
    text(json, "class", cell.css_class);
    text(json, "tip", cell.tip);
    json.end_object();
  }
  json.end_array();
  return closed(json);
}

}  // namespace fleetrace::output::page
