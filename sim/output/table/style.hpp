#pragma once

#include <cstddef>

namespace fleetrace::output {

/// Characters that a line of text for people has at most, where nobody knows the width of the terminal.
inline constexpr std::size_t kTextWidth = 100;

/// How text for people is laid out.
struct TableStyle {
  std::size_t width = kTextWidth;  ///< Characters that a line has at most.
  bool bold = false;               ///< Whether ANSI escapes may make the best of a column bold.
};

}  // namespace fleetrace::output
