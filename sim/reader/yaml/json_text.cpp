#include "sim/reader/yaml/json_text.hpp"

#include <charconv>
#include <cstdio>
#include <optional>

namespace fleetrace::reader {
namespace {

constexpr std::size_t kEscape = 6;  // of "\ud83d"

/// The code of an escape such as "\ud83d" at the start of a text; nullopt where there is none.
std::optional<unsigned> escaped(std::string_view text) {
  if (text.size() < kEscape || text.substr(0, 2) != "\\u") return std::nullopt;
  unsigned code = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + kEscape, code, 16);
  if (error != std::errc{} || end != text.data() + kEscape) return std::nullopt;
  return code;
}

/// The character that two halves at the start of a text stand for.
std::optional<unsigned> joined(std::string_view text) {
  const auto high = escaped(text);
  if (!high || *high < 0xd800 || *high > 0xdbff) return std::nullopt;
  const auto low = escaped(text.substr(kEscape));
  if (!low || *low < 0xdc00 || *low > 0xdfff) return std::nullopt;
  return 0x10000 + ((*high - 0xd800) << 10U) + (*low - 0xdc00);
}

}  // namespace

std::string json_as_yaml(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') return std::string(text);
  std::string yaml;
  yaml.reserve(text.size());
  bool is_indentation = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      if (const auto code = joined(text.substr(i))) {
        char buffer[16];
        std::snprintf(buffer, sizeof buffer, "\\U%08x", *code);
        yaml += buffer;
        i += 2 * kEscape - 1;
      } else {
        // What is behind a backslash begins no escape of its own.
        yaml += text.substr(i, 2);
        ++i;
      }
      is_indentation = false;
      continue;
    }
    yaml += is_indentation && c == '\t' ? ' ' : c;
    is_indentation = c == '\n' || (is_indentation && (c == ' ' || c == '\t'));
  }
  return yaml;
}

}  // namespace fleetrace::reader
