#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fleetrace/core/money.hpp"
#include "sim/output/plan/plan_columns.hpp"
#include "tests/unit/said.hpp"

// `--by` of run, whatif and compare, as users have it.
namespace fleetrace {
namespace {

using nlohmann::json;
using test::contains;
using test::Said;
using test::say;

/// Rows of CSV without quotes, by the names of their columns.
using Row = std::map<std::string, std::string>;
std::vector<Row> rows_of(const std::string& csv) {
  const auto split = [](const std::string& line) {
    std::vector<std::string> fields;
    std::stringstream stream(line + ',');
    for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
    return fields;
  };
  std::stringstream stream(csv);
  std::string line;
  std::getline(stream, line);
  const std::vector<std::string> names = split(line);
  std::vector<Row> rows;
  while (std::getline(stream, line)) {
    const std::vector<std::string> fields = split(line);
    REQUIRE(fields.size() == names.size());
    Row row;
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = fields[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

/// An exact decimal, as money is written.
std::int64_t micros(const std::string& text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string fraction = point < text.size() ? text.substr(point + 1) : "";
  fraction.resize(6, '0');
  const std::int64_t size = std::abs(std::stoll(text.substr(0, point))) * 1'000'000 + std::stoll(fraction);
  return text.front() == '-' ? -size : size;
}

TEST_CASE("The periods of every format add up to what run says without them") {
  const json whole = json::parse(say("run", {"hare-and-turtle", "--format=json"}).out);
  for (const char* by : {"month", "quarter", "year"}) {
    const Said said = say("run", {"hare-and-turtle", "--by", by, "--format=csv"});
    REQUIRE(said.code == 0);
    std::map<std::string, std::int64_t> spend;
    std::map<std::string, std::int64_t> joules;
    std::map<std::string, std::string> left;
    for (const Row& row : rows_of(said.out)) {
      spend[row.at("strategy")] += micros(row.at("spend_usd"));
      joules[row.at("strategy")] += std::stoll(row.at("energy_j"));
      left[row.at("strategy")] = row.at("budget_left_usd");
    }
    for (const json& strategy : whole["strategies"]) {
      const std::string name = strategy["name"];
      INFO(name << " by " << by);
      const json& final = strategy["final"];
      CHECK(spend[name] == micros(final["spend_usd"].dump()));
      CHECK(static_cast<double>(joules[name]) / 3.6e6 == Approx(final["energy_kwh"].get<double>()).epsilon(1e-11));
      CHECK(micros(left[name]) == micros(final["unspent_usd"].dump()));
    }
    // The other formats have the same rows.
    const json document = json::parse(say("run", {"hare-and-turtle", "--by", by, "--format=json"}).out);
    for (const json& strategy : document["strategies"]) {
      std::int64_t sum = 0;
      for (const json& period : strategy["periods"]) sum += period["energy_j"].get<std::int64_t>();
      CHECK(sum == joules[strategy["name"]]);
      CHECK(strategy["total"]["energy_j"] == sum);
    }
    CHECK(contains(say("run", {"hare-and-turtle", "--by", by}).out, "turtle: money"));
    CHECK(contains(say("run", {"hare-and-turtle", "--by", by, "--format=markdown"}).out, "### turtle: money"));
    const std::string lines = say("run", {"hare-and-turtle", "--by", by, "--format=jsonl"}).out;
    CHECK(static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')) == rows_of(said.out).size());
  }
}

TEST_CASE("A fiscal year is the same money in other periods") {
  const auto spend = [](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"capacity-what-if", "--format=csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::int64_t sum = 0;
    for (const Row& row : rows_of(say("run", arguments).out)) sum += micros(row.at("spend_usd"));
    return sum;
  };
  const std::int64_t calendar = spend({"--by", "year"});
  CHECK(calendar > 0);
  for (const char* month : {"october", "Oct", "10", "april"})
    CHECK(spend({"--by", "year", "--fiscal-year-begins", month}) == calendar);
  CHECK(contains(say("run", {"capacity-what-if", "--by=quarter", "--fiscal-year-begins=oct"}).out, "FY2027-Q1"));
}

TEST_CASE("Wrong periods are refused") {
  test::check_refused("run",
                      {{{"gpt3", "--by", "quater"}, "Did you mean \"quarter\"?"},
                       {{"gpt3", "--by", "year", "--fiscal-year-begins", "octobre"}, "Did you mean \"october\"?"},
                       {{"gpt3", "--by", "year", "--fiscal-year-begins", "13"}, "is no month"},
                       {{"gpt3", "--by", "month", "--fiscal-year-begins", "10"}, "months are the same"},
                       {{"gpt3", "--fiscal-year-begins", "10"}, "Give --by"},
                       {{"plan-of-record", "--by", "month", "--set", "horizon.end=2300-01-01"}, "2400 months"}});
  test::check_refused("compare", {{{"gpt3", "--by", "year", "--format", "jsonl"}, "--by has no rows"},
                                  {{"gpt3", "--by", "day"}, "Valid values are"}});
  test::check_refused("whatif", {{{"gpt3", "--fiscal-year-begins", "10"}, "Give --by"}});
}

TEST_CASE("whatif --by has the base, the case and their difference") {
  const Said said = say(
      "whatif", {"plan-of-record", "--case", "a-year-late", "--by", "quarter", "--format=csv", "--replications=2"});
  REQUIRE(said.code == 0);
  std::map<std::pair<std::string, std::string>, Row> base;
  bool has_waited = false;
  for (const Row& row : rows_of(said.out)) {
    const std::pair key(row.at("strategy"), row.at("period"));
    if (row.at("future") == "base") {
      base[key] = row;
      continue;
    }
    REQUIRE(row.at("future") == "a-year-late");
    INFO(key.first << ' ' << key.second);
    const std::int64_t waiting = std::stoll(row.at("waiting")) - std::stoll(base[key].at("waiting"));
    CHECK(std::stoll(row.at("waiting_difference")) == waiting);
    CHECK(micros(row.at("spend_difference_usd")) == micros(row.at("spend_usd")) - micros(base[key].at("spend_usd")));
    CHECK(std::stoll(row.at("energy_difference_j")) ==
          std::stoll(row.at("energy_j")) - std::stoll(base[key].at("energy_j")));
    // The other strategy has a delay of its own.
    if (key.first == "may-slip") CHECK(waiting == 0);
    has_waited = has_waited || (key.second == "2027-Q3" && waiting == 7337);
  }
  CHECK(has_waited);
  const std::string table =
      say("whatif", {"plan-of-record", "--case", "a-year-late", "--by", "year", "--replications=2"}).out;
  CHECK(contains(table, "may-slip: no figure of any period differs from the base"));
  CHECK(contains(table, "+7,337"));
  const json document = json::parse(
      say("whatif", {"plan-of-record", "--case", "a-year-late", "--by", "year", "--replications=2", "--format=json"})
          .out);
  const json& year = document["futures"][1]["strategies"][0]["periods"][1];
  CHECK(year["period"] == "2027");
  CHECK(year["difference"]["waiting"] == 7337);
  CHECK(year["future"]["waiting"].get<int>() - year["base"]["waiting"].get<int>() == 7337);
}

TEST_CASE("compare --by has the spread of every figure") {
  const auto by_year = [](const char* jobs) {
    return say("compare", {"plan-of-record", "--replications=24", "--by", "year", "--format=csv", "--jobs", jobs});
  };
  const Said said = by_year("1");
  REQUIRE(said.code == 0);
  CHECK(by_year("3").out == said.out);
  const std::vector<Row> rows = rows_of(said.out);
  REQUIRE(rows.size() == 8);
  double mean_spend = 0;
  for (const Row& row : rows) {
    INFO(row.at("strategy") << ' ' << row.at("period"));
    for (const auto& column : output::plan_columns()) {
      if (row.at(output::column_with(column.name, "mean")).empty()) continue;
      const double low = std::stod(row.at(output::column_with(column.name, "p10")));
      const double middle = std::stod(row.at(output::column_with(column.name, "p50")));
      const double high = std::stod(row.at(output::column_with(column.name, "p90")));
      CHECK(low <= middle);
      CHECK(middle <= high);
      // Nothing of `plan` is random.
      if (row.at("strategy") == "plan") CHECK(low == high);
    }
    if (row.at("strategy") == "may-slip") mean_spend += std::stod(row.at("spend_mean_usd"));
  }
  // A slip of 6 to 18 months is over at the end of 2026 in no future, and at the end of 2027 in half of them.
  CHECK(std::stod(rows[4].at("waiting_p10")) == 2337);
  CHECK(std::stod(rows[5].at("waiting_p10")) == 0);
  CHECK(std::stod(rows[5].at("waiting_p90")) == 7337);
  // Means of periods add up to the mean of the totals.
  double sum = 0;
  std::stringstream lines(say("compare", {"plan-of-record", "--replications=24", "--format=jsonl"}).out);
  for (std::string line; std::getline(lines, line);) {
    const json each = json::parse(line);
    if (each["strategy"] == "may-slip") sum += each["spend_usd"].get<double>();
  }
  CHECK(mean_spend == Approx(sum / 24).epsilon(1e-9));
}

TEST_CASE("--from begins the periods there and leaves them as they were") {
  const Said whole = say("run", {"plan-of-record", "--by", "quarter", "--format=csv"});
  const Said rest = say("run", {"plan-of-record", "--by", "quarter", "--from", "2027-01-01", "--format=csv"});
  REQUIRE(rest.code == 0);
  const std::vector<Row> all = rows_of(whole.out);
  const std::vector<Row> later = rows_of(rest.out);
  REQUIRE(later.size() == 2 * 12);
  CHECK(later[0].at("period") == "2027-Q1");
  for (std::size_t i = 0; i < 12; ++i) CHECK(later[i] == all[4 + i]);
  CHECK(contains(say("run", {"plan-of-record", "--by", "quarter", "--from", "2027-01-01"}).out, "from 2027-01-01"));
}

TEST_CASE("--from outside of the horizon is refused, and optimize refuses a race that branches off") {
  for (const char* verb : {"run", "compare", "whatif", "sensitivity"}) {
    INFO(verb);
    const Said said = say(verb, {"plan-of-record", "--from", "2025-01-01"});
    CHECK(said.code == 3);
    CHECK(contains(said.err, "--from: horizon.from: 2025-01-01 is not within the horizon"));
  }
  const Said best = say("optimize", {"plan-of-record", "--strategy", "plan", "--set", "horizon.from=2027-01-01"});
  CHECK(best.code != 0);
  CHECK(contains(best.err, "horizon.from"));
}

}  // namespace
}  // namespace fleetrace
