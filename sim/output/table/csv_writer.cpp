#include "sim/output/table/csv_writer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"

namespace fleetrace::output {
namespace {

std::string quoted(std::string_view field) {
  std::string text = "\"";
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

}  // namespace

std::string csv_text(std::string_view text) {
  const std::string shown = core::printable(text);
  const std::size_t first = shown.find_first_not_of(' ');
  const bool formula = first != std::string_view::npos &&
                       std::string_view("=+-@").find(shown[first]) != std::string_view::npos;
  std::string field(formula ? 1 : 0, '\'');
  field += shown;
  return field.find_first_of(",\"") == std::string::npos ? field : quoted(field);
}

std::string printable_lines(std::string_view text) {
  std::string lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines += core::printable(text.substr(begin, end - begin));
    if (end < text.size()) lines += '\n';
    begin = end + 1;
  }
  return lines;
}

std::string csv_document(std::string_view text) { return quoted(printable_lines(text)); }

void CsvWriter::real(double value) { field(std::isfinite(value) ? core::format_real(value) : std::string()); }

void CsvWriter::field(std::string_view written) {
  if (!std::exchange(at_start_, false)) out_ += ',';
  out_ += written;
}

void CsvWriter::end_row() {
  out_ += '\n';
  at_start_ = true;
}

}  // namespace fleetrace::output
