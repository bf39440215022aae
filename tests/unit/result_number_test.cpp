#include "sim/fleet/results/result_number.hpp"

#include "tests/oracle/race.hpp"

// Numbers of a result by their paths.
namespace fleetrace::test {
namespace {

using fleet::ResultNumber;

const Race& example() {
  static const Race kRun = race(
      "horizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
      "operations: {mfu: 0.4}\nloss: {reference: 1e24 FLOP, targets: [0.95, 0.01]}\n"
      "sites: {main: {power: 1 MW, electricity: 0.1 USD/kWh}, other: {power: 2 MW}}\n"
      "initial_fleet: [{accelerator: H100, count: 100, installed: 2025-01-01, site: main}]\nstrategies: {s: {buy: none}}\n");
  return kRun;
}

std::optional<double> read(std::string_view path) {
  const auto number = ResultNumber::at(path, example().cases);
  CAPTURE(path);
  REQUIRE(number.index() == 0);
  CHECK(std::get<ResultNumber>(number).path() == path);
  return std::get<ResultNumber>(number).read(example().cases[0], example().outcomes[0], {});
}

std::string problem(std::string_view path) {
  const auto number = ResultNumber::at(path, example().cases);
  CAPTURE(path);
  REQUIRE(number.index() == 1);
  const core::QuantityProblem& said = std::get<core::QuantityProblem>(number);
  return said.problem + "; " + said.reason + "; " + said.suggestion;
}

}  // namespace

TEST_CASE("a path names a column, or an item of a group and its number") {
  const fleet::Outcome& s = example()["s"];
  CHECK(read("relative_loss") == s.final.relative_loss);
  CHECK(read("final.relative_loss") == s.final.relative_loss);
  CHECK(read("final.energy_kwh") == s.final.energy_kwh);
  CHECK(read("sites.main.energy_kwh") == s.sites[0].energy_kwh);
  CHECK(read("sites.other.energy_kwh") == 0);
  CHECK(read("sites.other.it_power_w") == 2e6);
  CHECK(read("sites.main.accelerators") == 100);
  CHECK(read("targets.0.95.reached") == Approx((*s.targets[0].reached - example().cases[0].horizon.start).years()));
  CHECK(read("targets.0.950.reached") == read("targets.0.95.reached"));
  CHECK(read("targets.0.01.reached") == std::numeric_limits<double>::infinity());
  CHECK_FALSE(read("absolute_loss"));
  const auto number = std::get<ResultNumber>(ResultNumber::at("sites.main.energy_kwh", example().cases));
  CHECK(number.unit() == "kWh");
  CHECK(number.dimension() == core::Dimension::energy);
  CHECK_FALSE(number.is_date());
  CHECK(std::get<ResultNumber>(ResultNumber::at("targets.0.95.reached", example().cases)).is_date());
}

TEST_CASE("without setups any item may be named, with them those that a strategy has") {
  CHECK(ResultNumber::at("sites.any.energy_kwh", {}).index() == 0);
  CHECK(problem("sites.any.energy_kwh") ==
        "sites has no \"any\"; no strategy of the scenario has it; Valid values are: main, other.");
  CHECK(problem("beside.any.relative_loss") == "beside has no \"any\"; the scenario has no beside with names; ");
}

TEST_CASE("what is no path says what is missing or near") {
  CHECK(problem("sites").find("\"sites\" is no number; it names no item of sites; Write sites.ITEM.it_power_w.") == 0);
  CHECK(problem("sites.main").find("it names no item of sites") != std::string::npos);
  CHECK(problem("obstacles").find("it names no item of obstacles; Write obstacles.ITEM.") != std::string::npos);
  CHECK(problem("sites.main.take_or_pay").find("Did you mean \"take_or_pay_usd\"?") != std::string::npos);
  CHECK(problem("sites.main.nonsense").find("an item of sites has no \"nonsense\"") != std::string::npos);
  CHECK(problem("relative_los").find("Did you mean \"relative_loss\"?") != std::string::npos);
  CHECK(problem("nonsense")
            .find("there is no result \"nonsense\"; goals are about numbers of the JSON result; Valid are") == 0);
  CHECK(problem("nowhere.main.energy_kwh").find("there is no result") == 0);
}

TEST_CASE("a number at a date is what a race that ends then has, for each that has dates") {
  const auto setup = [](const std::string& years, const std::string& loss) {
    return cases_of(
               "horizon: {start: 2026-01-01, length: " + years +
               " yr}\nhardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4, lifetime: 3 yr}\n"
               "progress: {model: exponential, doubling: 1 yr, cost: 1e5 USD/yr}\nloss: {" +
               loss +
               "reference: 1e24 FLOP}\nfinance: {revenue: {price: 1 USD/h}}\nsites: {main: {power: 1 MW, pue: 1.2, electricity: "
               "0.1 USD/kWh, facility_cost: 3 USD/W}}\ninitial_fleet: [{accelerator: H100, count: 100, installed: 2024-01-01}]\n"
               "strategies: {s: {buy: orders, orders: [{at: 0.5 yr, accelerator: H100, count: 50}]}}\n")
        .front();
  };
  for (const std::string loss : {"", "model: chinchilla, "}) {
    const fleet::StrategySetup whole = setup("4", loss);
    const fleet::StrategySetup part = setup("2", loss);
    const core::Time date = part.horizon.end;
    fleet::World world;
    world.recorder.keep(fleet::Detail::whole, {}, {&date, 1});
    fleet::Outcome outcome;
    fleet::simulate(world, whole, outcome);
    const fleet::Outcome then = fleet::simulate(part);
    int dated = 0;
    for (const std::span<const fleet::DatedMetric> all : {fleet::dated_metrics(), fleet::further_metrics()}) {
      for (const fleet::DatedMetric& each : all) {
        if (each.at == nullptr) continue;
        CAPTURE(loss, each.name);
        const std::optional<double> at = each.at(whole, outcome, date);
        const std::optional<double> final = each.final(part, then);
        REQUIRE(at.has_value() == final.has_value());
        if (!at) continue;
        CHECK(*at == Approx(*final).epsilon(1e-9));
        CHECK_FALSE(each.at(whole, outcome, date + core::kDay));
        const auto number = std::get<ResultNumber>(ResultNumber::at(each.name, {&whole, 1}));
        CHECK(number.read(whole, outcome, date) == at);
        CHECK(number.read(whole, outcome, whole.horizon.end) == each.final(whole, outcome));
        ++dated;
      }
    }
    CHECK(dated >= (loss.empty() ? 10 : 11));
  }
}

TEST_CASE("a column may be called without the unit at its end") {
  CHECK(ResultNumber::without_unit("energy")->path() == "energy_kwh");
  CHECK(ResultNumber::without_unit("final.spend")->path() == "spend_usd");
  CHECK(ResultNumber::without_unit("effective_compute")->path() == "effective_compute_flop");
  CHECK_FALSE(ResultNumber::without_unit("relative_loss"));
  CHECK_FALSE(ResultNumber::without_unit("nonsense"));
}

}  // namespace fleetrace::test
