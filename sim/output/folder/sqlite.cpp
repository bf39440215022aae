#include "sim/output/folder/sqlite.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <span>
#include <utility>

#include "fleetrace/core/version.hpp"
#include "sim/api/resolved.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/folder/sqlite_database.hpp"
#include "sim/output/folder/sqlite_plan.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/run/return_columns.hpp"
#include "sim/output/run/series.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/studies/standing_columns.hpp"

namespace fleetrace::output {
namespace {

/// A name that may hold points and anything else.
std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + '"';
}

/// The columns of the draws, in the order of the inputs. To SQLite names that differ by case are the same.
std::vector<std::string> draws_columns(const study::StudyDesign& design) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const scenario::UncertainInput& input : design.inputs.all()) {
    scenario::UncertainInput renamed = input;
    const auto lower = [&renamed] {
      std::string name = input_column(renamed);
      std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
      return name;
    };
    for (int i = 2; !taken.insert(lower()).second; ++i) renamed.path = input.path + '_' + std::to_string(i);
    names.push_back(core::valid_utf8(input_column(renamed)));
  }
  return names;
}

/// Draws are in columns, of which a table takes some two thousand: more inputs go to draws_2, draws_3 and so on.
constexpr std::size_t kMostInputs = 1000;

std::string draws_table(std::size_t part) { return part == 0 ? "draws" : "draws_" + std::to_string(part + 1); }

/// As many tables as the inputs take, one where there is none.
std::size_t draws_tables(const study::StudyDesign& design) {
  return std::max<std::size_t>(1, (design.inputs.all().size() + kMostInputs - 1) / kMostInputs);
}

/// Those of all inputs, or of what else there is one for each, that stand in this table.
template <class Each>
std::span<const Each> part_of(const std::vector<Each>& all, std::size_t part) {
  const std::size_t first = part * kMostInputs;
  return std::span<const Each>(all).subspan(first, std::min(kMostInputs, all.size() - first));
}

void create_draws(Database& database, const study::StudyDesign& design) {
  const std::vector<std::string> names = draws_columns(design);
  for (std::size_t part = 0; part < draws_tables(design); ++part) {
    std::string columns;
    for (const std::string& name : part_of(names, part)) columns += ", " + quoted(name) + " REAL";
    database.run("CREATE TABLE " + draws_table(part) + " (replication INTEGER PRIMARY KEY" + columns + ')');
  }
}

std::string measure_columns() {
  std::string sql;
  for (std::size_t i = 0; i < fleet::kMetrics; ++i) sql += ", " + quoted(metric_column(i)) + " REAL";
  return sql;
}

void create_tables(Database& database, const ComparisonReport& report) {
  const fleet::Metric objective = report.comparison.objective;
  const std::string_view unit = fleet::info(objective).unit;
  std::string series;
  for (const SeriesColumn& column : series_columns())
    series += ", " + std::string(column.name) + (column.is_number ? " REAL" : " TEXT");
  std::string standings;
  for (const StandingColumn& column : standing_columns()) standings += ", " + column.name_in(objective) + " REAL";
  database.run("CREATE TABLE scenario (name TEXT, sha256 TEXT, version TEXT, seed INTEGER, resolved TEXT)");
  database.run("CREATE TABLE warnings (path TEXT, line INTEGER, \"column\" INTEGER, message TEXT, suggestion TEXT)");
  database.run("CREATE TABLE strategies (strategy TEXT PRIMARY KEY, buys TEXT)");
  database.run(
      "CREATE TABLE inputs (input INTEGER PRIMARY KEY, path TEXT, name TEXT, draws_column TEXT, distribution TEXT)");
  create_draws(database, report.design);
  database.run("CREATE TABLE replications (replication INTEGER, strategy TEXT" + measure_columns() + ')');
  database.run("CREATE TABLE series (strategy TEXT" + series + ')');
  database.run(
      "CREATE TABLE bought (strategy TEXT, accelerator TEXT, ordered TEXT, count INTEGER, capacity_flop_per_s REAL, "
      "unit_usd REAL, cost_usd REAL, rented INTEGER, site TEXT, installed INTEGER, undelivered INTEGER, newer_on_sale TEXT)");
  std::string returned;
  for (const ReturnColumn& column : return_columns()) returned += ", " + std::string(column.name) + " REAL";
  database.run("CREATE TABLE returns (strategy TEXT" + returned + ')');
  create_plan_tables(database);
  database.run("CREATE TABLE summary (strategy TEXT, objective TEXT, replications INTEGER" + standings + ')');
  std::string differences;
  for (const char* name : {"mean_difference", "ci_low", "ci_high", "sd"})
    differences += ", " + core::column_name(name, unit) + " REAL";
  database.run("CREATE TABLE pairs (a TEXT, b TEXT" + differences +
               ", pairing_gain REAL, replications INTEGER, a_alone INTEGER, b_alone INTEGER)");
}

void insert_returns(Database& database, const Run& run) {
  Insert rows(database, "returns", 1 + static_cast<int>(return_columns().size()));
  for (const fleet::Outcome& outcome : run.outcomes) {
    rows.text(outcome.strategy);
    for (const ReturnColumn& column : return_columns()) {
      const ReturnValue value = column.value(outcome);
      const auto* money = std::get_if<core::Money>(&value);
      const auto* real = std::get_if<double>(&value);
      rows.real(money != nullptr ? money->usd() : real != nullptr ? *real : std::numeric_limits<double>::quiet_NaN());
    }
  }
}

/// As JSON has them: what was set on the command line has neither line nor column.
void insert_warnings(Database& database, const std::vector<core::Diagnostic>& warnings) {
  Insert rows(database, "warnings", 5);
  for (const core::Diagnostic& each : warnings) {
    rows.text(each.path);
    for (const int place : {each.where.line, each.where.column}) place > 0 ? rows.integer(place) : rows.null();
    rows.text(warning_message(each)).text(each.suggestion);
  }
}

void insert_strategies(Database& database, const Run& run) {
  Insert strategies(database, "strategies", 2);
  for (const fleet::Outcome& outcome : run.outcomes) strategies.text(outcome.strategy).text(outcome.buys);
}

void insert_replications(Database& database, const ComparisonReport& report, const ReplicationRows& metrics_of) {
  const study::StudyDesign& design = report.design;
  const std::vector<std::string> columns = draws_columns(design);
  Insert inputs(database, "inputs", 5);
  for (std::size_t i = 0; i < design.inputs.all().size(); ++i) {
    const scenario::UncertainInput& input = design.inputs.all()[i];
    inputs.integer(static_cast<std::int64_t>(i))
        .text(input.path)
        .text(design.inputs.names()[input.name])
        .text(columns[i])
        .text(input.source_text);
  }
  Insert rows(database, "replications", 2 + static_cast<int>(fleet::kMetrics));
  for (std::size_t r = 0; r < report.results.replications(); ++r) {
    const auto replication = static_cast<std::int64_t>(r);
    const std::span<const fleet::Metrics> all = metrics_of(r);
    for (std::size_t i = 0; i < design.strategies.size(); ++i) {
      rows.integer(replication).text(design.strategies[i]);
      const fleet::Metrics& metrics = all[i];
      for (std::size_t k = 0; k < fleet::kMetrics; ++k)
        rows.real(fleet::value_or_none(metrics, static_cast<fleet::Metric>(k)));
    }
  }
}

/// A row a replication: the quantity that the scenario names for each input, in the unit in which it does.
void insert_draws(Database& database, const ComparisonReport& report) {
  const study::StudyDesign& design = report.design;
  for (std::size_t part = 0; part < draws_tables(design); ++part) {
    const std::span<const scenario::UncertainInput> inputs = part_of(design.inputs.all(), part);
    Insert draws(database, draws_table(part), 1 + static_cast<int>(inputs.size()));
    for (std::size_t r = 0; r < report.results.replications(); ++r) {
      const fleet::Draw draw{design.seed, static_cast<std::uint32_t>(r), fleet::InputDraw::drawn};
      const std::vector<double> uniforms = design.inputs.uniforms(draw);
      draws.integer(static_cast<std::int64_t>(r));
      for (const scenario::UncertainInput& input : inputs)
        draws.real(input.in_unit(input.law.written_at(uniforms[input.name])));
    }
  }
}

void insert_series(Database& database, const Run& run) {
  Insert rows(database, "series", 1 + static_cast<int>(series_columns().size()));
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::Sample& sample : outcome.series) {
      rows.text(outcome.strategy);
      for (const SeriesColumn& column : series_columns()) {
        const std::string text = column.holds_for(outcome) ? column.text(sample)
                                                           : "nan";  // which SQLite takes for no value
        column.is_number ? rows.real(std::stod(text)) : rows.text(text);
      }
    }
  }
}

void insert_bought(Database& database, const Run& run) {
  Insert rows(database, "bought", 12);
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::Acquisition& each : outcome.bought) {
      rows.text(outcome.strategy).text(each.accelerator).text(core::to_iso8601(each.ordered)).integer(each.count);
      rows.real(each.capacity).real(each.unit_usd).real(each.cost_usd).integer(each.rented ? 1 : 0);
      rows.text(each.site).integer(each.installed ? 1 : 0).integer(each.undelivered).text(each.newer_on_sale);
    }
  }
}

void insert_summary(Database& database, const study::Comparison& comparison) {
  Insert summary(database, "summary", 3 + static_cast<int>(standing_columns().size()));
  for (const study::StrategyStanding& each : comparison.strategies) {
    summary.text(each.name)
        .text(fleet::info(comparison.objective).name)
        .integer(static_cast<std::int64_t>(comparison.replications));
    for (const StandingColumn& column : standing_columns()) summary.real(column.value(each));
  }
  Insert pairs(database, "pairs", 10);
  for (const study::PairStanding& pair : comparison.pairs) {
    pairs.text(comparison.strategies[pair.a].name)
        .text(comparison.strategies[pair.b].name)
        .real(pair.difference.mean)
        .real(pair.mean.low)
        .real(pair.mean.high)
        .real(pair.difference.sd)
        .real(pair.pairing_gain)
        .integer(static_cast<std::int64_t>(pair.difference.n))
        .integer(static_cast<std::int64_t>(pair.a_alone))
        .integer(static_cast<std::int64_t>(pair.b_alone));
  }
}

}  // namespace

ReplicationRows rows_of(const ComparisonReport& report) {
  return [&report, row = std::vector<fleet::Metrics>(report.results.strategies())](std::size_t replication) mutable {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = report.results.at(replication, i);
    return std::span<const fleet::Metrics>(row);
  };
}

void write_sqlite(const std::string& path, const ComparisonReport& report, const Run& at_medians,
                  const ReplicationRows& rows) {
  Database database(path);
  database.run("BEGIN");
  create_tables(database, report);
  Insert(database, "scenario", 5)
      .text(report.scenario.name())
      .text(report.scenario.sha256)
      .text(core::version())
      .integer(report.design.seed)
      .text(to_yaml(report.scenario));
  insert_warnings(database, report.scenario.warnings);
  insert_strategies(database, at_medians);
  insert_replications(database, report, rows);
  insert_draws(database, report);
  insert_bought(database, at_medians);
  insert_series(database, at_medians);
  insert_returns(database, at_medians);
  insert_plans(database, at_medians);
  insert_summary(database, report.comparison);
  database.run("COMMIT");
}

}  // namespace fleetrace::output
