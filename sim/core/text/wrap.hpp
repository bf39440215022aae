#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fleetrace::core {

/// Lines of at most `width` characters, broken at spaces. The first begins with `prefix`, the others are indented as far.
/// The result ends with a newline. A word that is longer than a line stays whole.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::string_view prefix = {});

}  // namespace fleetrace::core
