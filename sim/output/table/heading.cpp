#include "sim/output/table/heading.hpp"

namespace fleetrace::output {

HeadingLines heading_lines(const Column& column) {
  // The unit has the lower line, so that a heading in two lines stands on the upper one.
  if (!column.unit.empty()) return {heading_line(Column{.heading = column.heading}), column.unit};
  const std::string& whole = column.heading;
  const std::size_t newline = whole.find('\n');
  if (newline == std::string::npos) return {"", whole};
  return {whole.substr(0, newline), whole.substr(newline + 1)};
}

std::string heading_line(const Column& column) {
  auto [upper, lower] = heading_lines(column);
  if (upper.empty()) return lower;
  if (upper.back() != '-') return upper + ' ' + lower;
  upper.pop_back();
  return upper + lower;
}

}  // namespace fleetrace::output
