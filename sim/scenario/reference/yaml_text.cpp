#include "sim/scenario/reference/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sim/core/text/unseen.hpp"
#include "sim/core/text/utf8.hpp"

namespace fleetrace::scenario {
namespace {

bool is_word(std::string_view text) {
  static constexpr std::array<std::string_view, 9> kOtherwise = {"true", "false", "yes", "no", "on",
                                                                 "off",  "null",  "y",   "n"};
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == '/';
  };
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text.front())) == 0) return false;
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::all_of(text.begin(), text.end(), plain) &&
         std::find(kOtherwise.begin(), kOtherwise.end(), lower) == kOtherwise.end();
}

constexpr char kHex[] = "0123456789abcdef";

/// What cannot be seen and is not ASCII, as far as four digits name it.
bool is_invisible(char32_t code) { return code >= 0x80 && code <= 0xffff && core::is_unseen(code); }

std::string four_digits(char32_t code) {
  return {'\\', 'u', kHex[code >> 12U], kHex[(code >> 8U) & 15U], kHex[(code >> 4U) & 15U], kHex[code & 15U]};
}

std::string two_digits(char32_t byte) { return {'\\', 'x', kHex[byte >> 4U], kHex[byte & 15U]}; }

}  // namespace

std::string yaml_text(std::string_view text) {
  if (is_word(text)) return std::string(text);
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const core::Character character = core::character_at(text, at);
    const char32_t code = character.code;
    const std::string_view bytes = text.substr(at, character.length);
    at += character.length;
    if (character.valid && is_invisible(code)) {
      result += four_digits(code);
    } else if (character.valid && (code < 0x20 || (code >= 0x7f && code < 0xa0))) {
      result += two_digits(code);
    } else {
      if (character.valid && (code == '"' || code == '\\')) result += '\\';
      result += bytes;
    }
  }
  return result + '"';
}

}  // namespace fleetrace::scenario
