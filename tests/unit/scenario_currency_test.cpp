#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/api/resolved.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/unit/said.hpp"

// A scenario whose money is in euros is the one in dollars, wherever an amount is written.
namespace fleetrace {
namespace {

using nlohmann::json;
using test::contains;
using test::Said;
using test::say;

const std::string kNote = "Money is in USD of 2026; 1 EUR = 1.08 USD.";

constexpr const char* kEuros = R"(fleetrace: 1
name: two-currencies
horizon: {start: 2026-01-01, end: 2028-01-01}
money: {currency: EUR, usd: 1.08, price_year: 2026}
hardware: {model: catalog, accelerators: [H100, B200]}
operations: {mfu: 0.4}
sites: {hall: {power: 20 MW, electricity: 0.1 EUR/kWh, facility_cost: 2 EUR/W}}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
finance: {revenue: {price: 2.5 EUR/h}}
strategies:
  plan: {buy: schedule, budget: 2e8 EUR, purchases: purchases.csv}
  lots: {buy: incremental, budget: 200 MEUR, every: 6 months, with: {sites: {hall: {electricity: 0.05 EUR/kWh}}}}
  less: {buy: front_loaded, budget: {uniform: {low: 0.1 B EUR, high: 0.2 B EUR}}}
actuals: [{strategy: lots, date: 2026-07-01, accelerator: H100, count: 1000, spend: 60 MEUR}]
cases:
  dearer: {set: [strategies.plan.budget=3e8 EUR, sites.hall.electricity=0.2 EUR/kWh]}
)";

constexpr const char* kDollars = R"(fleetrace: 1
name: two-currencies
horizon: {start: 2026-01-01, end: 2028-01-01}
hardware: {model: catalog, accelerators: [H100, B200]}
operations: {mfu: 0.4}
sites: {hall: {power: 20 MW, electricity: 0.108 USD/kWh, facility_cost: 2.16 USD/W}}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
finance: {revenue: {price: 2.7 USD/h}}
strategies:
  plan: {buy: schedule, budget: 2.16e8 USD, purchases: purchases.csv}
  lots: {buy: incremental, budget: 216 MUSD, every: 6 months, with: {sites: {hall: {electricity: 0.054 USD/kWh}}}}
  less: {buy: front_loaded, budget: {uniform: {low: 0.108 B USD, high: 0.216 B USD}}}
actuals: [{strategy: lots, date: 2026-07-01, accelerator: H100, count: 1000, spend: 64.8 MUSD}]
cases:
  dearer: {set: [strategies.plan.budget=3.24e8 USD, sites.hall.electricity=0.216 USD/kWh]}
)";

/// The two scenarios, each in a folder of its own with its CSV file.
class TwoCurrencies {
 public:
  TwoCurrencies() {
    write("euros/my.yaml", kEuros);
    write("euros/purchases.csv", "at,amount_meur\n2026-02-01,120\n2026-10-01,80\n");
    write("dollars/my.yaml", kDollars);
    write("dollars/purchases.csv", "at,amount_musd\n2026-02-01,129.6\n2026-10-01,86.4\n");
  }
  TwoCurrencies(const TwoCurrencies&) = delete;
  TwoCurrencies(TwoCurrencies&&) = delete;
  TwoCurrencies& operator=(const TwoCurrencies&) = delete;
  TwoCurrencies& operator=(TwoCurrencies&&) = delete;
  ~TwoCurrencies() { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::string euros() const { return path("euros/my.yaml"); }
  [[nodiscard]] std::string dollars() const { return path("dollars/my.yaml"); }

  /// What a verb says of both, as JSON; of the one in euros with its options in euros.
  void check_same(const std::string& verb, const std::vector<std::string>& more_euros = {},
                  const std::vector<std::string>& more_dollars = {}) const {
    INFO(verb << (more_euros.empty() ? "" : ' ' + more_euros.front()));
    const auto said = [&](const std::string& file, std::vector<std::string> arguments) {
      arguments.insert(arguments.begin(), {file, "--format=json", "--quiet"});
      Said result = say(verb, arguments);
      INFO(result.err);
      REQUIRE(result.code == 0);
      return json::parse(result.out);
    };
    json of_euros = said(euros(), more_euros);
    json of_dollars = said(dollars(), more_dollars);
    CHECK(of_euros["money"] == kNote);
    CHECK_FALSE(of_dollars.contains("money"));
    of_euros.erase("money");
    for (json* each : {&of_euros, &of_dollars}) {
      each->erase("scenario");  // its hash
      each->erase("inputs");    // the text of its distribution
      each->erase("goal");
      strip(*each);
    }
    CHECK(of_euros == of_dollars);
  }

 private:
  /// Takes out what quotes the words of the user.
  static void strip(json& of) {
    if (of.contains("futures"))
      for (json& each : of["futures"]) each.erase("changes");
    if (of.contains("axes"))
      for (json& each : of["axes"]) each.erase("values");
    if (of.contains("points"))
      for (json& each : of["points"]) each.erase("values");
  }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  ("fleetrace-currency-" + std::to_string(::getpid()));
};

TEST_CASE("Every verb answers in euros as in dollars") {
  const TwoCurrencies both;
  both.check_same("run");
  both.check_same("run", {"--by=quarter"}, {"--by=quarter"});
  both.check_same("run", {"--set=strategies.plan.budget=2.5e8 EUR"}, {"--set=strategies.plan.budget=2.7e8 USD"});
  both.check_same("run", {"--from=2026-07-01"}, {"--from=2026-07-01"});
  both.check_same("compare", {"--replications=5"}, {"--replications=5"});
  both.check_same("compare", {"--replications=5", "--by=year"}, {"--replications=5", "--by=year"});
  both.check_same("whatif", {"--case=dearer", "--replications=2"}, {"--case=dearer", "--replications=2"});
  both.check_same("sweep", {"--vary=strategies.plan.budget=2e8 EUR,3e8 EUR", "--replications=2"},
                  {"--vary=strategies.plan.budget=2.16e8 USD,3.24e8 USD", "--replications=2"});
  both.check_same("solve",
                  {"--for=strategies.plan.budget", "--until=plan.spend <= 2.5e8 EUR", "--between=2.1e8 EUR,3e8 EUR",
                   "--replications=1"},
                  {"--for=strategies.plan.budget", "--until=plan.spend <= 2.7e8 USD",
                   "--between=2.268e8 USD,3.24e8 USD", "--replications=1"});
}

TEST_CASE("Guards take amounts in the currency") {
  const TwoCurrencies both;
  const auto code = [&](const std::string& guard) { return say("run", {both.euros(), "--fail-if", guard}).code; };
  const json run = json::parse(say("run", {both.euros(), "--format=json"}).out);
  const double spend = run["strategies"][0]["final"]["spend_usd"].get<double>();
  const auto euros = [](double usd) { return std::to_string(usd / 1.08) + " EUR"; };
  CHECK(code("plan.spend > " + euros(spend * 0.999)) == cli::kGuardTripped);
  CHECK(code("plan.spend > " + euros(spend * 1.001)) == 0);
  CHECK(code("plan.spend_usd / plan.energy_kwh > 1e-6 EUR/kWh") == cli::kGuardTripped);
  CHECK(contains(say("run", {both.euros(), "--fail-if", "plan.spend > 1 GBP"}).err,
                 "GBP is a currency that is not declared"));
  CHECK(contains(say("run", {both.dollars(), "--fail-if", "plan.spend > 1 EUR"}).err,
                 "Declare it: money: {currency: EUR, usd: ...}"));
}

TEST_CASE("The resolved scenario keeps euros and gives the same results") {
  const TwoCurrencies both;
  const std::string shown = say("show", {both.euros()}).out;
  CHECK(contains(shown, "currency: EUR"));
  CHECK(contains(shown, "electricity: 0.1 EUR/kWh"));
  std::ofstream(both.path("euros/shown.yaml")) << shown;
  json once = json::parse(say("run", {both.euros(), "--format=json"}).out);
  json again = json::parse(say("run", {both.path("euros/shown.yaml"), "--format=json"}).out);
  for (json* each : {&once, &again}) each->erase("scenario");
  CHECK(once == again);
  // Amounts follow what the currency is worth.
  json dearer = json::parse(say("run", {both.path("euros/shown.yaml"), "--format=json", "--set=money.usd=2.16"}).out);
  CHECK(dearer["strategies"][0]["final"]["spend_usd"].get<double>() >
        1.9 * once["strategies"][0]["final"]["spend_usd"].get<double>());
}

TEST_CASE("A note says once what money is in, where it is more than USD") {
  const TwoCurrencies both;
  const auto count = [](std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::size_t found = 0;
    for (std::size_t at = text.find(kNote); at != std::string::npos; at = text.find(kNote, at + 1)) ++found;
    return found;
  };
  for (const char* format : {"table", "markdown", "json"}) {
    INFO(format);
    const std::string form = std::string("--format=") + format;
    CHECK(count(say("run", {both.euros(), form}).out) == 1);
    CHECK(count(say("run", {both.euros(), form, "--by=year"}).out) == 1);
    CHECK(count(say("compare", {both.euros(), form, "--replications=2", "--quiet"}).out) == 1);
    CHECK(count(say("compare", {both.euros(), form, "--replications=2", "--quiet", "--by=year"}).out) == 1);
    CHECK(count(say("whatif", {both.euros(), form, "--case=dearer", "--replications=1", "--quiet"}).out) == 1);
    CHECK(count(say("run", {both.dollars(), form}).out) == 0);
  }
  const std::string folder = both.path("out");
  REQUIRE(say("compare", {both.euros(), "--replications=2", "--quiet", "--output", folder}).code == 0);
  for (const char* file : {"report.html", "manifest.json", "results.json"}) {
    INFO(file);
    std::ifstream stream(std::filesystem::path(folder) / file);
    CHECK(count({std::istreambuf_iterator<char>(stream), {}}) == 1);
  }
}

TEST_CASE("A difference in what a currency is worth is one change, which all amounts follow") {
  const TwoCurrencies both;
  const std::string other = both.path("euros/other.yaml");
  std::string text = kEuros;
  text.replace(text.find("usd: 1.08"), 9, "usd: 1.20");
  std::ofstream(other) << text;
  const json found = json::parse(say("diff", {both.euros(), other, "--format=json"}).out);
  REQUIRE(found["inputs"].size() == 1);
  CHECK(found["inputs"][0]["path"] == "money.usd");
  CHECK_FALSE(found["outcomes"].empty());
  CHECK(found["a"]["money"] == kNote);
  // Amounts that are the same in both currencies do not differ.
  const json same = json::parse(say("diff", {both.dollars(), both.euros(), "--format=json"}).out);
  REQUIRE(same["inputs"].size() == 2);
  CHECK(same["inputs"][0]["path"] == "money");
  CHECK(same["inputs"][0]["raced"] == false);
  CHECK(same["inputs"][1]["path"] == "cases.dearer.set");
  CHECK(same["outcomes"].empty());
}

TEST_CASE("What a currency is worth is no input of a study") {
  const TwoCurrencies both;
  test::check_refused("solve", {{{both.euros(), "--for=money.usd", "--until=plan.spend <= 2e8 USD"},
                                 "amounts are converted when they are read"}});
  test::check_refused("optimize", {{{both.dollars(), "--strategy=lots", "--yearly-spend=1e8 EUR"},
                                    "EUR is a currency that is not declared"}});
}

TEST_CASE("A worth that is probably the wrong way round is warned about") {
  std::string text = kEuros;
  text.replace(text.find("currency: EUR, usd: 1.08"), 24, "currency: JPY, usd: 156");
  for (std::size_t at = text.find("EUR"); at != std::string::npos; at = text.find("EUR", at))
    text.replace(at, 3, "JPY");
  text.replace(text.find("purchases.csv"), 13, "[{at: 1 yr, amount: 1 JPY}]");
  const scenario::Scenario scenario = reader::load_bytes(text, "yen.yaml");
  REQUIRE_FALSE(scenario.warnings.empty());
  CHECK(scenario.warnings.front().path == "money.usd");
  CHECK(contains(scenario.warnings.front().reason, "not how many of it one USD buys"));
}

TEST_CASE("Without the section amounts and notes are as they were") {
  CHECK_FALSE(contains(to_yaml(reader::load("hare-and-turtle")), "money"));
  const Said said = say("run", {"hare-and-turtle"});
  CHECK_FALSE(contains(said.out, "Money is in"));
}

}  // namespace
}  // namespace fleetrace
