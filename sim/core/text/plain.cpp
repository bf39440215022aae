#include "sim/core/text/plain.hpp"

#include <algorithm>
#include <array>

#include "sim/core/text/utf8.hpp"
#include "sim/core/text/wrap.hpp"

namespace fleetrace::core {
namespace {

struct Replacement {
  char32_t code;
  std::string_view text;
};

constexpr std::array kReplacements = {
    Replacement{U'\u2581', "_"},  Replacement{U'\u2582', "."},   Replacement{U'\u2583', "-"},
    Replacement{U'\u2584', "~"},  Replacement{U'\u2585', "+"},   Replacement{U'\u2586', "*"},
    Replacement{U'\u2587', "%"},  Replacement{U'\u2588', "#"},   Replacement{U'\u2013', "-"},
    Replacement{U'\u2014', "-"},  Replacement{U'\u2026', "..."}, Replacement{U'\u00d7', "x"},
    Replacement{U'\u2264', "<="}, Replacement{U'\u2265', ">="}};

std::string_view replacement(char32_t code) {
  for (const Replacement& each : kReplacements) {
    if (each.code == code) return each.text;
  }
  return "?";
}

/// Characters of a line that are seen.
std::size_t seen(std::string_view line) {
  std::size_t hidden = 0;
  for (std::size_t at = line.find('\x1b'); at != std::string_view::npos; at = line.find('\x1b', at + 1)) {
    const std::size_t end = line.find('m', at);
    if (end != std::string_view::npos) hidden += end - at + 1;
  }
  return characters(line) - hidden;
}

}  // namespace

std::string narrowed(std::string_view text, std::size_t width) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    if (seen(line) <= width) {
      result += line;
      if (end != std::string_view::npos) result += '\n';
      continue;
    }
    // An indent that leaves little room is given up.
    result += wrapped(line.substr(indent), width, std::string(indent < width / 2 ? indent : 2, ' '));
  }
  return result;
}

std::string ascii(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Character character = character_at(text, i);
    if (character.valid && character.code < 0x80) {
      result += text[i];
    } else {
      result += replacement(character.valid ? character.code : 0);
    }
    i += character.length;
  }
  return result;
}

}  // namespace fleetrace::core
