#include "sim/core/text/excerpt.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "sim/core/text/utf8.hpp"

namespace fleetrace::core {
namespace {

constexpr std::string_view kCut = "...";

/// The characters of a line as a terminal may show them; a tab takes one column, as in the place of a finding.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t length = 1;
    while (at + length < line.size() && continues_character(line[at + length])) ++length;
    const std::string_view character = line.substr(at, length);
    cells.push_back(character == "\t" ? " " : printable(character));
    at += length;
  }
  return cells;
}

}  // namespace

std::string excerpt(const Diagnostic& diagnostic, std::size_t width) {
  if (diagnostic.line.empty() || diagnostic.where.column <= 0) return {};
  const std::vector<std::string> cells = cells_of(diagnostic.line);
  const std::size_t place = std::min(static_cast<std::size_t>(diagnostic.where.column) - 1, cells.size());

  const std::string number = std::to_string(diagnostic.where.line);
  const std::string gutter = std::string(number.size() < 5 ? 5 - number.size() : 0, ' ') + number + " | ";
  const std::size_t room = std::max<std::size_t>(40, width) - gutter.size() - 2 * kCut.size();
  // What stands before a place tells more than what follows.
  const std::size_t begin = cells.size() <= room ? 0
                                                 : std::min(cells.size() - room, place - std::min(place, room * 2 / 3));
  const std::size_t end = std::min(cells.size(), begin + room);

  std::string text = gutter;
  std::string under(gutter.size() - 2, ' ');
  under += "| ";
  if (begin > 0) {
    text += kCut;
    under.append(kCut.size(), ' ');
  }
  for (std::size_t i = begin; i < end; ++i) {
    text += cells[i];
    if (i < place) under.append(characters(cells[i]), ' ');
  }
  if (end < cells.size()) text += kCut;
  return text + '\n' + under + "^\n";
}

}  // namespace fleetrace::core
