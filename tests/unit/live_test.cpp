#include "sim/api/live.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/output/live/session.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace {
namespace {

constexpr const char* kText = R"(fleetrace: 1
name: small
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: trend, price_performance_doubling: {lognormal: {low: 1.5 yr, high: 3 yr, mass: 0.95}}}
operations: {lifetime: 5 yr}
sites:
  main: {power: 30 MW, electricity: 0.08 USD/kWh}  # the grid's limit
loss: {model: relative, kappa: 0.05, reference: 1e22 FLOP}
strategies:
  hare: {buy: front_loaded, budget: 2e9 USD}
  turtle: {buy: incremental, budget: 2e9 USD, every: 3 months}
  heron: {buy: once, budget: 2e9 USD, at: 2 yr}
)";

const LiveControl* find(const std::vector<LiveControl>& controls, std::string_view key) {
  const auto found = std::find_if(controls.begin(), controls.end(),
                                  [&](const LiveControl& each) { return each.key == key; });
  return found == controls.end() ? nullptr : &*found;
}

scenario::Scenario loaded(const std::string& text) { return reader::Document({text, "text"}).load(); }

}  // namespace

TEST_CASE("a live page moves what the scenario has") {
  const std::vector<LiveControl> controls = live_controls(loaded(kText));
  CHECK(controls.size() >= 8);
  CHECK(controls.size() <= 12);
  const LiveControl* const power = find(controls, "power");
  REQUIRE(power != nullptr);
  CHECK(power->value == 30);
  CHECK(power->unit == "MW");
  CHECK(power->is_logarithmic);
  CHECK(power->low < 30);
  CHECK(power->high > 30);
  SECTION("equal budgets are moved together") {
    const LiveControl* const budget = find(controls, "budget");
    REQUIRE(budget != nullptr);
    CHECK(budget->paths ==
          std::vector<std::string>{"strategies.hare.budget", "strategies.turtle.budget", "strategies.heron.budget"});
    CHECK(budget->value == 2);
    CHECK(budget->unit == "billion USD");
  }
  SECTION("a distribution shades its range and stands at its median") {
    const LiveControl* const doubling = find(controls, "price_performance_doubling");
    REQUIRE(doubling != nullptr);
    REQUIRE(doubling->likely.has_value());
    // 95 % lie between 1.5 and 3, so 5 and 95 % lie inside: median sqrt(4.5), sigma ln(3/1.5)/(2 * 1.95996).
    CHECK(doubling->value == Approx(2.12132).epsilon(1e-5));
    CHECK(doubling->likely->first == Approx(2.12132 * std::exp(-1.64485 * 0.176827)).epsilon(1e-4));
    CHECK(doubling->likely->second == Approx(2.12132 * std::exp(1.64485 * 0.176827)).epsilon(1e-4));
  }
  SECTION("a value lies on its scale, and both ends may be set") {
    for (const LiveControl& each : controls) {
      INFO(each.key);
      CHECK(each.low < each.high);
      CHECK(each.low <= each.value);
      CHECK(each.value <= each.high);
      for (const double end : {each.low, each.high}) {
        std::vector<reader::Override> changes;
        for (const std::string& path : each.paths)
          changes.push_back({path, std::to_string(end) + (each.unit.empty() ? "" : ' ' + each.unit)});
        CHECK_NOTHROW(reader::Document({kText, "text"}).load(changes));
      }
    }
  }
}

TEST_CASE("changes are written into the text of a scenario") {
  const std::string text = kText;
  const scenario::Scenario scenario = loaded(text);
  SECTION("in the place of what stands there, marked") {
    const auto edited = edited_text(text, scenario,
                                    {{"sites.main.power", "12 MW"}, {"sites.main.electricity", "0.1 USD/kWh"}});
    REQUIRE(edited.has_value());
    CHECK(edited->find("main: {power: 12 MW, electricity: 0.1 USD/kWh}  # the grid's limit") != std::string::npos);
    CHECK(edited->find("# changed from 30 MW") != std::string::npos);
    CHECK(loaded(*edited).root().sections("sites").front().number("power") == 12e6);
  }
  SECTION("a distribution is replaced as a whole") {
    const auto edited = edited_text(text, scenario, {{"hardware.price_performance_doubling", "2.5 yr"}});
    REQUIRE(edited.has_value());
    CHECK(edited->find("price_performance_doubling: 2.5 yr}") != std::string::npos);
  }
  SECTION("what is left out is added, to a section that stands there or to a new one") {
    const auto edited = edited_text(text, scenario, {{"supply.lead_time", "9 months"}, {"operations.mfu", "0.3"}});
    REQUIRE(edited.has_value());
    CHECK(edited->find("supply: {lead_time: 9 months}  # added") != std::string::npos);
    CHECK(edited->find("operations: {mfu: 0.3, lifetime: 5 yr}  # added") != std::string::npos);
  }
  SECTION("what makes no valid scenario is not written") {
    CHECK_FALSE(edited_text(text, scenario, {{"sites.main.power", "-1 MW"}}).has_value());
  }
}

TEST_CASE("a live session answers in JSON, and says what is wrong at its place") {
  output::LiveSession session;
  CHECK(session.answer("no json").find("\"error\"") != std::string::npos);
  CHECK(session.answer(R"({"do": "race"})").find("\"error\"") != std::string::npos);
  const std::string opened = session.answer(R"({"do": "open", "text": "hare-and-turtle\n", "name": "x"})");
  CHECK(opened.find("\"diagnostics\"") != std::string::npos);
  std::string quoted;
  for (const char c : std::string(kText)) quoted += c == '\n' ? "\\n" : c == '"' ? "\\\"" : std::string(1, c);
  CHECK(session.answer(R"({"do": "open", "name": "small", "text": ")" + quoted + "\"}").find("\"controls\"") !=
        std::string::npos);
  CHECK(session.answer(R"({"do": "race", "set": [["sites.main.power", "10 MW"]]})").find("\"bindings\"") !=
        std::string::npos);
  CHECK(session.answer(R"({"do": "finals"})").find("\"bindings\"") == std::string::npos);
  CHECK(session.answer(R"({"do": "bands", "replications": 20})").find("\"replications\": 20") != std::string::npos);
  const std::string wrong = session.answer(R"({"do": "race", "set": [["sites.main.power", "10 mW"]]})");
  CHECK(wrong.find("sites.main.power") != std::string::npos);
  CHECK(wrong.find("\"suggestion\"") != std::string::npos);
}

}  // namespace fleetrace
