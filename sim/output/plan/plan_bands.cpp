#include "sim/output/plan/plan_bands.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/plan/plan_columns.hpp"
#include "sim/output/plan/plan_sinks.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/study/statistics.hpp"

namespace fleetrace::output {
namespace {

/// One figure over all replications; no numbers where not every replication has one.
struct Band {
  double mean = std::nan("");
  study::Spread spread = {std::nan(""), std::nan(""), std::nan("")};
};

struct BandColumn {
  const char* name;
  double (*value)(const Band&);
};
constexpr BandColumn kBand[] = {
    {"mean", [](const Band& band) { return band.mean; }},
    {"p10", [](const Band& band) { return band.spread.p10; }},
    {"p50", [](const Band& band) { return band.spread.p50; }},
    {"p90", [](const Band& band) { return band.spread.p90; }},
};

Band band_of(std::span<const double> sample) {
  if (!std::all_of(sample.begin(), sample.end(), [](double value) { return std::isfinite(value); })) return {};
  return {study::moments(sample).mean, study::spread(sample)};
}

/// What the tables for people show: a figure with its heading and the divisor of its unit.
struct Shown {
  std::string_view figure;
  const char* heading;
  const char* unit;
  double divisor;
  int decimals;
};
constexpr Shown kShown[] = {
    {"in_service", "in service", "", 1, 0},
    {"waiting", "waiting", "", 1, 0},
    {"average_site_draw_mw", "draw", "MW", 1, 2},
    {"spend_usd", "cash out", "M USD", 1e6, 1},
};

std::size_t index_of(std::string_view figure) {
  const auto columns = plan_columns();
  return static_cast<std::size_t>(
      std::find_if(columns.begin(), columns.end(), [&](const auto& each) { return each.name == figure; }) -
      columns.begin());
}

Cell shown_cell(double value, const Shown& shown) {
  if (!std::isfinite(value)) return Cell::none();
  const double scaled = value / shown.divisor;
  return {value, shown.decimals == 0 ? grouped(std::llround(scaled)) : fixed(scaled, shown.decimals)};
}

Table table_of(const PlanSamples& samples, std::size_t strategy) {
  Table table;
  table.add_column(text_column("period"));
  for (const Shown& shown : kShown) {
    bool is_first = true;
    for (const char* percentile : {"P10", "P50", "P90"}) {
      table.add_column({.heading = std::string(shown.heading) + '\n' + percentile +
                                   (*shown.unit == 0 ? "" : std::string(" ") + shown.unit),
                        .starts_group = is_first});
      is_first = false;
    }
  }
  for (std::size_t p = 0; p < samples.periods.size(); ++p) {
    Table::Row row{samples.periods[p].name};
    for (const Shown& shown : kShown) {
      const study::Spread spread = band_of(samples.of(strategy, p, index_of(shown.figure))).spread;
      for (const double value : {spread.p10, spread.p50, spread.p90}) row.push_back(shown_cell(value, shown));
    }
    table.add_row(std::move(row));
  }
  return table;
}

std::string headline(const PlanBands& bands) {
  return core::printable(bands.name) + ' ' + to_string(bands.samples.options) + ": percentiles over " +
         counted(static_cast<std::int64_t>(bands.samples.replications()), "replication", "replications") +
         ", each figure by itself, so that those of different periods do not add up; means do.";
}

/// The headings, and a row for each strategy and period.
template <class Sink>
void write_rows(const PlanSamples& samples, Sink& sink) {
  for (const char* name : {"strategy", "period", "begins", "ends"}) sink.heading(name);
  for (const PlanColumn<PlanPeriod>& column : plan_columns()) {
    for (const BandColumn& each : kBand) sink.heading(column_with(column.name, each.name));
  }
  sink.end_headings();
  for (std::size_t i = 0; i < samples.strategies.size(); ++i) {
    for (std::size_t p = 0; p < samples.periods.size(); ++p) {
      sink.text(samples.strategies[i]);
      sink.text(samples.periods[p].name);
      sink.time(samples.periods[p].begins);
      sink.time(samples.periods[p].ends);
      for (std::size_t k = 0; k < samples.figures; ++k) {
        const Band band = band_of(samples.of(i, p, k));
        for (const BandColumn& each : kBand) {
          const double value = each.value(band);
          sink.figure(std::isfinite(value) ? PlanValue(value) : PlanValue(), PlanKind::real);
        }
      }
      sink.end_row();
    }
  }
}

}  // namespace

PlanQuestion plan_question(const PlanOptions& options) {
  PlanQuestion question;
  question.options = options;
  question.figures = plan_columns().size();
  question.read = [](const StrategyPlan& plan, const PlanPeriod& period, std::span<double> figures) {
    for (std::size_t i = 0; i < figures.size(); ++i)
      figures[i] = number_of(plan_value(plan_columns()[i], period, plan.has_power));
  };
  return question;
}

std::string plan_bands_table(const PlanBands& bands, const TableStyle& style) {
  std::string text = core::wrapped(headline(bands), style.width);
  for (std::size_t i = 0; i < bands.samples.strategies.size(); ++i)
    text += '\n' + core::printable(bands.samples.strategies[i]) + '\n' + write_text(table_of(bands.samples, i), style);
  if (!bands.money.empty()) text += '\n' + core::wrapped(bands.money, style.width);
  return text;
}

std::string plan_bands_markdown(const PlanBands& bands) {
  std::string text = markdown_text(headline(bands)) + '\n';
  for (std::size_t i = 0; i < bands.samples.strategies.size(); ++i) {
    text += "\n### " + markdown_text(core::printable(bands.samples.strategies[i])) + "\n\n" +
            write_markdown(table_of(bands.samples, i));
  }
  if (!bands.money.empty()) text += "\n- " + markdown_text(bands.money) + '\n';
  return text;
}

std::string plan_bands_csv(const PlanBands& bands) {
  PlanCsv csv;
  write_rows(bands.samples, csv);
  return std::move(csv).finish();
}

std::string plan_bands_xlsx(const PlanBands& bands) {
  PlanSheet sheet;
  write_rows(bands.samples, sheet);
  return write_xlsx(
      {{"results", std::move(sheet).finish()}, about_sheet(bands.name, bands.sha256, bands.seed, bands.money)});
}

std::string plan_bands_json(const PlanBands& bands) {
  const PlanSamples& samples = bands.samples;
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, bands.name, bands.sha256, bands.seed, bands.money);
  json.text("by", to_string(samples.options.by));
  json.integer("fiscal_year_begins_month", samples.options.fiscal_year_begins);
  json.integer("replications", samples.replications());
  write_warnings(json, bands.warnings);
  json.begin_array("strategies");
  for (std::size_t i = 0; i < samples.strategies.size(); ++i) {
    json.begin_object();
    json.text("name", samples.strategies[i]);
    json.begin_array("periods");
    for (std::size_t p = 0; p < samples.periods.size(); ++p) {
      json.begin_object();
      json.text("period", samples.periods[p].name);
      json.time("begins", samples.periods[p].begins);
      json.time("ends", samples.periods[p].ends);
      for (std::size_t k = 0; k < samples.figures; ++k) {
        const Band band = band_of(samples.of(i, p, k));
        json.begin_flat_object(plan_columns()[k].name);
        for (const BandColumn& each : kBand) json.real(each.name, each.value(band));
        json.end_object();
      }
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

}  // namespace fleetrace::output
