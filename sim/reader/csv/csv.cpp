#include "sim/reader/csv/csv.hpp"

#include <algorithm>

#include "sim/core/units/written_unit.hpp"
#include "sim/reader/csv/column_names.hpp"
#include "sim/reader/yaml/yaml_text.hpp"

namespace fleetrace::reader {
namespace {

using core::Parameter;

/// What rows consist of that spreadsheets leave below a table.
constexpr std::string_view kBlank = " \r,;";

struct Column {
  const Parameter* parameter = nullptr;  ///< null where it is not read
  std::string unit;                      ///< of its numbers; empty where cells are written as in YAML
};

struct Cell {
  std::string text;
  int column = 1;         ///< in characters
  bool is_closed = true;  ///< its quotes are
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// Takes one cell off the front of a line; what it leaves begins with the separator, if there is one.
Cell take_cell(std::string_view& line, char separator) {
  Cell cell;
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  if (begin == line.size() || line[begin] != '"') {
    const std::size_t stop = std::min(line.find(separator), line.size());
    cell.text = trimmed(line.substr(0, stop));
    line.remove_prefix(stop);
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
  const std::size_t stop = std::min(line.find(separator), line.size());
  cell.is_closed = trimmed(line.substr(0, stop)).empty();
  line.remove_prefix(stop);
  return cell;
}

std::vector<Cell> cells(std::string_view line, char separator) {
  std::vector<Cell> result;
  ColumnCounter columns(line);
  for (std::string_view rest = line;;) {
    const std::size_t spaces = std::min(rest.find_first_not_of(' '), rest.size());
    const int column = columns.column(line.size() - rest.size() + spaces, 0);
    result.push_back(take_cell(rest, separator));
    result.back().column = column;
    if (rest.empty()) return result;
    rest.remove_prefix(1);
  }
}

class Csv {
 public:
  Csv(const std::string& file, const core::Entry& entry, const std::string& path,
      const std::optional<core::Currency>& currency, Findings& findings)
      : file_(file), entry_(entry), path_(path), currency_(currency), findings_(findings) {}

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
      } else if (line.find_first_not_of(kBlank) != std::string_view::npos) {
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

  /// The parameter that a column which is none was probably meant to be; null where none is near.
  [[nodiscard]] const Parameter* meant_column(const std::string& column) const {
    for (const Parameter& parameter : entry_.parameters) {
      if (parameter.name == column || !core::nearest(column, {column_name(parameter)}).empty()) return &parameter;
    }
    return nullptr;
  }

  /// The parameter that a column of money is of, and the currency, where that is not declared; null where it is none.
  [[nodiscard]] std::pair<const Parameter*, std::string> in_undeclared_currency(const std::string& column) const {
    for (const Parameter& parameter : entry_.parameters) {
      if (std::string code = undeclared_currency(parameter, column); !code.empty()) return {&parameter, code};
    }
    return {};
  }

  [[nodiscard]] std::string meant(const std::string& column) const {
    const Parameter* const parameter = meant_column(column);
    return parameter == nullptr ? valid_columns() : "Did you mean \"" + column_name(*parameter) + "\"?";
  }

  bool header(std::string_view line) {
    std::vector<std::string> names;
    for (const Parameter& parameter : entry_.parameters) names.push_back(column_name(parameter));
    bool is_fine = true;
    // Spreadsheets separate by semicolons where the comma is their decimal mark.
    if (line.find(',') == std::string_view::npos && line.find(';') != std::string_view::npos) separator_ = ';';
    std::vector<const Parameter*> misspelt;
    std::vector<Cell> unread;
    for (const Cell& cell : cells(line, separator_)) {
      auto known = std::find(names.begin(), names.end(), cell.text);
      std::string unit;
      for (std::size_t i = 0; i < names.size() && known == names.end(); ++i) {
        const std::optional<std::string> own = named_unit(entry_.parameters[i], cell.text, currency_);
        if (!own) continue;
        known = names.begin() + static_cast<std::ptrdiff_t>(i);
        unit = *own;
      }
      const auto refuse_column = [&](std::string problem, std::string reason, std::string suggestion) {
        refuse(1, cell.column, path_, {std::move(problem), std::move(reason), std::move(suggestion)});
        is_fine = false;
      };
      if (known == names.end()) {
        if (const auto [of, code] = in_undeclared_currency(cell.text); of != nullptr) {
          misspelt.push_back(of);
          refuse_column("the column \"" + core::printable(cell.text) + "\" is in a currency that is not declared",
                        "it would not be read", core::how_to_declare(code, currency_));
          columns_.push_back({});
          continue;
        }
        const Parameter* const near = meant_column(cell.text);
        if (near == nullptr) {
          // A column without a name is what spreadsheets leave at the right of a table.
          if (!cell.text.empty()) unread.push_back(cell);
          columns_.push_back({});
          continue;
        }
        misspelt.push_back(near);
        refuse_column("there is no column \"" + cell.text + '"', "the first line names the columns", meant(cell.text));
        continue;
      }
      const Parameter& parameter = entry_.parameters[static_cast<std::size_t>(known - names.begin())];
      const bool is_double = std::any_of(columns_.begin(), columns_.end(),
                                         [&](const Column& column) { return column.parameter == &parameter; });
      if (is_double)
        refuse_column("there are two columns \"" + *known + '"', "one of them would be ignored", "Remove one.");
      columns_.push_back({&parameter, unit.empty() ? column_unit(parameter) : unit});
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Parameter& parameter = entry_.parameters[i];
      const bool is_misspelt = std::find(misspelt.begin(), misspelt.end(), &parameter) != misspelt.end();
      if (!parameter.required || is_misspelt) continue;
      const bool is_there = std::any_of(columns_.begin(), columns_.end(),
                                        [&](const Column& column) { return column.parameter == &parameter; });
      if (is_there) continue;
      refuse(1, 1, path_,
             {"the column \"" + names[i] + "\" is missing", std::string(parameter.summary), valid_columns()});
      is_fine = false;
    }
    for (const Cell& cell : unread) {
      findings_.warn(
          {file_, 1, cell.column}, path_,
          {"the column \"" + core::printable(cell.text) + "\" is not read", "it changes nothing", valid_columns()});
    }
    return is_fine;
  }

  std::optional<Node> row(std::string_view line, int number, std::size_t index) {
    const std::string here = child(path_, std::to_string(index));
    Node node;
    node.kind = Node::Kind::mapping;
    node.where = {file_, number, 1};
    const std::vector<Cell> values = cells(line, separator_);
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
      const Parameter* const parameter = columns_[i].parameter;
      if (parameter == nullptr || (values[i].text.empty() && !parameter->required)) continue;
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

  /// A value as a number of the column, whose unit may be one of the currency.
  [[nodiscard]] std::string number_in(const Column& column, double value) const {
    const core::Dimension dimension = column.parameter->dimension;
    const std::string one = "1 " + column.unit;
    if (core::written_unit(dimension, one) == column.unit) return core::number_in(dimension, value, column.unit);
    return core::format_real(value / std::get<double>(core::parse_quantity(dimension, one, currency_)));
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
    if (problem->reason == "a pure number takes no unit") {
      problem->reason = "the column is in " + column.unit;
      const core::Dimension dimension = column.parameter->dimension;
      const auto quantity = core::parse_quantity(dimension, cell.text, currency_);
      if (const double* value = std::get_if<double>(&quantity))
        problem->suggestion = "Write \"" + number_in(column, *value) + "\".";
    }
    refuse(line, cell.column, path, std::move(*problem));
    return false;
  }

  const core::FileName file_;
  const core::Entry& entry_;
  const std::string& path_;
  const std::optional<core::Currency>& currency_;
  Findings& findings_;
  std::vector<Column> columns_;
  char separator_ = ',';
};

}  // namespace

std::optional<Node> read_csv(std::string_view bytes, const std::string& file, const core::Family& family,
                             const std::string& path, const std::optional<core::Currency>& currency,
                             Findings& findings) {
  return Csv(file, *family.entries.front(), path, currency, findings).read(bytes);
}

}  // namespace fleetrace::reader
