#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace fleetrace::output {

/// A text as a field of CSV. A text that begins, after spaces, with = + - or @ could be run as a formula by a
/// spreadsheet (CWE-1236) and gets an apostrophe; commas and quotes are quoted (RFC 4180), and what cannot be seen is escaped, line
/// breaks and characters that turn the direction of writing around among it (core::printable()). Numbers must not go
/// through it: their sign would get the apostrophe.
[[nodiscard]] std::string csv_text(std::string_view text);

/// The text with what cannot be seen escaped (core::printable()), but for the ends of its lines.
[[nodiscard]] std::string printable_lines(std::string_view text);

/// The same for a document: its lines are kept, in a quoted field.
[[nodiscard]] std::string csv_document(std::string_view text);

/// Writes CSV field by field and line by line, in the order of the calls.
class CsvWriter {
 public:
  void text(std::string_view value) { field(csv_text(value)); }
  /// A number with twelve significant digits; an empty field where it is not finite.
  void real(double value);
  template <std::integral Integer>
  void integer(Integer value) {
    field(std::to_string(value));
  }
  void flag(bool value) { field(value ? "true" : "false"); }
  /// A field that stands as it is: a column's name, a unit, a number that is already written.
  void field(std::string_view written);
  void empty() { field({}); }
  void end_row();

  /// Everything that was written, each row with a newline at its end.
  [[nodiscard]] std::string finish() && { return std::move(out_); }

 private:
  std::string out_;
  bool at_start_ = true;  ///< Whether the row has no field yet.
};

}  // namespace fleetrace::output
