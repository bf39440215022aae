#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "sim/core/numeric/student.hpp"
#include "sim/scenario/inputs/copula.hpp"
#include "sim/study/compare/comparison.hpp"
#include "tests/unit/said.hpp"

// What a stranger's input may cost: numbers at the edge of their range, and lists of thousands. Each is answered or refused at once.
namespace fleetrace {
namespace {

namespace fs = std::filesystem;

class Scratch {
 public:
  explicit Scratch(const std::string& name) : path_(fs::temp_directory_path() / name) { fs::create_directory(path_); }
  Scratch(const Scratch&) = delete;
  Scratch(Scratch&&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() { fs::remove_all(path_); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

constexpr const char* kRest =
    "fleetrace: 1\nname: many\nhorizon: {start: 2026-01-01, length: 2 yr}\nprogress: {model: none}\n";
constexpr const char* kTrend =
    "fleetrace: 1\nname: many\nhorizon: {start: 2026-01-01, length: 2 yr}\nprogress: {model: none}\n"
    "hardware: {model: trend}\n"
    "initial_fleet: [{capacity: 1e18 FLOP/s}]\n";

TEST_CASE("A confidence at the edge of its range is answered") {
  for (const std::size_t freedom : {1U, 19U, 5000U}) {
    CHECK(core::student_two_sided(freedom, 1e-17) == 0);
    CHECK(std::isfinite(core::student_two_sided(freedom, 1 - 0x1p-53)));
  }
  CHECK(study::pair_confidence(500, 1 - 0x1p-53) < 1);
  for (const char* confidence : {"1e-17", "1e-300", "0.9999999999999999"})
    CHECK(test::say("compare", {"race-under-uncertainty", "--replications=20", "--confidence", confidence}).code == 0);
}

TEST_CASE("Thousands of correlations are refused, and two hundred inputs are not") {
  const auto chain = [](std::size_t inputs) {
    std::vector<std::string> names;
    std::vector<scenario::RankCorrelation> correlations;
    for (std::size_t i = 0; i < inputs; ++i) names.push_back("x" + std::to_string(i));
    for (std::size_t i = 1; i < inputs; ++i) correlations.push_back({names[i - 1], names[i], 0.4});
    return scenario::GaussianCopula::make(names, correlations);
  };
  CHECK(std::holds_alternative<scenario::GaussianCopula>(chain(200)));
  const auto refused = chain(2999);
  REQUIRE(std::holds_alternative<core::QuantityProblem>(refused));
  CHECK(std::get<core::QuantityProblem>(refused).problem == "2999 inputs are correlated");
}

TEST_CASE("A study whose results fit into no memory is refused before there is a folder") {
  const fs::path folder = fs::temp_directory_path() / "fleetrace-no-such-study";
  const test::Said said = test::say("compare",
                                    {"race-under-uncertainty", "--replications=1e9", "--output", folder.string()});
  CHECK(said.code == 2);
  CHECK(said.err.find("1000000000 replications are more than memory has room for") != std::string::npos);
  CHECK_FALSE(fs::exists(folder));
  // Without chance there is one, whatever was asked.
  CHECK(test::say("compare", {"hare-and-turtle", "--replications=1e9"}).code == 0);
}

TEST_CASE("A sensitivity to more inputs than its points have room for is refused") {
  const Scratch scratch("fleetrace-many-inputs");
  std::string yaml = kTrend;
  yaml += "strategies:\n";
  for (int i = 0; i < 1900; ++i)
    yaml += "  s" + std::to_string(i) + ": {buy: front_loaded, budget: {uniform: {low: 1e6 USD, high: 2e6 USD}}}\n";
  const test::Said said = test::say("sensitivity", {scratch.write("many.yaml", yaml), "--points=2"});
  CHECK(said.code == 3);
  CHECK(said.err.find("there are 1900 uncertain inputs") != std::string::npos);
  CHECK(said.err.find("bug") == std::string::npos);
}

TEST_CASE("A file that is named a hundred times counts a hundred times") {
  const Scratch scratch("fleetrace-named-often");
  std::string rows = "at,amount_usd\n";
  while (rows.size() < 100'000) rows += "2026-06-01,1\n";
  scratch.write("amounts.csv", rows);
  const auto naming = [&](int times) {
    std::string yaml = kTrend;
    yaml += "strategies:\n";
    for (int i = 0; i < times; ++i) yaml += "  s" + std::to_string(i) + ": {buy: schedule, purchases: amounts.csv}\n";
    return test::say("validate", {scratch.write("many.yaml", yaml)});
  };
  CHECK(naming(3).code == 0);
  const test::Said said = naming(100);
  CHECK(said.code == 3);
  CHECK(said.err.find("the CSV files are larger than 4 MiB in all") != std::string::npos);
}

TEST_CASE("Short rows of a file count with all that may stand in them, and the refusal comes before they are read") {
  const Scratch scratch("fleetrace-short-rows");
  const auto with_rows = [&](int times, const char* ending) {
    std::string rows = "at,amount_usd\n";
    for (int i = 0; i < 150'000; ++i) rows += "1 h,1\n";
    scratch.write("amounts.csv", rows);
    std::string yaml = kTrend;
    yaml += "strategies:\n";
    for (int i = 0; i < times; ++i) yaml += "  s" + std::to_string(i) + ": {buy: schedule, purchases: amounts.csv}\n";
    return test::say("validate", {scratch.write("short.yaml", yaml.append(ending))});
  };
  const test::Said said = with_rows(4, "nonsense: 1\n");
  CHECK(said.code == 3);
  CHECK(said.err.find("strategies.s3.purchases: the CSV files have more than a million values in all") !=
        std::string::npos);
  CHECK(said.err.find("nonsense") == std::string::npos);
}

TEST_CASE("What every strategy keeps for itself is limited by what all of them keep") {
  const Scratch scratch("fleetrace-kept-by-each");
  const auto many = [](int count, const std::string& text) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
  };
  const auto refused = [&](const std::string& sections, const char* problem, const char* at = "s1000") {
    std::string yaml = kRest;
    yaml += sections;
    yaml += "strategies:\n";
    for (int i = 0; i < 1001; ++i)
      yaml += "  s" + std::to_string(i) + ": {buy: incremental, budget: 1e6 USD, every: 1 yr}\n";
    const test::Said said = test::say("validate", {scratch.write("kept.yaml", yaml)});
    CHECK(said.code == 3);
    INFO(said.err);
    CHECK(said.err.find(std::string("strategies.") + at + ": " + problem) != std::string::npos);
  };
  const std::string fleet = "initial_fleet: [{capacity: 1e18 FLOP/s}]\n";
  const std::string hardware = "hardware: {model: trend}\n";
  refused(hardware + "initial_fleet:\n" + many(1000, "  - {capacity: 1e15 FLOP/s}\n"),
          "the initial fleets of the strategies so far have more than a million entries");
  std::string sites = "sites:\n";
  for (int i = 0; i < 1000; ++i) sites += "  p" + std::to_string(i) + ": {power: 1 MW}\n";
  refused(hardware + fleet + sites, "the strategies so far have more than 100,000 sites", "s100");
  std::string targets = "loss: {model: relative, targets: [0.9";
  for (int i = 1; i < 1000; ++i) targets += ", " + std::to_string(0.9 - 1e-4 * i);
  refused(hardware + fleet + targets + "]}\n", "the strategies so far have more than a million targets of loss");
  // What a strategy has in place of what is shared is counted as it is.
  std::string own = kRest + hardware + "initial_fleet:\n" + many(2000, "  - {capacity: 1e15 FLOP/s}\n") +
                    "strategies:\n";
  for (int i = 0; i < 501; ++i)
    own += "  s" + std::to_string(i) + ": {buy: none, with: {initial_fleet: [{capacity: 1e18 FLOP/s}]}}\n";
  CHECK(test::say("validate", {scratch.write("own.yaml", own)}).code == 0);
  for (int i = 0; i < 501; ++i) own += "  t" + std::to_string(i) + ": {buy: none}\n";
  const test::Said said = test::say("validate", {scratch.write("own.yaml", own)});
  CHECK(said.err.find("strategies.t500: the initial fleets of the strategies so far") != std::string::npos);
}

TEST_CASE("A change that cannot be made leaves the scenario as it was") {
  const Scratch scratch("fleetrace-no-change");
  std::string yaml = kTrend;
  yaml += "strategies:\n  s: {buy: front_loaded, budget: 1e6 USD}\n";
  const std::string file = scratch.write("plain.yaml", yaml);
  for (const char* path : {"progress.doubling.x..y=1", "strategies.new..budget=1 USD",
                           "initial_fleet.1.capacity=1 FLOP/s", "hardwar.model=trend", "strategies.s.budget.x=1"}) {
    const test::Said said = test::say("validate", {file, "--set", path});
    CHECK(said.code == 3);
    INFO(said.err);
    CHECK(said.err.find("there is no such place") != std::string::npos);
    // Nothing else is wrong, as it would be with what was made on the way.
    CHECK(std::count(said.err.begin(), said.err.end(), '\n') == 1);
  }
}

TEST_CASE("Many cases of a large scenario are refused before they are read") {
  const Scratch scratch("fleetrace-many-cases");
  const auto with_cases = [&](int cases, int strategies) {
    std::string yaml = kTrend;
    yaml += "strategies:\n";
    for (int i = 0; i < strategies; ++i) yaml += "  s" + std::to_string(i) + ": {buy: front_loaded, budget: 1e6 USD}\n";
    yaml += "cases:\n";
    for (int i = 0; i < cases; ++i) yaml += "  c" + std::to_string(i) + ": {set: [loss.kappa=0.04]}\n";
    return test::say("validate", {scratch.write("many.yaml", yaml)});
  };
  CHECK(with_cases(100, 10).code == 0);
  const test::Said said = with_cases(1000, 1000);
  CHECK(said.code == 3);
  CHECK(said.err.find("cases: the cases come to more than three million values") != std::string::npos);
}

}  // namespace
}  // namespace fleetrace
