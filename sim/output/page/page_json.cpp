#include "sim/output/page/page_json.hpp"

#include <cmath>
#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output::page {
namespace {

constexpr int kDigits = 6;
constexpr std::size_t kMostPoints = 250;  ///< of a line

/// Six digits of the twelve that results hold, so that a page that is made from its results anew rounds as the first one did.
std::string six_digits(double value) {
  if (!std::isfinite(value)) return rough(value, kDigits);
  const auto held = core::parse_number(core::format_real(value));
  return rough(held.index() == 0 ? std::get<double>(held) : value, kDigits);
}

void real(core::JsonWriter& json, std::string_view key, double value) {
  json.key(key);
  json.number(six_digits(value));
}

/// Every k-th point, with the first and the last.
template <class Write>
void column(core::JsonWriter& json, std::string_view key, const std::vector<Point>& points, Write write) {
  json.begin_array(key);
  const std::size_t last = points.empty() ? 0 : points.size() - 1;
  const std::size_t steps = std::min(last, kMostPoints - 1);
  for (std::size_t i = 0; i < (points.empty() ? 0 : steps + 1); ++i) write(points[steps == 0 ? 0 : i * last / steps]);
  json.end_array();
}

void write_x(core::JsonWriter& json, const std::vector<Point>& points, bool is_dates) {
  column(json, "x", points, [&](const Point& point) {
    is_dates ? json.integer(static_cast<std::int64_t>(point.x)) : json.number(six_digits(point.x));
  });
}

void write_y(core::JsonWriter& json, std::string_view key, const std::vector<Point>& points) {
  column(json, key, points, [&](const Point& point) { json.number(six_digits(point.y)); });
}

void write_axis(core::JsonWriter& json, std::string_view key, const Axis& axis, std::string_view title, bool is_dates) {
  json.begin_object(key);
  json.text("title", title);
  json.text("kind", is_dates ? "date" : axis.kind == Axis::Kind::logarithmic ? "log" : "number");
  for (const auto& [name, end] : {std::pair{"low", axis.low}, std::pair{"high", axis.high}}) {
    json.key(name);
    is_dates ? json.integer(static_cast<std::int64_t>(end)) : json.number(rough(end, 12));
  }
  // The marks of the picture that needs no script.
  json.begin_array("ticks");
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
void open(core::JsonWriter& json, std::string_view kind, const Picture& chart) {
  json.begin_object();
  json.text("kind", kind);
  json.text("title", chart.title);
  json.text("description", chart.description);
}

std::string closed(core::JsonWriter& json) {
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
  core::JsonWriter json(core::JsonWriter::Layout::compact);
  open(json, "lines", chart);
  write_axis(json, "x", chart.x, "", true);
  write_axis(json, "y", chart.y, chart.y_title, false);
  json.objects("areas", chart.areas, [&](const Area& area) {
    json.text("name", area.name);
    json.text("class", area.css_class);
    write_x(json, area.low, true);
    write_y(json, "low", area.low);
    write_y(json, "high", area.high);
  });
  json.begin_array("lines");
  const std::vector<double> heights = label_heights(chart);
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const Line& line = chart.lines[i];
    json.begin_object();
    json.text("name", line.name);
    json.text("class", line.css_class);
    real(json, "label", heights[i]);
    write_x(json, line.points, true);
    write_y(json, "y", line.points);
    json.end_object();
  }
  json.end_array();
  json.objects("levels", chart.levels, [&](const Level& level) {
    real(json, "y", level.y);
    json.text("label", level.label);
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
  json.boolean("paths", chart.are_paths);
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
  json.objects("texts", chart.texts, [&](const RowText& each) {
    json.integer("row", each.row);
    number("at", each.at);
    json.boolean("left", each.left);
    json.text("text", each.text);
  });
  json.begin_array("rules");
  for (const double rule : chart.rules) json.number(six_digits(rule));
  json.end_array();
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
