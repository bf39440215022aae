#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "fleetrace/fit.hpp"
#include "tests/unit/said.hpp"

// What `fleetrace fit` prints, and that a scenario takes it as it is.
namespace fleetrace::test {
namespace {

constexpr const char* kTrend =
    "date,value\n2020-01-01,1\n2021-01-01,2.1\n2022-01-01,3.9\n2023-01-01,8.1\n2024-01-01,16\n";
constexpr const char* kLives = "age_yr,failed\n0.5,yes\n1.5,yes\n2,no\n2.5,yes\n3,no\n3.5,yes\n4,no\n4.5,yes\n";

Fit fitted(const std::string& model, const std::string& csv, const std::string& law = {}, const std::string& of = {}) {
  FitRequest request;
  request.model = model;
  request.law = law;
  request.of = of;
  request.resamples = 20;
  return fit(request, csv, "data.csv", load("hare-and-turtle"));
}

/// The scenario with what a fit sets, as a person would paste it: behind the scenario without the sections that it replaces.
void check_taken(const Fit& fit) {
  INFO(fit.model << ' ' << fit.law << '\n' << fit.yaml);
  CHECK(fit.effects.size() == 4);
  for (const FitEffect& each : fit.effects) {
    CHECK(each.before > 0);
    CHECK(each.after > 0);
  }
  CHECK_FALSE(fit.constants.empty());
  CHECK_FALSE(fit.points.empty());
  CHECK_FALSE(fit.curve.empty());
}

/// A file that is there as long as this object.
class File {
 public:
  explicit File(const std::string& text)
      : path_(std::filesystem::temp_directory_path() / "fleetrace_fit_verb_test.csv") {
    std::ofstream(path_, std::ios::binary) << text;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { std::filesystem::remove(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("a scenario takes what each model comes to") {
  check_taken(fitted("trend", kTrend));
  check_taken(fitted("trend", kTrend, {}, "energy_efficiency"));
  check_taken(fitted("trend", kTrend, {}, "progress"));
  check_taken(
      fitted("trend", "date,value\n2020-01-01,8\n2021-01-01,6.9\n2022-01-01,6.2\n2023-01-01,5.1\n", {}, "price"));
  check_taken(fitted("trend",
                     "date,value\n2016-01-01,1\n2017-01-01,2.1\n2018-01-01,3.8\n2019-01-01,6.2\n2020-01-01,8.4\n"
                     "2021-01-01,9.1\n2022-01-01,9.8\n",
                     "logistic", "progress"));
  check_taken(fitted("life", kLives));
  check_taken(fitted("life", kLives, "weibull"));
  check_taken(fitted("life", kLives, "stepped"));
  check_taken(fitted("life", "from_yr,to_yr,exposure_yr,deaths\n0,1,100,0\n1,2,90,9\n2,3,70,14\n", "stepped"));
  check_taken(fitted("repair", "duration_h\n1\n5\n20\n3\n100\n7\n"));
  check_taken(fitted("learning", "volume,price\n1,100\n2,82\n4,60\n8,52\n20,35\n"));
  check_taken(fitted("cadence", "date\n2016-04-05\n2017-07-01\n2020-05-14\n2022-09-20\n2024-11-15\n"));
  check_taken(fitted("kaplan", "compute_flop,loss\n1e20,3\n1e21,2.6\n1e22,2.4\n1e23,2.1\n"));
}

TEST_CASE("the YAML of a fit is a part of a scenario: pasted into one it gives the same race") {
  const Fit fit = fitted("life", kLives, "weibull");
  CHECK(contains(fit.yaml, "operations:\n  failures:\n    law: weibull\n    shape: {lognormal: {"));
  CHECK(contains(
      fit.yaml,
      "study:\n  correlations:\n    - {between: [operations.failures.shape, operations.failures.mtbf], rank: "));
  const std::string failures = fit.yaml.substr(fit.yaml.find("  failures:"),
                                               fit.yaml.find("study:") - fit.yaml.find("  failures:"));
  const std::string study = fit.yaml.substr(fit.yaml.find("  correlations:"));
  const Scenario pasted = load(
      "fleetrace: 1\nname: pasted\nhorizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
      "operations:\n  mfu: 0.4\n" +
      failures +
      "initial_fleet: [{accelerator: H100, count: 64, installed: 2025-01-01}]\nstrategies:\n  none: {buy: none}\nstudy:\n" +
      study);
  CHECK(contains(pasted.text(), "lognormal"));
}

TEST_CASE("a trend of exact doublings has a doubling of a year and says so in every format") {
  const File data("date,value\n2020-01-01,1\n2021-01-01,2\n2022-01-01,4\n2023-01-01,8\n");
  const Said text = say("fit", {"trend", data.path()});
  CHECK(text.code == 0);
  CHECK(contains(text.out, "(trend, exponential, 4 rows): rate is "));
  CHECK(contains(text.out, "price_performance_rate: {triangular: {low: 0."));
  const auto json = nlohmann::json::parse(
      say("fit", {"trend", data.path(), "--format", "json", "--predict", "2024-01-01"}).out);
  CHECK(json.at("fit").at("rows") == 4);
  CHECK(json.at("constants").at(0).at("value").get<double>() == Approx(1).epsilon(0.002));
  CHECK(json.at("predictions").at(0).at("value").get<double>() == Approx(16).epsilon(0.005));
  CHECK(json.at("points").size() == 4);
  const Said csv = say("fit", {"trend", data.path(), "--format", "csv"});
  CHECK(contains(csv.out, "kind,name,value,low,high,unit\nconstant,rate,"));
  CHECK(contains(say("fit", {"trend", data.path(), "--format", "markdown"}).out, "```yaml\nhardware:\n"));
}

TEST_CASE("keys follow the scenario and what the trend is of") {
  FitRequest request;
  request.model = "trend";
  CHECK(fit(request, kTrend, "x", load("who-waits-wins")).inputs.front().path == "hardware.price_performance_rate");
  CHECK(fit(request, kTrend, "x", load("hare-and-turtle")).inputs.front().path ==
        "hardware.then.price_performance_rate");
  request.key = "progress.doubling";
  const FitInput input = fit(request, kTrend, "x").inputs.front();
  CHECK(input.path == "progress.doubling");
  CHECK(contains(input.value, "{lognormal: {low: 0.9"));
  request.key.clear();
  request.of = "price";
  CHECK(contains(fit(request, kTrend, "x").inputs.front().value, "{triangular: {low: "));
}

TEST_CASE("the slope's error counts three times where a trend goes on, and as fitted where that is asked for") {
  const auto of = [](double widening, const std::string& key = {}) {
    FitRequest request;
    request.model = "trend";
    request.widening = widening;
    request.key = key;
    request.predict = {*core::parse_date("2027-01-01")};
    return fit(request, kTrend, "x");
  };
  const Fit fitted = of(1);
  const Fit wider = of(kTrendWidening);
  FitRequest plain;
  plain.model = "trend";
  CHECK(fit(plain, kTrend, "x").inputs.front().value == wider.inputs.front().value);
  // Constants are as fitted; the rate of a scenario is three times as wide about the same middle, and has no tails.
  CHECK(*wider.constants.front().low == *fitted.constants.front().low);
  CHECK(wider.predictions.front().value == fitted.predictions.front().value);
  CHECK(*wider.predictions.front().high > *fitted.predictions.front().high);
  const auto half = [](const Fit& each) {
    const std::string& text = each.inputs.front().value;
    const double low = std::stod(text.substr(text.find("low: ") + 5));
    return (std::stod(text.substr(text.find("high: ") + 6)) - low) / 2;
  };
  CHECK(half(fitted) == Approx((*fitted.constants.front().high - *fitted.constants.front().low) / 2).epsilon(1e-4));
  // A triangle of reach r has 95 % within r (1 - sqrt(0.05)) of its middle.
  CHECK(half(wider) == Approx(3 * half(fitted) / (1 - std::sqrt(0.05))).epsilon(1e-4));
  CHECK(contains(wider.notes.back(), "3 times as large as fitted"));
  CHECK(fitted.notes.empty());
  // The time of a doubling is given as fitted, and the note says so.
  const Fit steep = of(50, "progress.doubling");
  CHECK(steep.inputs.front().value == of(1, "progress.doubling").inputs.front().value);
  CHECK_FALSE(contains(steep.notes.back(), "what a scenario takes"));
  CHECK_THROWS_AS(of(0.5), std::invalid_argument);
  plain.widening = 1;
  plain.model = "repair";
  CHECK_THROWS_AS(fit(plain, "duration_h\n1\n2\n3\n", "x"), std::invalid_argument);
}

TEST_CASE("a law that is fitted stands no longer beside the scenario's own") {
  const Scenario laws = load("classical-laws");
  REQUIRE(contains(laws.text(), "beside: [kaplan, chinchilla]"));
  FitRequest request;
  request.model = "kaplan";
  const Fit kaplan = fit(request, "compute_flop,loss\n1e20,3\n1e21,2.6\n1e22,2.4\n1e23,2.1\n", "x", laws);
  REQUIRE_FALSE(kaplan.effects.empty());
  CHECK(kaplan.effects.front().after != kaplan.effects.front().before);
}

TEST_CASE("a law has the estimate as its median where the interval is askew") {
  const Fit few = fitted("life", "age_yr,failed\n0.4,yes\n1.1,yes\n1.9,yes\n2,no\n2,no\n2,no\n", "weibull");
  const FitConstant& mtbf = few.constants.at(1);
  REQUIRE(std::sqrt(*mtbf.low * *mtbf.high) > 1.5 * mtbf.value);
  CHECK(contains(few.yaml, "mtbf: {lognormal: {median: 2.3"));
  CHECK(contains(few.yaml, "study:\n  correlations:"));
  CHECK(contains(few.notes.front() + few.notes.back(), "3 failures in 9.4 device-years"));
  // Neither above all observations nor below them.
  CHECK(few.points.front().residual * few.points.back().residual < 0.001);
  const Fit one = fitted("life", "age_yr,failed\n0.5,yes\n2,no\n");
  CHECK(contains(one.notes.back() + one.notes.front(), "1 failure in 2.5 device-years"));
}

TEST_CASE("a step beyond the last life is left out, and a note says so") {
  FitRequest request;
  request.model = "life";
  request.law = "stepped";
  request.steps = {0, 2};
  const Fit found = fit(request, "age_yr,failed\n0.4,yes\n1.1,yes\n1.9,yes\n2,no\n2,no\n2,no\n", "x");
  CHECK(found.constants.size() == 1);
  CHECK(contains(found.constants.front().meaning, "3 in 9.4 device-years"));
  CHECK(contains(found.notes.front(), "The step from 2 yr is left out"));
}

TEST_CASE("a curve that saturates is continued with an interval that holds its scatter") {
  FitRequest request;
  request.model = "trend";
  request.law = "logistic";
  request.of = "progress";
  const std::string data =
      "date,value\n2016-01-01,1\n2017-01-01,2.1\n2018-01-01,3.8\n2019-01-01,6.2\n2020-01-01,8.4\n"
      "2021-01-01,9.1\n2022-01-01,9.8\n";
  for (const char* date : {"2022-01-01", "2023-01-01", "2040-01-01"})
    request.predict.push_back(*core::parse_date(date));
  const Fit found = fit(request, data, "x");
  REQUIRE(found.predictions.size() == 3);
  for (const FitPlace& each : found.predictions) {
    REQUIRE(each.low);
    REQUIRE(each.high);
    CHECK(*each.low < each.value * std::exp(-2 * *found.scatter));
    CHECK(*each.high > each.value * std::exp(2 * *found.scatter));
    CHECK(*each.high < 2 * each.value);
  }
}

TEST_CASE("a column may be named with its unit") {
  const File data("outage_h\n1\n5\n20\n3\n100\n7\n");
  const Said with = say("fit", {"repair", data.path(), "--x", "outage_h"});
  CHECK(with.code == 0);
  CHECK(with.out == say("fit", {"repair", data.path(), "--x", "outage"}).out);
  const Said without = say("fit", {"repair", data.path()});
  CHECK(without.code == 3);
  CHECK(contains(without.err, "Columns are: duration_yr."));
}

TEST_CASE("a folder has the page with a dot for each observation, and is not written twice") {
  const File data(kTrend);
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "fleetrace_fit_verb_test";
  std::filesystem::remove_all(folder);
  const std::vector<std::string> arguments = {"trend", data.path(), "--output", folder.string()};
  CHECK(contains(say("fit", arguments).err, "Results are in"));
  std::ifstream file(folder / "report.html", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  std::size_t dots = 0;
  for (std::size_t at = page.find("<circle"); at != std::string::npos; at = page.find("<circle", at + 1)) ++dots;
  CHECK(dots == 10);  // five observations and their residuals
  CHECK(contains(page, "price_performance_rate"));
  CHECK(contains(page, "<h1>fleetrace_fit_verb_test.csv"));
  CHECK_FALSE(contains(page, "</p>\n<pre>"));
  for (const char* name : {"results.csv", "results.json", "results.xlsx", "manifest.json"})
    CHECK(std::filesystem::exists(folder / name));
  CHECK(contains(say("fit", arguments).err, "there is nothing to do"));
  const Said other = say("fit", {"trend", data.path(), "--confidence", "0.8", "--output", folder.string()});
  CHECK(other.code == 1);
  std::filesystem::remove_all(folder);
}

TEST_CASE("what is asked of fit in vain") {
  const File data(kTrend);
  check_refused("fit", {{{}, "MODEL and FILE are needed"},
                        {{"trend"}, "MODEL and FILE are needed"},
                        {{"trend", data.path(), "x"}, "one too many"},
                        {{"trnd", data.path()}, "Did you mean \"trend\"?"},
                        {{"trend", data.path(), "--law", "weibull"}, "there is no law \"weibull\" of the model trend"},
                        {{"repair", data.path(), "--law", "weibull"}, "has one law alone"},
                        {{"trend", data.path(), "--law", "exponentl"}, "Did you mean \"exponential\"?"},
                        {{"trend", data.path(), "--of", "prices"}, "price"},
                        {{"repair", data.path(), "--of", "price"}, "of the model trend alone"},
                        {{"trend", data.path(), "--steps", "0 yr,1 yr"}, "of the model life alone"},
                        {{"life", data.path(), "--law", "stepped", "--steps", "1 yr,2 yr"}, "ascend from 0"},
                        {{"trend", data.path(), "--predict", "2027-13-01"}, "is no date"},
                        {{"trend", data.path(), "--predict", "9999-01-01"}, "no number holds the trend"},
                        {{"trend", data.path(), "--key", "hardware.then.price_perf"}, "no key that takes the rate"},
                        {{"trend", data.path(), "--key", "hardware.then.price_performance_rat"},
                         "Did you mean \"hardware.then.price_performance_rate\"?"},
                        {{"trend", data.path(), "--confidence", "95"}, "0.95"},
                        {{"chinchilla", data.path(), "--resamples", "3"}, "20"}});
  const Said wrong = say("fit", {"life", data.path()});
  CHECK(wrong.code == 3);
  CHECK(wrong.out.empty());
}

}  // namespace fleetrace::test
