#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/spec.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {

/// One cell of a table: a value that programs read, and the text that people read in its place.
class Cell {
 public:
  /// What CSV and JSON write: nothing (null), a flag, a whole number, a real, a text, or a list of words.
  using Value = core::Variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>>;

  /// An empty cell: no text, and null for programs.
  Cell() = default;
  // A text is a cell as it stands, so that rows of words need no wrapping. People and programs read the same.
  // NOLINTBEGIN(google-explicit-constructor)
  Cell(std::string text) : value_(text), text_(std::move(text)) {}
  Cell(std::string_view text) : Cell(std::string(text)) {}
  Cell(const char* text) : Cell(std::string(text)) {}
  // NOLINTEND(google-explicit-constructor)
  /// A cell whose two sides differ: programs read `value`, people read `text`.
  Cell(Value value, std::string text) : value_(std::move(value)), text_(std::move(text)) {}

  /// A number with a fixed count of decimals.
  [[nodiscard]] static Cell fixed(double value, int decimals);
  /// A number with a count of significant digits, in scientific notation where that is shorter.
  [[nodiscard]] static Cell rough(double value, int digits = 3);
  /// The same of a number that may be missing: a missing one is shown as "-".
  [[nodiscard]] static Cell fixed(const std::optional<double>& value, int decimals);
  [[nodiscard]] static Cell rough(const std::optional<double>& value, int digits = 3);
  /// An amount of money, energy or power, shown in the unit that its column's scale has.
  [[nodiscard]] static Cell scaled(const Scale& scale, double value);
  /// A whole number, shown with its thousands separated.
  [[nodiscard]] static Cell integer(std::int64_t value);
  /// A number that is shown by other words; null for programs where it is not finite.
  [[nodiscard]] static Cell real(double value, std::string text = {});
  /// A flag, shown as "yes" or by an empty cell.
  [[nodiscard]] static Cell flag(bool value);
  /// A value that does not exist, shown as "-".
  [[nodiscard]] static Cell none();

  /// The same cell marked as the best of its column, where `is_best` says so.
  [[nodiscard]] Cell best_if(bool is_best) const;

  [[nodiscard]] const Value& value() const { return value_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool is_best() const { return is_best_; }

 private:
  Value value_;
  std::string text_;
  bool is_best_ = false;
};

}  // namespace fleetrace::output
