#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing beyond U+10FFFF. Text that comes from outside may
/// hold any bytes; each byte that belongs to no character counts as a character of its own.
namespace fleetrace::core {

/// One character of a text, or one byte that belongs to none.
struct Character {
  char32_t code = 0;       ///< the code point; 0 where the byte belongs to no character
  std::size_t length = 1;  ///< the number of bytes
  bool valid = true;       ///< false for a byte that belongs to no character
};

/// Decodes the character that begins at byte `offset`, which must be inside the text.
[[nodiscard]] Character character_at(std::string_view text, std::size_t offset);

/// Why no character begins at byte `offset`, as words for a message: "overlong". Call it only where character_at() is invalid.
[[nodiscard]] std::string_view utf8_fault(std::string_view text, std::size_t offset);

/// Whether the byte is one of those inside a character, behind its first.
[[nodiscard]] constexpr bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

/// The number of characters; every byte that belongs to none counts as one.
[[nodiscard]] std::size_t characters(std::string_view text);

/// The same text with U+FFFD in the place of every byte that belongs to no character.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace fleetrace::core
