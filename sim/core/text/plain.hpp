#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text for terminals that can show little.
namespace fleetrace::core {

/// The same lines, of which those of more than `width` characters are broken at spaces and go on below their first word. Escapes
/// that colour a text take no room. A word that is longer than a line stays whole.
[[nodiscard]] std::string narrowed(std::string_view text, std::size_t width);

/// The same text in ASCII: bars become signs of like height, dashes and the like their ASCII form, every other character "?".
[[nodiscard]] std::string ascii(std::string_view text);

}  // namespace fleetrace::core
