#include "csv.hpp"

#include <algorithm>
#include <cctype>

#include "yaml_text.hpp"

namespace fleetrace::scenario {
namespace {

using core::Parameter;

struct Column {
  const Parameter* parameter = nullptr;
  std::string unit;  ///< of its numbers; empty where cells are written as in YAML
};

struct Cell {
  std::string text;
  int column = 1;         ///< in characters
  bool is_closed = true;  ///< its quotes are
};

/// The base unit, but years where nobody would write milliseconds, and gigabytes where nobody would write bytes.
std::string unit_of(const Parameter& parameter) {
  if (parameter.shape != core::Shape::quantity) return {};
  if (parameter.dimension == core::Dimension::duration) return "yr";
  if (parameter.dimension == core::Dimension::bandwidth) return "GB/s";
  return std::string(core::base_unit(parameter.dimension));
}

/// "amount_usd" for a parameter in USD, "at" for one without a unit.
std::string column_name(const Parameter& parameter) {
  std::string unit = unit_of(parameter);
  std::transform(unit.begin(), unit.end(), unit.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::string(parameter.name) + (unit.empty() ? "" : '_' + unit);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// Takes one cell off the front of a line; what it leaves begins with the comma, if there is one.
Cell take_cell(std::string_view& line) {
  Cell cell;
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  if (begin == line.size() || line[begin] != '"') {
    const std::size_t comma = std::min(line.find(','), line.size());
    cell.text = trimmed(line.substr(0, comma));
    line.remove_prefix(comma);
    return cell;
  }
  line.remove_prefix(begin + 1);
  while (true) {
    const std::size_t quote = line.find('"');
    cell.text += line.substr(0, quote);
    if (quote == std::string_view::npos) {
      cell.is_closed = false;
      line = {};
      return cell;
    }
    line.remove_prefix(quote + 1);
    if (line.empty() || line.front() != '"') break;
    cell.text += '"';
    line.remove_prefix(1);
  }
  const std::size_t comma = std::min(line.find(','), line.size());
  cell.is_closed = trimmed(line.substr(0, comma)).empty();
  line.remove_prefix(comma);
  return cell;
}

std::vector<Cell> cells(std::string_view line) {
  std::vector<Cell> result;
  ColumnCounter columns(line);
  for (std::string_view rest = line;;) {
    const std::size_t spaces = std::min(rest.find_first_not_of(' '), rest.size());
    const int column = columns.column(line.size() - rest.size() + spaces, 0);
    result.push_back(take_cell(rest));
    result.back().column = column;
    if (rest.empty()) return result;
    rest.remove_prefix(1);
  }
}

class Csv {
 public:
  Csv(const std::string& file, const core::Entry& entry, const std::string& path, Findings& findings)
      : file_(file), entry_(entry), path_(path), findings_(findings) {}

  std::optional<Node> read(std::string_view bytes) {
    const std::string_view text = without_byte_order_mark(bytes);
    if (auto found = find_bad_text(text, file_)) {
      findings_.add(found->where, path_, {found->problem, found->reason, found->suggestion});
      return std::nullopt;
    }
    if (trimmed(text).empty()) {
      refuse(1, 1, path_, {"the file is empty", "its first line names the columns", valid_columns()});
      return std::nullopt;
    }
    Node rows;
    rows.kind = Node::Kind::sequence;
    rows.where = {file_, 1, 1};
    int number = 0;
    std::size_t count = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = text.substr(begin, end - begin);
      begin = end + 1;
      if (++number == 1) {
        if (!header(line)) return std::nullopt;
      } else if (!trimmed(line).empty()) {
        if (auto read_row = row(line, number, count++)) rows.items.push_back(*std::move(read_row));
      }
    }
    if (count == 0) refuse(1, 1, path_, {"there is no row below the header", "at least one is needed", ""});
    return rows;
  }

 private:
  [[nodiscard]] std::string valid_columns() const {
    std::string text = "Columns are: ";
    for (const Parameter& parameter : entry_.parameters) {
      if (&parameter != &entry_.parameters.front()) text += ", ";
      text += column_name(parameter);
    }
    return text + '.';
  }

  void refuse(int line, int column, const std::string& path, core::QuantityProblem problem) {
    findings_.add({file_, line, column}, path, std::move(problem));
  }

  [[nodiscard]] std::string meant(const std::string& column) const {
    for (const Parameter& parameter : entry_.parameters) {
      const std::string name = column_name(parameter);
      if (parameter.name == column || !core::nearest(column, {name}).empty()) return "Did you mean \"" + name + "\"?";
    }
    return valid_columns();
  }

  bool header(std::string_view line) {
    std::vector<std::string> names;
    for (const Parameter& parameter : entry_.parameters) names.push_back(column_name(parameter));
    bool is_fine = true;
    for (const Cell& cell : cells(line)) {
      const auto known = std::find(names.begin(), names.end(), cell.text);
      const auto refuse_column = [&](std::string problem, std::string reason, std::string suggestion) {
        refuse(1, cell.column, path_, {std::move(problem), std::move(reason), std::move(suggestion)});
        is_fine = false;
      };
      if (known == names.end()) {
        refuse_column("there is no column \"" + cell.text + '"', "the first line names the columns", meant(cell.text));
        continue;
      }
      const Parameter& parameter = entry_.parameters[static_cast<std::size_t>(known - names.begin())];
      const bool is_double = std::any_of(columns_.begin(), columns_.end(),
                                         [&](const Column& column) { return column.parameter == &parameter; });
      if (is_double)
        refuse_column("there are two columns \"" + *known + '"', "one of them would be ignored", "Remove one.");
      columns_.push_back({&parameter, unit_of(parameter)});
    }
    if (!is_fine) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Parameter& parameter = entry_.parameters[i];
      if (!parameter.required) continue;
      const bool is_there = std::any_of(columns_.begin(), columns_.end(),
                                        [&](const Column& column) { return column.parameter == &parameter; });
      if (is_there) continue;
      refuse(1, 1, path_, {"the column \"" + names[i] + "\" is missing", std::string(parameter.summary), ""});
      is_fine = false;
    }
    return is_fine;
  }

  std::optional<Node> row(std::string_view line, int number, std::size_t index) {
    const std::string here = child(path_, std::to_string(index));
    Node node;
    node.kind = Node::Kind::mapping;
    node.where = {file_, number, 1};
    const std::vector<Cell> values = cells(line);
    for (const Cell& cell : values) {
      if (cell.is_closed) continue;
      refuse(number, cell.column, here, {"the quotes do not end with the cell", "a quote inside one is doubled", ""});
      return std::nullopt;
    }
    if (values.size() != columns_.size()) {
      const std::string count = std::to_string(values.size()) + (values.size() == 1 ? " cell" : " cells");
      refuse(number, 1, here, {"the row has " + count, "the header has " + std::to_string(columns_.size()), ""});
      return std::nullopt;
    }
    bool is_fine = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].text.empty() && !columns_[i].parameter->required) continue;
      if (!check(values[i], columns_[i], number, child(here, columns_[i].parameter->name))) {
        is_fine = false;
        continue;
      }
      Node cell;
      cell.kind = Node::Kind::scalar;
      cell.scalar = columns_[i].unit.empty() ? values[i].text : values[i].text + ' ' + columns_[i].unit;
      cell.where = {file_, number, values[i].column};
      node.members.push_back({std::string(columns_[i].parameter->name), cell.where, {}});
      node.members.back().value = std::move(cell);
    }
    return is_fine ? std::optional(std::move(node)) : std::nullopt;
  }

  bool check(const Cell& cell, const Column& column, int line, const std::string& path) {
    if (cell.text.empty()) {
      refuse(line, cell.column, path, {"the cell is empty", std::string(column.parameter->summary), ""});
      return false;
    }
    if (column.unit.empty()) return true;
    auto number = core::parse_number(cell.text);
    auto* problem = std::get_if<core::QuantityProblem>(&number);
    if (problem == nullptr) return true;
    if (problem->reason == "a pure number takes no unit") problem->reason = "the column is in " + column.unit;
    refuse(line, cell.column, path, std::move(*problem));
    return false;
  }

  const std::string& file_;
  const core::Entry& entry_;
  const std::string& path_;
  Findings& findings_;
  std::vector<Column> columns_;
};

}  // namespace

std::optional<Node> read_csv(std::string_view bytes, const std::string& file, const core::Family& family,
                             const std::string& path, Findings& findings) {
  return Csv(file, *family.entries.front(), path, findings).read(bytes);
}

}  // namespace fleetrace::scenario
