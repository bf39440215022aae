#include "utf8.hpp"

namespace fleetrace::scenario {

bool is_printable(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  if (code >= 0x7f && code < 0xa0) return code == 0x85;
  return code != 0xfeff && code != 0xfffe && code != 0xffff;
}

Utf8Character decode_utf8(std::string_view text, std::size_t offset) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(offset);
  if (first < 0x80) return {first, 1, {}};
  if (first < 0xc0) return {0, 1, "a continuation byte without a beginning"};
  if (first < 0xc2) return {0, 1, "overlong"};
  if (first > 0xf7) return {0, 1, "no character begins with this byte"};
  if (first > 0xf4) return {0, 1, "above U+10FFFF"};
  const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  char32_t code = first & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (offset + i >= text.size()) return {0, 1, "cut off"};
    const unsigned char next = byte(offset + i);
    if ((next & 0xc0U) != 0x80U) return {0, 1, "cut off"};
    code = (code << 6U) | (next & 0x3fU);
  }
  if (code < (length == 3 ? 0x800U : length == 4 ? 0x10000U : 0x80U)) return {0, 1, "overlong"};
  if (code >= 0xd800 && code <= 0xdfff) return {0, 1, "a surrogate"};
  if (code > 0x10ffff) return {0, 1, "above U+10FFFF"};
  return {code, length, {}};
}

}  // namespace fleetrace::scenario
