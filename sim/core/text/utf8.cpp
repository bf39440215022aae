#include "sim/core/text/utf8.hpp"

#include <utf8.h>

#include <algorithm>

namespace fleetrace::core {

Character character_at(std::string_view text, std::size_t offset) {
  constexpr std::size_t kLongest = 4;
  const char* at = text.data() + offset;
  if (static_cast<unsigned char>(*at) < 0x80) return {static_cast<unsigned char>(*at), 1, true};
  const char* const begin = at;
  const char* const end = begin + std::min(kLongest, text.size() - offset);
  if (utf8::find_invalid(begin, end) == begin) return {0, 1, false};
  const char32_t code = utf8::unchecked::next(at);
  return {code, static_cast<std::size_t>(at - begin), true};
}

std::string_view utf8_fault(std::string_view text, std::size_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  if (first < 0xc0) return "a continuation byte without a beginning";
  if (first < 0xc2) return "overlong";
  if (first > 0xf7) return "no character begins with this byte";
  if (first > 0xf4) return "above U+10FFFF";
  const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const std::string_view rest = text.substr(offset + 1, length - 1);
  if (rest.size() + 1 < length || !std::all_of(rest.begin(), rest.end(), continues_character)) return "cut off";
  // Of whole sequences only those that begin with these four bytes can be wrong.
  if (first == 0xed) return "a surrogate";
  return first == 0xf4 ? "above U+10FFFF" : "overlong";
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += character_at(text, at).length;
  return count;
}

std::string valid_utf8(std::string_view text) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    result += character.valid ? text.substr(at, character.length) : kReplacement;
    at += character.length;
  }
  return result;
}

}  // namespace fleetrace::core
