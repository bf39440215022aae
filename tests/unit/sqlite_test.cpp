#include "sim/output/folder/sqlite.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "sim/reader/load.hpp"

namespace {

using namespace fleetrace;

fleetrace::ComparisonReport report(std::size_t replications) {
  scenario::Scenario scenario = reader::load("race-under-uncertainty");
  study::StudyDesign design = study::StudyDesign::of(scenario, 1, 0.75);
  study::Results results(design.strategies.size());
  const std::atomic<bool> go_on = false;
  REQUIRE(study::replicate(design, replications, 1, go_on, results));
  study::Comparison comparison = study::compare(design, results, fleet::Metric::final_loss, 0.95);
  return {std::move(scenario), std::move(design), std::move(results), std::move(comparison), {}, {}};
}

/// The bytes of the database that is written of a study.
std::string to_sqlite(const fleetrace::ComparisonReport& study, const fleetrace::Run& medians) {
  std::string path = (std::filesystem::temp_directory_path() / "fleetrace-sqlite-XXXXXX").string();
  const int file = ::mkstemp(path.data());
  REQUIRE(file >= 0);
  ::close(file);
  output::write_sqlite(path, study, medians, output::rows_of(study));
  std::ifstream stream(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  std::filesystem::remove(path);
  return bytes;
}

/// The first column of the first row that a query gives.
double number(const std::string& bytes, const std::string& sql) {
  sqlite3* opened = nullptr;
  REQUIRE(sqlite3_open(":memory:", &opened) == SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  std::string copy = bytes;
  const auto size = static_cast<sqlite3_int64>(copy.size());
  REQUIRE(sqlite3_deserialize(opened, "main", reinterpret_cast<unsigned char*>(copy.data()), size, size,
                              SQLITE_DESERIALIZE_READONLY) == SQLITE_OK);
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(opened, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, sqlite3_finalize);
  REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
  return sqlite3_column_double(statement, 0);
}

}  // namespace

TEST_CASE("a study as a database answers a question with one SELECT", "[sqlite]") {
  const fleetrace::ComparisonReport study = report(30);
  const fleetrace::Run medians = fleetrace::run_scenario(study.scenario, {});
  const std::string bytes = to_sqlite(study, medians);
  CHECK(number(bytes, "SELECT count(*) FROM replications") == 90);
  CHECK(number(bytes, "SELECT count(*) FROM draws") == 30);
  CHECK(number(bytes, "SELECT count(*) FROM strategies") == 3);
  CHECK(number(bytes, "SELECT avg(final_loss) FROM replications WHERE strategy = 'heron'") ==
        Approx(study.comparison.strategies[2].objective.mean).epsilon(1e-12));
  CHECK(number(bytes, "SELECT mean FROM summary WHERE strategy = 'heron'") ==
        study.comparison.strategies[2].objective.mean);
  CHECK(number(bytes,
               "SELECT avg(h.final_loss - t.final_loss) FROM replications h JOIN replications t USING "
               "(replication) WHERE h.strategy = 'hare' AND t.strategy = 'turtle'") ==
        Approx(study.comparison.pairs[0].difference.mean).epsilon(1e-9));
  CHECK(number(bytes, "SELECT max(capex_usd) FROM series WHERE strategy = 'hare'") == Approx(2e9));
  CHECK(number(bytes, "SELECT seed FROM scenario") == 1);
  CHECK(to_sqlite(study, medians) == bytes);
}

TEST_CASE("the database holds what the program warns about", "[sqlite]") {
  fleetrace::ComparisonReport study = report(1);
  study.scenario = reader::load("race-under-uncertainty", {{"finance.discount_rate", "9"}});
  REQUIRE(study.scenario.warnings.size() == 1);
  const fleetrace::Run medians = fleetrace::run_scenario(study.scenario, {});
  const std::string warned = to_sqlite(study, medians);
  CHECK(
      number(
          warned,
          "SELECT count(*) FROM warnings WHERE path = 'finance.discount_rate' AND message LIKE '9 is unusually high (%)' AND "
          "suggestion LIKE 'Check %' AND line IS NULL AND \"column\" IS NULL") == 1);
  study.scenario = reader::load("race-under-uncertainty");
  CHECK(number(to_sqlite(study, medians), "SELECT count(*) FROM warnings") == 0);
}

TEST_CASE("the plan of the race at the medians is in the database", "[sqlite]") {
  const fleetrace::ComparisonReport study = report(2);
  const fleetrace::Run medians = fleetrace::run_scenario(study.scenario, {}, {}, {},
                                                         fleetrace::PlanOptions{fleetrace::Period::year, 10});
  const std::string bytes = to_sqlite(study, medians);
  const fleetrace::fleet::Summary& hare = medians.outcomes[0].final;
  REQUIRE(medians.outcomes[0].strategy == "hare");
  CHECK(number(bytes, "SELECT sum(spend_usd) FROM plan WHERE strategy = 'hare'") ==
        Approx(hare.spend().usd()).epsilon(1e-12));
  CHECK(number(bytes, "SELECT sum(energy_j) FROM plan WHERE strategy = 'hare'") ==
        Approx(hare.energy_kwh * 3.6e6).epsilon(1e-12));
  CHECK(number(bytes, "SELECT count(*) FROM plan WHERE strategy = 'hare' AND period LIKE 'FY%'") ==
        static_cast<double>(medians.plans[0].periods.size()) - 2);
  CHECK(number(bytes,
               "SELECT sum(t.installed) - sum(p.installed) FROM plan p JOIN (SELECT strategy, begins, "
               "sum(installed) AS installed FROM plan_accelerators GROUP BY 1, 2) t USING (strategy, begins)") == 0);
  CHECK(number(bytes,
               "SELECT max(abs(s.energy_j - p.energy_j)) FROM plan p JOIN (SELECT strategy, begins, sum(energy_j) "
               "AS energy_j FROM plan_sites GROUP BY 1, 2) s USING (strategy, begins)") <= 1);
}
