#include "sim/core/numeric/decade.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

namespace fleetrace::core {

int decade(double x) {
  if (!std::isfinite(x) || x == 0) return 0;
  // The shortest text that is read back to the same bits, such as "9.5e-07", never rounds up to a power of ten. A quotient of
  // logarithms does: log2(1000) / log2(10) is below 3.
  char buffer[32];
  const char* const end = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(x), std::chars_format::scientific)
                              .ptr;
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  std::size_t at = text.find('e') + 1;
  if (text[at] == '+') ++at;
  int exponent = 0;
  std::from_chars(buffer + at, end, exponent);
  return exponent;
}

}  // namespace fleetrace::core
