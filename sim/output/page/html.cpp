#include "sim/output/page/html.hpp"

#include "sim/core/text/utf8.hpp"

namespace fleetrace::output {
namespace {

/// Characters that are seen by what they do to others: controls, and those that turn the direction of text.
bool is_hidden(char32_t code) {
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
  const std::string valid = core::valid_utf8(text);
  std::string result;
  for (std::size_t at = 0; at < valid.size();) {
    const core::Character character = core::character_at(valid, at);
    if (!is_hidden(character.code)) {
      const std::string_view escaped = reference(valid[at]);
      result += escaped.empty() ? std::string_view(valid).substr(at, character.length) : escaped;
    }
    at += character.length;
  }
  return result;
}

std::string html_element(std::string_view tag, std::string_view text, std::string_view attributes) {
  std::string result = "<" + std::string(tag);
  if (!attributes.empty()) result.append(" ").append(attributes);
  return result + '>' + html_text(text) + "</" + std::string(tag) + '>';
}

}  // namespace fleetrace::output
