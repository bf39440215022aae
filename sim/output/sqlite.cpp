#include "fleetrace/output/sqlite.hpp"

#include <sqlite3.h>

#include <cmath>
#include <memory>
#include <stdexcept>
#include <utility>

#include "comparison_columns.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/version.hpp"
#include "fleetrace/output/resolved.hpp"
#include "fleetrace/output/text.hpp"
#include "series.hpp"

namespace fleetrace::output {
namespace {

/// A database in memory.
class Database {
 public:
  Database() {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(":memory:", &opened);
    database_.reset(opened);
    if (code != SQLITE_OK) fail();
  }

  [[nodiscard]] sqlite3* get() const { return database_.get(); }

  void run(const std::string& sql) const {
    if (sqlite3_exec(get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }

  /// Its file. Nothing is left of the database itself, so that there are never more than two of what is large.
  [[nodiscard]] std::string bytes() && {
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> copy(sqlite3_serialize(get(), "main", &size, 0),
                                                               sqlite3_free);
    if (copy == nullptr) throw std::bad_alloc();
    database_.reset();
    return {copy.get(), copy.get() + size};
  }

  [[noreturn]] void fail() const { throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(get())); }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
};

/// Rows of one table, a value after the other.
class Insert {
 public:
  Insert(Database& database, const std::string& table, int columns) : database_(database), columns_(columns) {
    std::string sql = "INSERT INTO " + table + " VALUES (?";
    for (int i = 1; i < columns; ++i) sql += ", ?";
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(database.get(), (sql + ')').c_str(), -1, &made, nullptr) != SQLITE_OK) database.fail();
    statement_.reset(made);
  }

  Insert& text(std::string_view value) {
    const std::string valid = valid_utf8(value);
    return bound(
        sqlite3_bind_text(statement_.get(), ++next_, valid.data(), static_cast<int>(valid.size()), SQLITE_TRANSIENT));
  }
  Insert& integer(std::int64_t value) { return bound(sqlite3_bind_int64(statement_.get(), ++next_, value)); }
  /// NULL where it is no number.
  Insert& real(double value) {
    ++next_;
    return bound(std::isfinite(value) ? sqlite3_bind_double(statement_.get(), next_, value)
                                      : sqlite3_bind_null(statement_.get(), next_));
  }

 private:
  Insert& bound(int code) {
    if (code != SQLITE_OK) database_.fail();
    if (next_ < columns_) return *this;
    if (sqlite3_step(statement_.get()) != SQLITE_DONE) database_.fail();
    sqlite3_reset(statement_.get());
    next_ = 0;
    return *this;
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Database& database_;
  int columns_;
  int next_ = 0;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

std::string measure_columns() {
  std::string sql;
  for (std::size_t i = 0; i < fleet::kMeasures; ++i)
    sql += ", " + std::string(fleet::info(static_cast<fleet::Measure>(i)).name) + " REAL";
  return sql;
}

void create_tables(Database& database) {
  std::string series;
  for (const SeriesColumn& column : series_columns())
    series += ", " + std::string(column.name) + (column.is_number ? " REAL" : " TEXT");
  std::string standings;
  for (const StandingColumn& column : standing_columns()) standings += ", " + std::string(column.name) + " REAL";
  database.run("CREATE TABLE scenario (name TEXT, sha256 TEXT, version TEXT, seed INTEGER, resolved TEXT)");
  database.run("CREATE TABLE strategies (strategy TEXT PRIMARY KEY, buys TEXT)");
  database.run("CREATE TABLE inputs (input INTEGER PRIMARY KEY, path TEXT, name TEXT, distribution TEXT, unit TEXT)");
  database.run("CREATE TABLE draws (replication INTEGER, input INTEGER, value REAL)");
  database.run("CREATE TABLE replications (replication INTEGER, strategy TEXT" + measure_columns() + ')');
  database.run("CREATE TABLE series (strategy TEXT" + series + ')');
  database.run("CREATE TABLE summary (strategy TEXT, objective TEXT, replications INTEGER" + standings + ')');
  database.run(
      "CREATE TABLE pairs (a TEXT, b TEXT, mean_difference REAL, ci_low REAL, ci_high REAL, sd REAL, pairing_gain REAL)");
}

void insert_strategies(Database& database, const Run& run) {
  Insert strategies(database, "strategies", 2);
  for (const fleet::Outcome& outcome : run.outcomes) strategies.text(outcome.strategy).text(outcome.buys);
}

void insert_replications(Database& database, const ComparisonReport& report) {
  const study::Plan& plan = report.plan;
  Insert inputs(database, "inputs", 5);
  for (std::size_t i = 0; i < plan.inputs.all().size(); ++i) {
    const fleet::UncertainInput& input = plan.inputs.all()[i];
    inputs.integer(static_cast<std::int64_t>(i))
        .text(input.path)
        .text(plan.inputs.names()[input.name])
        .text(input.written)
        .text(core::base_unit(input.dimension));
  }
  Insert draws(database, "draws", 3);
  Insert rows(database, "replications", 2 + static_cast<int>(fleet::kMeasures));
  for (std::size_t r = 0; r < report.results.replications(); ++r) {
    const auto replication = static_cast<std::int64_t>(r);
    const fleet::Draw draw{plan.seed, static_cast<std::uint32_t>(r), fleet::InputDraw::drawn};
    const std::vector<double> values = plan.inputs.values(plan.inputs.uniforms(draw));
    for (std::size_t i = 0; i < values.size(); ++i)
      draws.integer(replication).integer(static_cast<std::int64_t>(i)).real(values[i]);
    for (std::size_t i = 0; i < plan.strategies.size(); ++i) {
      rows.integer(replication).text(plan.strategies[i]);
      for (const double value : report.results.at(r, i)) rows.real(value);
    }
  }
}

void insert_series(Database& database, const Run& run) {
  Insert rows(database, "series", 1 + static_cast<int>(series_columns().size()));
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::Sample& sample : outcome.series) {
      rows.text(outcome.strategy);
      for (const SeriesColumn& column : series_columns()) {
        const std::string text = column.text(sample);
        column.is_number ? rows.real(std::stod(text)) : rows.text(text);
      }
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
  Insert pairs(database, "pairs", 7);
  for (const study::PairStanding& pair : comparison.pairs) {
    pairs.text(comparison.strategies[pair.a].name)
        .text(comparison.strategies[pair.b].name)
        .real(pair.difference.mean)
        .real(pair.mean.low)
        .real(pair.mean.high)
        .real(pair.difference.sd)
        .real(pair.pairing_gain);
  }
}

}  // namespace

std::string to_sqlite(const ComparisonReport& report, const Run& at_medians) {
  Database database;
  database.run("BEGIN");
  create_tables(database);
  Insert(database, "scenario", 5)
      .text(report.scenario.name())
      .text(report.scenario.sha256)
      .text(core::version())
      .integer(report.plan.seed)
      .text(to_yaml(report.scenario));
  insert_strategies(database, at_medians);
  insert_replications(database, report);
  insert_series(database, at_medians);
  insert_summary(database, report.comparison);
  database.run("COMMIT");
  return std::move(database).bytes();
}

}  // namespace fleetrace::output
