#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/api/edited_text.hpp"
#include "sim/output/live/session.hpp"
#include "sim/reader/document.hpp"
#include "sim/scenario/live/controls.hpp"

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

const scenario::LiveControl* find(const std::vector<scenario::LiveControl>& controls, std::string_view key) {
  const auto found = std::find_if(controls.begin(), controls.end(),
                                  [&](const scenario::LiveControl& each) { return each.key == key; });
  return found == controls.end() ? nullptr : &*found;
}

scenario::Scenario loaded(const std::string& text) { return reader::Document({text, "text"}).load(); }

}  // namespace

TEST_CASE("a live page moves what the scenario has") {
  const std::vector<scenario::LiveControl> controls = scenario::live_controls(loaded(kText));
  CHECK(controls.size() >= 8);
  CHECK(controls.size() <= 12);
  const scenario::LiveControl* const power = find(controls, "power");
  REQUIRE(power != nullptr);
  CHECK(power->value == 30);
  CHECK(power->unit == "MW");
  CHECK(power->is_logarithmic);
  CHECK(power->low < 30);
  CHECK(power->high > 30);
  SECTION("equal budgets are moved together") {
    const scenario::LiveControl* const budget = find(controls, "budget");
    REQUIRE(budget != nullptr);
    CHECK(budget->paths ==
          std::vector<std::string>{"strategies.hare.budget", "strategies.turtle.budget", "strategies.heron.budget"});
    CHECK(budget->value == 2);
    CHECK(budget->unit == "billion USD");
  }
  SECTION("a distribution shades its range and stands at its median") {
    const scenario::LiveControl* const doubling = find(controls, "price_performance_doubling");
    REQUIRE(doubling != nullptr);
    REQUIRE(doubling->likely.has_value());
    // 95 % lie between 1.5 and 3, so 5 and 95 % lie inside: median sqrt(4.5), sigma ln(3/1.5)/(2 * 1.95996).
    CHECK(doubling->value == Approx(2.12132).epsilon(1e-5));
    CHECK(doubling->likely->first == Approx(2.12132 * std::exp(-1.64485 * 0.176827)).epsilon(1e-4));
    CHECK(doubling->likely->second == Approx(2.12132 * std::exp(1.64485 * 0.176827)).epsilon(1e-4));
  }
  SECTION("a value lies on its scale, and both ends may be set") {
    for (const scenario::LiveControl& each : controls) {
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

namespace {

/// What a scenario is refused for with that list of controls; empty where it is taken.
std::string refused(const std::string& list, const std::vector<reader::Override>& changes = {}) {
  try {
    (void)reader::Document({std::string(kText) + "live: " + list + '\n', "text"}).load(changes);
    return {};
  } catch (const core::InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a scenario lists the controls of its page") {
  const std::string text = std::string(kText) +
                           "live: [loss.kappa, strategies.hare.budget, sites.main.power, supply.lead_time]\n";
  const std::vector<scenario::LiveControl> controls = scenario::live_controls(loaded(text));
  REQUIRE(controls.size() == 4);
  CHECK(controls[0].paths == std::vector<std::string>{"loss.kappa"});
  CHECK(controls[0].label == "Loss exponent (kappa)");
  CHECK(controls[1].label == "Budget for hare");
  CHECK(controls[1].unit == "billion USD");
  CHECK(controls[2].label == "Site power");
  CHECK(controls[2].line == 7);
  CHECK(controls[3].low == 0);
  CHECK(controls[3].line == 0);
}

TEST_CASE("a list of controls is refused at its place, with the reason") {
  CHECK(refused("[sites.main.power]").empty());
  const std::string unknown = refused("[site.main.power, sites.main.powr]");
  CHECK(unknown.find("text:13:7: live: there is no value \"site.main.power\"") != std::string::npos);
  CHECK(unknown.find("Did you mean \"sites.main.power\"?") != std::string::npos);
  CHECK(unknown.find("\"sites.main.powr\"") != std::string::npos);
  CHECK(refused("[nothing.like.it.at.all]").find("fleetrace list paths") != std::string::npos);
  CHECK(refused("[loss.kappa, loss.kappa]").find("listed twice") != std::string::npos);
  CHECK(refused("[strategies.hare.buy]").find("\"strategies.hare.buy\"") != std::string::npos);
  CHECK(refused("[sites.main]").find("\"sites.main\"") != std::string::npos);
  CHECK(refused("[hardware.model]").find("\"hardware.model\" is not a number") != std::string::npos);
  CHECK(refused("[name]").find("\"name\" is not a number") != std::string::npos);
  CHECK(refused("[]").find("the list is empty") != std::string::npos);
  CHECK(refused("7").find("live") != std::string::npos);
  CHECK(refused("[operations.lifetime]", {{"live", "[name]"}}).find("\"name\"") != std::string::npos);
  std::string many = "[loss.kappa";
  for (const char* const each :
       {"sites.main.power", "sites.main.pue", "sites.main.electricity", "horizon.length", "operations.lifetime",
        "operations.mfu", "supply.lead_time", "hardware.price_performance_doubling", "strategies.hare.budget",
        "strategies.turtle.budget", "strategies.turtle.every", "strategies.heron.at"})
    many += std::string(", ") + each;
  CHECK(refused(many + ']').find("13 controls are listed (a page has room for 12)") != std::string::npos);
}

TEST_CASE("a number without an end has no control") {
  std::string text = kText;
  text.replace(text.find("lifetime: 5 yr"), 14, "lifetime: unlimited");
  try {
    (void)loaded(text + "live: [operations.lifetime]\n");
    FAIL("accepted");
  } catch (const core::InputError& error) {
    CHECK(std::string(error.what()).find("\"operations.lifetime\" is unlimited (nothing tells how far") !=
          std::string::npos);
  }
  // The same by a change is no reason to refuse it.
  const reader::Document document({std::string(kText) + "live: [operations.lifetime]\n", "text"});
  CHECK_FALSE(document.load({{"operations.lifetime", "unlimited"}}).root().has("live"));
}

TEST_CASE("what a change takes away is no control, and no reason to refuse it") {
  const reader::Document document({std::string(kText) + "live: [strategies.heron.at, loss.kappa]\n", "text"});
  const scenario::Scenario changed = document.load({{"strategies.heron", "{buy: none}"}});
  CHECK(changed.root().texts("live") == std::vector<std::string>{"loss.kappa"});
  CHECK(changed.setups() != nullptr);
  CHECK(scenario::live_controls(changed).size() == 1);
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
