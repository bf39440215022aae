#include <algorithm>
#include <cctype>

#include "reader.hpp"

namespace fleetrace::scenario {
namespace {

struct Column {
  std::string key;   ///< of the parameter
  std::string unit;  ///< appended to each cell
};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// "amount_usd" for a parameter in USD, "at" for one without a unit.
std::string column_name(const core::Parameter& parameter) {
  const bool has_unit = parameter.shape == core::Shape::quantity && !core::base_unit(parameter.dimension).empty();
  return std::string(parameter.name) + (has_unit ? '_' + lower(core::base_unit(parameter.dimension)) : "");
}

std::vector<std::string> cells(std::string_view line) {
  std::vector<std::string> result;
  while (true) {
    const std::size_t comma = line.find(',');
    std::string_view cell = line.substr(0, comma);
    while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
    while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\r')) cell.remove_suffix(1);
    result.emplace_back(cell);
    if (comma == std::string_view::npos) return result;
    line.remove_prefix(comma + 1);
  }
}

class Csv {
 public:
  Csv(const std::string& path, const core::Entry& entry, core::Diagnostics& diagnostics)
      : path_(path), entry_(entry), diagnostics_(diagnostics) {}

  Node read(std::string_view bytes) {
    Node rows;
    rows.kind = Node::Kind::sequence;
    rows.where = {path_, 1, 1};
    for (int number = 1; !bytes.empty(); ++number) {
      const std::size_t newline = bytes.find('\n');
      const std::string_view line = bytes.substr(0, newline);
      bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
      if (number == 1) {
        if (!header(line)) return rows;
      } else if (line.find_first_not_of(" \r") != std::string_view::npos) {
        rows.items.push_back(row(line, number));
      }
    }
    return rows;
  }

 private:
  bool header(std::string_view line) {
    for (const std::string& name : cells(line)) {
      const auto known = std::find_if(entry_.parameters.begin(), entry_.parameters.end(),
                                      [&name](const core::Parameter& parameter) { return column_name(parameter) == name; });
      if (known == entry_.parameters.end()) {
        std::vector<std::string> names;
        for (const core::Parameter& parameter : entry_.parameters) names.push_back(column_name(parameter));
        diagnostics_.add({{path_, 1, 1}, "", "there is no column \"" + name + '"', "it would be ignored",
                          core::suggest(name, {names.begin(), names.end()})});
        return false;
      }
      const bool has_unit = known->shape == core::Shape::quantity;
      columns_.push_back({std::string(known->name), has_unit ? ' ' + std::string(core::base_unit(known->dimension)) : ""});
    }
    return true;
  }

  Node row(std::string_view line, int number) {
    Node node;
    node.kind = Node::Kind::mapping;
    node.where = {path_, number, 1};
    const std::vector<std::string> values = cells(line);
    if (values.size() != columns_.size()) {
      diagnostics_.add({node.where, "", "the row has " + std::to_string(values.size()) + " cells",
                        "the header has " + std::to_string(columns_.size()), ""});
      return node;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      Node cell;
      cell.kind = Node::Kind::scalar;
      cell.scalar = values[i] + columns_[i].unit;
      cell.where = node.where;
      node.members.push_back({columns_[i].key, node.where, std::move(cell)});
    }
    return node;
  }

  const std::string& path_;
  const core::Entry& entry_;
  core::Diagnostics& diagnostics_;
  std::vector<Column> columns_;
};

}  // namespace

Node read_csv(const std::string& path, const core::Family& family, core::Diagnostics& diagnostics) {
  try {
    return Csv(path, *family.entries.front(), diagnostics).read(read_input(path));
  } catch (const core::InputError& error) {
    for (const core::Diagnostic& diagnostic : error.diagnostics()) diagnostics.add(diagnostic);
    return {};
  }
}

}  // namespace fleetrace::scenario
