#include "sim/output/folder/ranges.hpp"

#include <cstddef>

namespace fleetrace::output {

std::string ranges_text(std::span<const std::uint32_t> numbers, std::size_t most) {
  std::string text;
  std::size_t stretches = 0;
  for (std::size_t i = 0; i < numbers.size();) {
    if (stretches++ == most) return text + " and " + std::to_string(numbers.size() - i) + " more";
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (i > 0) text += ',';
    text += std::to_string(numbers[i]);
    if (last > i) text += '-' + std::to_string(numbers[last]);
    i = last + 1;
  }
  return text;
}

}  // namespace fleetrace::output
