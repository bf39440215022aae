#include "sim/output/table/csv_writer.hpp"

#include <cmath>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"

namespace fleetrace::output {

std::string csv_text(std::string_view unsafe) {
  const std::string text = core::printable(unsafe);
  const std::size_t first = text.find_first_not_of(' ');
  const bool formula = first != std::string_view::npos &&
                       std::string_view("=+-@").find(text[first]) != std::string_view::npos;
  std::string field(formula ? 1 : 0, '\'');
  field += text;
  if (field.find_first_of(",\"") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

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
