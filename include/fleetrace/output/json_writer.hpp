#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

namespace fleetrace::output {

/// Writes JSON in the order of the calls, with exact money. The caller keeps begin and end in pairs and gives a key before
/// each value of an object.
class JsonWriter {
 public:
  enum class Layout {
    indented,  ///< a line per member
    compact,   ///< everything on one line
  };
  explicit JsonWriter(Layout layout) : indented_(layout == Layout::indented) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  /// All of it on one line, whatever the layout: long series, short records.
  void begin_flat_array() { open('[', true); }
  void begin_flat_object() { open('{', true); }
  void end_array() { close(']'); }

  void key(std::string_view name);
  /// Bytes that are not UTF-8 become U+FFFD.
  void text(std::string_view value);
  /// Twelve significant digits; null where it is not finite.
  void real(double value);
  void integer(std::int64_t value);
  /// An exact decimal.
  void money(core::Money value);
  /// ISO 8601, UTC, milliseconds.
  void time(core::Time value);
  void boolean(bool value);
  void null();
  /// A number as core::format_real or core::to_string wrote it; null where it is not finite.
  void number(std::string_view written) { raw(written.find('n') == std::string_view::npos ? written : "null"); }

  /// What was written, with a newline at its end.
  [[nodiscard]] std::string finish() &&;

 private:
  struct Level {
    bool flat = false;
    bool empty = true;
  };
  void open(char bracket, bool flat = false);
  void close(char bracket);
  void before_value();
  void new_line();
  void raw(std::string_view token);

  bool indented_;
  bool after_key_ = false;
  std::vector<Level> levels_;
  std::string out_;
};

}  // namespace fleetrace::output
