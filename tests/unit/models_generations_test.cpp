#include <catch2/catch.hpp>
#include <cmath>

#include "catalog_of.hpp"

namespace {

using namespace fleetrace;
using test::date;
using test::findings;
using test::Random;
using test::spec_of;

models::AcceleratorType base_type() {
  models::AcceleratorType base;
  base.name = "GB300";
  base.released = date("2025-08-01");
  base.priced = date("2025-09-01");
  base.peak = 2.5e15;
  base.nameplate_power = 2'000;
  base.average_power = 1'500;
  base.chip_price = 40'000;
  base.overhead = {1.64, 0.19};
  base.price.decline = 0.153;
  return base;
}

struct Resolved {
  models::Market market;
  std::string complaints;
};

Resolved generations(const std::vector<std::pair<std::string, std::string>>& written, const char* end = "2034-01-01") {
  const auto catalog = test::three_accelerators();
  core::Diagnostics diagnostics;
  Resolved resolved;
  resolved.market = models::resolve_hardware(spec_of(*models::hardware_family().find("generations"), written),
                                             {date("2026-01-01"), date(end), &catalog, "hardware"}, diagnostics);
  resolved.complaints = findings(diagnostics);
  return resolved;
}

}  // namespace

TEST_CASE("jumps by hand: dollars double every year, watts every four, a generation every two") {
  const auto base = base_type();
  const auto next = models::next_generations(base, {{core::kYear * 2}, 1, 0.25}, date("2030-01-01"));
  REQUIRE(next.size() == 2);
  CHECK(next[0].name == "GB300+1");
  CHECK(next[1].name == "GB300+2");
  CHECK(next[0].released == base.released + core::kYear * 2);
  CHECK(next[1].released == base.released + core::kYear * 4);
  CHECK(next[1].priced == base.priced + core::kYear * 4);
  // FLOP/s per USD x 4 at the same launch price; FLOP/s per W x sqrt(2), so power x 4 / sqrt(2).
  CHECK(next[0].peak == 1e16);
  CHECK(next[1].peak == 4e16);
  CHECK(next[0].nameplate_power == Approx(5'656.854249492380).epsilon(1e-14));
  CHECK(next[0].average_power == Approx(4'242.640687119285).epsilon(1e-14));
  CHECK(next[1].nameplate_power == Approx(16'000).epsilon(1e-14));
  CHECK(next[0].cost(next[0].released) == Approx(base.cost(base.released)).epsilon(1e-14));
  CHECK(next[0].price.decline == base.price.decline);
}

TEST_CASE("jumps match both doubling times, whatever they are") {
  Random random(16);
  for (int i = 0; i < 500; ++i) {
    const auto base = base_type();
    const models::GenerationPlan plan{
        {core::Duration::from_years(random.uniform(0.25, 4))}, random.uniform(-1, 2), random.uniform(-1, 2)};
    const auto next = models::next_generations(base, plan, base.released + core::kYear * 12);
    INFO(plan.cadence.mean.years() << ' ' << plan.price_performance_rate << ' ' << plan.efficiency_rate);
    REQUIRE(static_cast<std::int64_t>(next.size()) == (core::kYear * 12 - core::kMillisecond) / plan.cadence.mean);
    for (const models::AcceleratorType& type : next) {
      const double years = (type.released - base.released).years();
      const double per_usd = type.peak / type.cost(type.released) / (base.peak / base.cost(base.released));
      const double per_watt = type.peak / type.nameplate_power / (base.peak / base.nameplate_power);
      REQUIRE(std::log2(per_usd) == Approx(plan.price_performance_rate * years).margin(1e-11));
      REQUIRE(std::log2(per_watt) == Approx(plan.efficiency_rate * years).margin(1e-11));
      REQUIRE(type.average_power / type.nameplate_power == Approx(0.75).epsilon(1e-12));
    }
  }
}

TEST_CASE("nothing is released at the end of the horizon or later") {
  const auto base = base_type();
  const models::GenerationPlan plan{{core::kYear}, 1, 1};
  CHECK(models::next_generations(base, plan, base.released + core::kYear).empty());
  CHECK(models::next_generations(base, plan, base.released + core::kYear + core::kMillisecond).size() == 1);
  CHECK(models::next_generations(base, plan, base.released - core::kYear).empty());
}

TEST_CASE("a market of generations starts with the first") {
  const auto [market, complaints] = generations({{"first", "H100"}, {"cadence", "2 yr"}});
  CHECK(complaints.empty());
  REQUIRE(market.types.size() == 6);  // 2022-09-20 and five more until 2032-09
  CHECK(market.on_sale == 6);
  CHECK(market.types[0].name == "H100");
  CHECK(market.types[5].name == "H100+5");
  CHECK(std::log2(market.types[1].peak / market.types[0].peak) == Approx(2 / 2.07).epsilon(1e-12));
}

TEST_CASE("generations follow the newest of a catalog list") {
  const auto catalog = test::three_accelerators();
  core::Spec spec = core::preset_spec(*models::hardware_family().find("catalog"));
  spec.value("accelerators").data = std::vector<std::string>{"GB300", "A100"};
  const core::Parameter& then = *spec.entry->find("then");
  spec.value("then").data = std::vector<core::Spec>{spec_of(*then.family->entries[0], {{"cadence", "3 yr"}})};
  core::Diagnostics diagnostics;
  const auto market = models::resolve_hardware(spec, {date("2026-01-01"), date("2034-01-01"), &catalog, "hardware"},
                                               diagnostics);
  CHECK(findings(diagnostics).empty());
  REQUIRE(market.types.size() == 4);
  CHECK(market.types[2].name == "GB300+1");
  CHECK(market.types[3].name == "GB300+2");
  CHECK(market.types[2].overhead.server_overhead == 1.64);
}

TEST_CASE("what cannot be simulated is refused") {
  const auto [many, too_many] = generations({{"first", "H100"}, {"cadence", "6 h"}});
  CHECK(
      too_many ==
      "hardware.cadence: more than 10 000 generations would be released before the end of the horizon (the cadence is too "
      "short for it). Lengthen the cadence or shorten the horizon.");
  CHECK(many.types.size() <= 1);
  CHECK(generations({{"first", "H100"}, {"price_performance_rate", "20 doublings/yr"}}, "2080-01-01")
            .complaints.find("performance would double more than 900 times (it would leave the range of numbers)") !=
        std::string::npos);
  CHECK(generations({{"first", "H200"}}).complaints.find("hardware.first: there is no accelerator \"H200\"") == 0);
  const core::Parameter& cadence = *models::hardware_family().find("generations")->find("cadence");
  CHECK_FALSE(cadence.range.contains(0));
}
