#include "fleetrace/output/csv_text.hpp"
#include "fleetrace/output/writers.hpp"
#include "series.hpp"

namespace fleetrace::output {

std::string csv_text(std::string_view text) {
  using namespace std::string_view_literals;
  const std::size_t first = text.find_first_not_of(' ');
  const bool formula = first != std::string_view::npos && "=+-@\t\r\0"sv.find(text[first]) != std::string_view::npos;
  std::string field(formula ? 1 : 0, '\'');
  field += text;
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string to_csv(const Run& run) {
  std::string csv = "strategy";
  for (const SeriesColumn& column : series_columns()) csv += ',' + std::string(column.name);
  csv += '\n';
  for (const fleet::Outcome& outcome : run.outcomes) {
    const std::string name = csv_text(outcome.strategy);
    for (const fleet::Sample& sample : outcome.series) {
      csv += name;
      for (const SeriesColumn& column : series_columns()) csv += ',' + column.text(sample);
      csv += '\n';
    }
  }
  return csv;
}

}  // namespace fleetrace::output
