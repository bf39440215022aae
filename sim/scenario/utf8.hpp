#pragma once

#include <cstddef>
#include <string_view>

/// UTF-8 as RFC 3629 defines it; private to the scenario floor.
namespace fleetrace::scenario {

/// One character, or why there is none.
struct Utf8Character {
  char32_t code = 0;
  std::size_t length = 1;  ///< bytes
  std::string_view fault;  ///< empty where the bytes are a character
};

/// Whether YAML 1.2 lets the character stand in a file (production c-printable). The byte order mark is left out: it
/// belongs at the start alone.
[[nodiscard]] bool is_printable(char32_t code);

/// Decodes the character that begins at `offset`, which must be inside the text.
[[nodiscard]] Utf8Character decode_utf8(std::string_view text, std::size_t offset);

}  // namespace fleetrace::scenario
