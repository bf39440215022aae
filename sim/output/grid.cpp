#include "grid.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/version.hpp"
#include "fleetrace/output/csv_text.hpp"
#include "fleetrace/output/json_writer.hpp"
#include "fleetrace/output/text.hpp"

namespace fleetrace::output::grid {
namespace {

constexpr std::size_t kGap = 2;

std::vector<std::size_t> shown_columns(const Grid& grid) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    if (!grid.columns[i].heading.empty()) shown.push_back(i);
  }
  return shown;
}

std::vector<std::size_t> widths(const Grid& grid) {
  std::vector<std::size_t> result;
  for (const Column& column : grid.columns) result.push_back(characters(column.heading));
  for (const auto& row : grid.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) result[i] = std::max(result[i], characters(row[i].text));
  }
  return result;
}

void trim_right(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result;
}

std::string field(const Json& data) {
  if (data.is_null()) return {};
  if (data.is_number_float()) return core::format_real(data.get<double>());
  if (!data.is_string() && !data.is_array()) return data.dump();
  std::string text;
  if (data.is_string()) text = data.get<std::string>();
  for (const Json& item : data.is_array() ? data : Json::array())
    text += (text.empty() ? "" : " ") + item.get<std::string>();
  return csv_text(text);
}

void write(const Json& json, JsonWriter& writer) {
  if (json.is_object()) {
    writer.begin_object();
    for (const auto& [key, value] : json.items()) {
      writer.key(key);
      write(value, writer);
    }
    writer.end_object();
  } else if (json.is_array()) {
    writer.begin_array();
    for (const Json& item : json) write(item, writer);
    writer.end_array();
  } else if (json.is_string()) {
    writer.text(json.get<std::string>());
  } else if (json.is_number_float()) {
    writer.real(json.get<double>());
  } else {
    writer.number(json.dump());
  }
}

}  // namespace

Cell cell(std::string text) {
  Json data = text;
  return {std::move(text), std::move(data)};
}

Cell cell(double value, std::string text) { return {std::move(text), std::isfinite(value) ? Json(value) : Json()}; }

Cell cell(bool value) { return {value ? "yes" : "", value}; }

std::size_t width(const Grid& grid) {
  const std::vector<std::size_t> all = widths(grid);
  std::size_t sum = 0;
  for (const std::size_t i : shown_columns(grid)) sum += all[i] + (sum == 0 ? 0 : kGap);
  return sum;
}

std::string table(const Grid& grid) {
  const std::vector<std::size_t> all = widths(grid);
  const std::vector<std::size_t> shown = shown_columns(grid);
  std::string result;
  const auto line = [&](const auto& text_of) {
    std::string start;
    for (const std::size_t i : shown) {
      const std::string text = text_of(i);
      const std::string padding(all[i] - characters(text), ' ');
      if (i == shown.back() && !grid.columns[i].right && !text.empty()) {
        result += wrapped(text, kWidth, start);
        return;
      }
      start += grid.columns[i].right ? padding + text : text + padding;
      if (i != shown.back()) start.append(kGap, ' ');
    }
    trim_right(start);
    result += start + '\n';
  };
  line([&](std::size_t i) { return grid.columns[i].heading; });
  for (const auto& row : grid.rows) line([&](std::size_t i) { return row[i].text; });
  return result;
}

std::string markdown(const Grid& grid) {
  const std::vector<std::size_t> shown = shown_columns(grid);
  std::string heading = "|";
  std::string rule = "|";
  for (const std::size_t i : shown) {
    heading += ' ' + grid.columns[i].heading + " |";
    rule += grid.columns[i].right ? "---:|" : "---|";
  }
  std::string result = heading + '\n' + rule + '\n';
  for (const auto& row : grid.rows) {
    result += '|';
    for (const std::size_t i : shown) result += ' ' + escaped(row[i].text) + (row[i].text.empty() ? "|" : " |");
    result += '\n';
  }
  return result;
}

std::string csv(const Grid& grid) {
  std::string result;
  const auto line = [&](const auto& text_of) {
    bool is_first = true;
    for (std::size_t i = 0; i < grid.columns.size(); ++i) {
      if (grid.columns[i].id.empty()) continue;
      if (!is_first) result += ',';
      is_first = false;
      result += text_of(i);
    }
    result += '\n';
  };
  line([&](std::size_t i) { return grid.columns[i].id; });
  for (const auto& row : grid.rows) line([&](std::size_t i) { return field(row[i].data); });
  return result;
}

Json json(const Grid& grid) {
  Json list = Json::array();
  for (const auto& row : grid.rows) {
    Json object = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!grid.columns[i].id.empty()) object[grid.columns[i].id] = row[i].data;
    }
    list.push_back(std::move(object));
  }
  return list;
}

Json header() { return {{"fleetrace", std::string(core::version())}, {"format", 1}}; }

std::string dump(const Json& json) {
  JsonWriter writer(JsonWriter::Layout::indented);
  write(json, writer);
  return std::move(writer).finish();
}

}  // namespace fleetrace::output::grid
