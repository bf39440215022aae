#include "html.hpp"

#include <cstdint>

#include "fleetrace/output/text.hpp"

namespace fleetrace::output {
namespace {

/// The code point of a whole UTF-8 character.
std::uint32_t code_point(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first;
  std::uint32_t code = first & (0xffU >> (character.size() + 1));
  for (const char c : character.substr(1)) code = code << 6U | (static_cast<unsigned char>(c) & 0x3fU);
  return code;
}

/// Characters that are seen by what they do to others: controls, and those that turn the direction of text.
bool is_hidden(std::string_view character) {
  const std::uint32_t code = code_point(character);
  if (code == '\n' || code == '\t') return false;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x200e || code == 0x200f ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

std::string_view reference(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

}  // namespace

std::string html_text(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string result;
  for (std::size_t at = 0; at < valid.size();) {
    std::size_t end = at + 1;
    while (end < valid.size() && (static_cast<unsigned char>(valid[end]) & 0xc0U) == 0x80U) ++end;
    const std::string_view character = std::string_view(valid).substr(at, end - at);
    if (!is_hidden(character)) {
      const std::string_view escaped = reference(character.front());
      result += escaped.empty() ? character : escaped;
    }
    at = end;
  }
  return result;
}

std::string html_element(std::string_view tag, std::string_view text, std::string_view attributes) {
  std::string result = "<" + std::string(tag);
  if (!attributes.empty()) result.append(" ").append(attributes);
  return result + '>' + html_text(text) + "</" + std::string(tag) + '>';
}

}  // namespace fleetrace::output
