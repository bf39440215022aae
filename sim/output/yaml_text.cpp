#include "yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace fleetrace::output {
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

/// The code of a character of three bytes, 0 for others.
unsigned code_of_three(std::string_view text) {
  if (text.size() < 3 || (static_cast<unsigned char>(text[0]) & 0xf0U) != 0xe0U) return 0;
  const auto bits = [text](std::size_t i, unsigned mask) { return static_cast<unsigned char>(text[i]) & mask; };
  return bits(0, 0x0fU) << 12U | bits(1, 0x3fU) << 6U | bits(2, 0x3fU);
}

/// Line breaks that are not ASCII, the byte order mark, and what turns the direction of writing around.
bool is_invisible(unsigned code) {
  return (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

std::string four_digits(unsigned code) {
  return {'\\', 'u', kHex[code >> 12U], kHex[(code >> 8U) & 15U], kHex[(code >> 4U) & 15U], kHex[code & 15U]};
}

std::string two_digits(unsigned char byte) { return {'\\', 'x', kHex[byte >> 4U], kHex[byte & 15U]}; }

}  // namespace

std::string yaml_text(std::string_view text) {
  if (is_word(text)) return std::string(text);
  std::string result = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const unsigned code = code_of_three(rest);
    const auto byte = static_cast<unsigned char>(text[i]);
    if (is_invisible(code)) {
      result += four_digits(code);
      i += 2;
    } else if (byte == '"' || byte == '\\') {
      result += '\\';
      result += text[i];
    } else if (byte < 0x20 || byte == 0x7f) {
      result += two_digits(byte);
    } else if (byte == 0xc2 && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xa0) {
      result += two_digits(static_cast<unsigned char>(rest[1]));  // U+0080 to U+009F
      ++i;
    } else {
      result += text[i];
    }
  }
  return result + '"';
}

}  // namespace fleetrace::output
