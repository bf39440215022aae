#include "sim/core/text/json_writer.hpp"

#include <cmath>
#include <utility>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/utf8.hpp"

namespace fleetrace::core {

void JsonWriter::new_line() {
  const bool flat = !indented_ || (!levels_.empty() && levels_.back().flat);
  if (flat) return;
  out_ += '\n';
  out_.append(2 * levels_.size(), ' ');
}

void JsonWriter::before_value() {
  if (std::exchange(after_key_, false) || levels_.empty()) return;
  Level& level = levels_.back();
  if (!level.empty) out_ += level.flat ? ", " : ",";
  level.empty = false;
  new_line();
}

void JsonWriter::open(char bracket, bool flat) {
  before_value();
  out_ += bracket;
  levels_.push_back({flat || !indented_ || (!levels_.empty() && levels_.back().flat), true});
}

void JsonWriter::close(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.flat && !level.empty) new_line();
  out_ += bracket;
}

void JsonWriter::key(std::string_view name) {
  text(name);
  out_ += ": ";
  after_key_ = true;
}

void JsonWriter::raw(std::string_view token) {
  before_value();
  out_ += token;
}

void JsonWriter::text(std::string_view value) {
  static constexpr char kHex[] = "0123456789abcdef";
  before_value();
  out_ += '"';
  for (const char c : valid_utf8(value)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (c == '\n') {
      out_ += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out_ += "\\u00";
      out_ += kHex[byte >> 4U];
      out_ += kHex[byte & 15U];
    } else {
      out_ += c;
    }
  }
  out_ += '"';
}

void JsonWriter::real(double value) { raw(std::isfinite(value) ? format_real(value) : "null"); }
void JsonWriter::money(Money value) { raw(to_string(value)); }
void JsonWriter::time(Time value) { text(core::to_iso8601(value)); }
void JsonWriter::boolean(bool value) { raw(value ? "true" : "false"); }
void JsonWriter::null() { raw("null"); }

std::string JsonWriter::finish() && {
  out_ += '\n';
  return std::move(out_);
}

}  // namespace fleetrace::core
