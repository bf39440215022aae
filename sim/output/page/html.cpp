#include "sim/output/page/html.hpp"

#include "sim/core/text/unseen.hpp"
#include "sim/core/text/utf8.hpp"

namespace fleetrace::output {
namespace {

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
    if (!core::is_unseen(character.code) || valid[at] == '\n' || valid[at] == '\t') {
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
