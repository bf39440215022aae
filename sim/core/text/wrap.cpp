#include "sim/core/text/wrap.hpp"

#include "sim/core/text/utf8.hpp"

namespace fleetrace::core {

std::string wrapped(std::string_view text, std::size_t width, std::string_view prefix) {
  std::string result(prefix);
  const std::size_t indent = characters(prefix);
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    const std::size_t length = characters(word);
    if (column > indent && column + 1 + length > width) {
      result += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      result += ' ';
      ++column;
    }
    result += word;
    column += length;
  }
  return result + '\n';
}

}  // namespace fleetrace::core
