#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "fleetrace/fleetrace.hpp"

// What one more of a limit is worth is the difference of two optimisations, one of which has one more of it.
namespace fleetrace {
namespace {

struct Known {
  const char* what;
  const char* scenario;
  const char* strategy;
  const char* set;   ///< what is changed in both: path=value, or nothing
  const char* path;  ///< of the limit
  const char* now;
  const char* more;  ///< a million dollars, a megawatt of accelerators, so many accelerators more
  const char* of;    ///< what the plan calls it
  double units = 1;  ///< that are more
  double yearly = 0;
  fleet::Metric objective = fleet::Metric::final_loss;
};

Scenario scenario_of(const Known& known, const char* value) {
  Scenario scenario = load(known.scenario);
  if (const char* const sign = std::strchr(known.set, '='))
    scenario.set(std::string(known.set, sign), std::string(sign + 1));
  if (*known.path != '\0') scenario.set(known.path, value);
  return scenario;
}

OptimizeResult optimum_of(const Known& known, const char* value) {
  OptimizeOptions options;
  options.strategy = known.strategy;
  options.objective = known.objective;
  options.gap = 1e-7;
  if (known.yearly > 0) options.yearly_spend = core::Money::from_usd(known.yearly);
  return optimize(scenario_of(known, value), options);
}

double gain_of(const OptimizeResult& found, const std::string& of) {
  const auto each = std::find_if(found.worth.begin(), found.worth.end(), [&](const auto& one) { return one.of == of; });
  REQUIRE(each != found.worth.end());
  return each->gain;
}

}  // namespace

TEST_CASE("one more of each limit is worth what an optimisation with one more of it brings", "[optimise]") {
  const char* const servers = "hardware.server_overhead=1.64";
  const auto mean = fleet::Metric::mean_loss;
  const Known all[] = {
      // The budget by itself is the most of each column of trend hardware, which must take no part of its price.
      {"budget", "who-waits-wins", "turtle", "", "strategies.turtle.budget", "1e9 USD", "1.001e9 USD", "budget"},
      {"budget", "capacity-what-if", "turtle", servers, "strategies.turtle.budget", "2e9 USD", "2.001e9 USD", "budget"},
      {"budget", "two-sites", "both", "", "strategies.both.budget", "4e9 USD", "4.001e9 USD", "budget"},
      {"budget, mean loss", "two-sites", "both", "", "strategies.both.budget", "4e9 USD", "4.001e9 USD", "budget", 1, 0,
       mean},
      // Five years of 0.4e9 USD are the whole budget: more of it alone can be spent in no year.
      {"budget under a limit by year", "capacity-what-if", "turtle", servers, "strategies.turtle.budget", "2e9 USD",
       "2.001e9 USD", "budget", 1, 0.4e9},
      {"budget under a wide limit by year", "capacity-what-if", "turtle", servers, "strategies.turtle.budget",
       "2e9 USD", "2.001e9 USD", "budget", 1, 0.7e9},
      // A megawatt of the accelerators is 1.1 of the grid's.
      {"power", "capacity-what-if", "turtle", "", "sites.main.power", "30 MW", "31.1 MW", "power at main"},
      {"power, mean loss", "capacity-what-if", "turtle", "", "sites.main.power", "12 MW", "12.11 MW", "power at main",
       0.1, 0, mean},
      {"allocation", "hare-and-turtle", "turtle", "", "supply.allocations", "[{accelerator: GB300+3, count: 10000}]",
       "[{accelerator: GB300+3, count: 10100}]", "GB300+3 allotted", 100},
  };
  for (const Known& known : all) {
    CAPTURE(known.what, known.scenario);
    const OptimizeResult now = optimum_of(known, known.now);
    const OptimizeResult then = optimum_of(known, known.more);
    REQUIRE(now.bound);
    REQUIRE(then.bound);
    const double brings = (*now.bound - *then.bound) / known.units;
    const double gain = gain_of(now, known.of);
    CAPTURE(gain, brings);
    // Loss falls less and less: by a share of what is added to the compute, which here is small.
    CHECK(gain == Approx(brings).epsilon(known.objective == mean ? 0.01 : 2e-3).margin(1e-12));
    CHECK(gain >= 0);
  }
}

TEST_CASE("one more megawatt in the first phase of a site is worth what it brings", "[optimise]") {
  const auto value = [](const std::string& first) {
    Scenario scenario = load("capacity-what-if");
    scenario.set("sites.main", "{pue: 1.1, electricity: 0.0826 USD/kWh, grid: [{from: 2026-01-01, power: " + first +
                                   "}, {from: 2028-01-01, power: 30 MW}]}");
    OptimizeOptions options;
    options.strategy = "turtle";
    options.objective = fleet::Metric::mean_loss;
    options.gap = 1e-9;
    return optimize(scenario, options);
  };
  const OptimizeResult now = value("8 MW");
  double first = 0;
  const core::Time opens = *core::parse_date("2028-01-01");
  for (const study::WorthByDate& each : now.limits_by_date) first += each.from < opens ? each.gain : 0;
  const double brings = *now.bound - *value("8.11 MW").bound;
  CAPTURE(first, brings);
  CHECK(first > 0);
  CHECK(first * 0.1 == Approx(brings).epsilon(0.02));
}

}  // namespace fleetrace
