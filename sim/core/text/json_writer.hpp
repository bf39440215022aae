#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

namespace fleetrace::core {

/// Writes JSON in the order of the calls, with exact money. Everything that the program writes as JSON goes through it. The
/// caller keeps begin and end in pairs and gives each value of an object its key, before it or with it.
class JsonWriter {
 public:
  enum class Layout {
    indented,  ///< Each member stands on a line of its own.
    compact,   ///< Everything stands on one line.
  };
  explicit JsonWriter(Layout layout) : indented_(layout == Layout::indented) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  /// A flat array or object stands on one line whatever the layout: a long series, a short record.
  void begin_flat_array() { open('[', true); }
  void begin_flat_object() { open('{', true); }
  void end_array() { close(']'); }

  void key(std::string_view name);
  /// Writes a text. Bytes that are not UTF-8 become U+FFFD.
  void text(std::string_view value);
  /// Writes a number with twelve significant digits; null where it is not finite.
  void real(double value);
  template <std::integral Integer>
  void integer(Integer value) {
    raw(std::to_string(value));
  }
  /// Writes an exact decimal.
  void money(Money value);
  /// Writes an instant in ISO 8601, UTC, with milliseconds.
  void time(Time value);
  void boolean(bool value);
  void null();
  /// Writes a number as format_real or to_string wrote it; null where it is not finite.
  void number(std::string_view written) { raw(written.find('n') == std::string_view::npos ? written : "null"); }

  /// A member of an object: its key and its value. What does not exist is null.
  void text(std::string_view name, std::string_view value) { key(name), text(value); }
  void real(std::string_view name, double value) { key(name), real(value); }
  void real(std::string_view name, const std::optional<double>& value) { key(name), value ? real(*value) : null(); }
  template <std::integral Integer>
  void integer(std::string_view name, Integer value) {
    key(name), integer(value);
  }
  void money(std::string_view name, Money value) { key(name), money(value); }
  void time(std::string_view name, Time value) { key(name), time(value); }
  void time(std::string_view name, const std::optional<Time>& value) { key(name), value ? time(*value) : null(); }
  void boolean(std::string_view name, bool value) { key(name), boolean(value); }
  void null(std::string_view name) { key(name), null(); }
  void begin_object(std::string_view name) { key(name), begin_object(); }
  void begin_array(std::string_view name) { key(name), begin_array(); }
  void begin_flat_object(std::string_view name) { key(name), begin_flat_object(); }
  void begin_flat_array(std::string_view name) { key(name), begin_flat_array(); }

  /// An array with an object for each item, whose members `write` writes.
  template <class Items, class Write>
  void objects(std::string_view name, const Items& items, Write write) {
    begin_array(name);
    for (const auto& item : items) {
      begin_object();
      write(item);
      end_object();
    }
    end_array();
  }
  /// The same with each object on one line.
  template <class Items, class Write>
  void flat_objects(std::string_view name, const Items& items, Write write) {
    begin_array(name);
    for (const auto& item : items) {
      begin_flat_object();
      write(item);
      end_object();
    }
    end_array();
  }

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

}  // namespace fleetrace::core
