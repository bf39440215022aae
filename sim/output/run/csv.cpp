#include "sim/output/run/report.hpp"
#include "sim/output/run/series.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/output/table/csv_writer.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {

std::string to_csv(const Run& run) {
  CsvWriter csv;
  csv.field("strategy");
  for (const SeriesColumn& column : series_columns()) csv.field(column.name);
  csv.end_row();
  for (const fleet::Outcome& outcome : run.outcomes) {
    const std::string name = csv_text(outcome.strategy);
    for (const fleet::Sample& sample : outcome.series) {
      csv.field(name);
      for (const SeriesColumn& column : series_columns())
        csv.field(column.holds_for(outcome) ? column.text(sample) : std::string{});
      csv.end_row();
    }
  }
  return std::move(csv).finish();
}

std::string bought_csv(const Run& run) { return write_csv(bought(run, 0)); }

}  // namespace fleetrace::output
