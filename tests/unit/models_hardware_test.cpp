#include <catch2/catch.hpp>

#include "catalog_of.hpp"
#include "models/hardware/hardware.hpp"

namespace {

using namespace fleetrace;
using test::date;
using test::findings;
using test::spec_of;

struct Resolved {
  models::Market market;
  std::string complaints;
};

Resolved resolve(const core::Spec& spec, const test::Catalog& catalog) {
  core::Diagnostics diagnostics;
  Resolved resolved;
  resolved.market = models::resolve_hardware(spec, {date("2026-01-01"), date("2034-01-01"), &catalog, "hardware"},
                                             diagnostics);
  resolved.complaints = findings(diagnostics);
  return resolved;
}

core::Spec catalog_spec(const std::vector<std::string>& names,
                        const std::vector<std::pair<std::string, std::string>>& written = {}) {
  core::Spec spec = spec_of(*models::hardware_family().find("catalog"), written);
  spec.value("accelerators").data = names;
  return spec;
}

}  // namespace

TEST_CASE("all-in cost adds the server and the interconnect") {
  CHECK(models::AllInCost{}.of(100) == 100);
  CHECK(models::AllInCost{1.64, 0.19}.of(23'238) == Approx(47'049.77777777778).epsilon(1e-14));  // x 1.64 / 0.81
  CHECK(models::AllInCost{2, 0.5}.of(100) == 400);
}

TEST_CASE("prices decline from their date on, and were higher before it") {
  models::AcceleratorType h100;
  h100.chip_price = 36'742;
  h100.priced = date("2022-07-01");
  h100.price.decline = 0.153;
  CHECK(h100.cost(h100.priced) == 36'742);
  CHECK(h100.cost(h100.priced + core::kYear * 3) == Approx(23'217.82992809728).epsilon(1e-14));  // x e^-0.459
  CHECK(h100.cost(h100.priced + core::kYear * 3) == Approx(23'238).epsilon(1e-3));  // what was paid in 2025
  CHECK(h100.cost(h100.priced - core::kYear) == 36'742);  // a price falls from its date on  // x e^0.153
  h100.overhead = {1.64, 0.19};
  CHECK(h100.cost(h100.priced) == Approx(36'742 * 1.64 / 0.81).epsilon(1e-14));
  h100.price.decline = 0;
  CHECK(h100.cost(core::Time::from_milliseconds(0)) == h100.cost(date("2099-01-01")));
}

TEST_CASE("the default price decline is what H100 prices did from 2022 to 2025") {
  const auto spec = catalog_spec({"H100"});
  CHECK(spec.number("price_decline") == Approx(0.1527105483753584).epsilon(2e-3));  // ln(36742 / 23238) / 3
  CHECK(1 - spec.number("interconnect_share") == 0.81);
}

TEST_CASE("a catalog market is sorted by release date and says what it found") {
  const auto catalog = test::three_accelerators();
  const auto [market, complaints] = resolve(catalog_spec({"GB300", "A100", "H100"}), catalog);
  CHECK(complaints.empty());
  REQUIRE(market.types.size() == 3);
  CHECK(market.on_sale == 3);
  CHECK_FALSE(market.trend.has_value());
  CHECK(market.types[0].name == "A100");
  CHECK(market.types[1].name == "H100");
  CHECK(market.types[2].name == "GB300");
  const models::AcceleratorType& h100 = *market.find("H100");
  CHECK(h100.peak == 989.4e12);
  CHECK(h100.nameplate_power == 1275);
  CHECK(h100.average_power == 956.25);
  CHECK(h100.released == date("2022-09-20"));
  CHECK(h100.cost(date("2022-07-01")) == Approx(36'742 * 1.64 / 0.81).epsilon(1e-14));
  CHECK(market.find("B200") == nullptr);
}

TEST_CASE("costs come from the hardware section") {
  const auto catalog = test::three_accelerators();
  const auto spec = catalog_spec({"H100"},
                                 {{"server_overhead", "2"}, {"interconnect_share", "0.5"}, {"price_decline", "0 /yr"}});
  CHECK(resolve(spec, catalog).market.types[0].cost(date("2030-01-01")) == 36'742 * 4);
}

TEST_CASE("what is not in the catalog, and what is listed twice") {
  const auto catalog = test::three_accelerators();
  CHECK(
      resolve(catalog_spec({"H10"}), catalog).complaints ==
      "hardware.accelerators: there is no accelerator \"H10\" (neither in the catalog nor under accelerators). Did you mean \"H100\"?");
  CHECK(resolve(catalog_spec({"h100"}), catalog).complaints.find("Did you mean \"H100\"?") != std::string::npos);
  CHECK(
      resolve(catalog_spec({"MI300X"}), catalog).complaints ==
      "hardware.accelerators: there is no accelerator \"MI300X\" (neither in the catalog nor under accelerators). Valid values are: A100, GB300, H100.");
  const auto twice = resolve(catalog_spec({"H100", "A100", "H100"}), catalog);
  CHECK(twice.complaints ==
        "hardware.accelerators: H100 is listed twice (each accelerator is on sale once). Remove one.");
  CHECK(twice.market.types.size() == 2);
  const auto both = resolve(catalog_spec({"X", "Y"}), catalog);
  CHECK(std::count(both.complaints.begin(), both.complaints.end(), '\n') == 1);  // both are named
}

TEST_CASE("a precision that an accelerator does not have") {
  auto catalog = test::three_accelerators();
  const auto spec = catalog_spec({"H100"}, {{"precision", "fp8"}});
  CHECK(resolve(spec, catalog).complaints ==
        "hardware.accelerators: H100 has no fp8 performance (no dense fp8 peak is known for it). "
        "Use bf16 or another accelerator, or state it: accelerators: {H100: {fp8: ...}}.");
  catalog.at("H100").value("fp8").data = 1979e12;
  CHECK(resolve(spec, catalog).complaints.empty());
  CHECK(resolve(spec, catalog).market.types[0].peak == 1979e12);
}

TEST_CASE("an accelerator of an initial fleet beside trend hardware is taken in bf16 at its own price") {
  const auto catalog = test::three_accelerators();
  core::Diagnostics diagnostics;
  const core::Spec trend = core::preset_spec(*models::hardware_family().find("trend"));
  const auto type = models::accelerator_type(trend, {}, "H100", {date("2026-01-01"), date("2034-01-01"), &catalog, ""},
                                             "initial_fleet.0.accelerator", diagnostics);
  REQUIRE(type.has_value());
  CHECK(type->peak == 989.4e12);
  CHECK(diagnostics.empty());
}

TEST_CASE("a trend doubles what a dollar buys, and separately what a watt does") {
  const auto [market, complaints] = resolve(
      spec_of(*models::hardware_family().find("trend"), {{"price_performance", "3e10 FLOP/s/USD"},
                                                         {"price_performance_doubling", "2 yr"},
                                                         {"power_per_flops", "0.8 W/(TFLOP/s)"},
                                                         {"energy_efficiency_doubling", "4 yr"}}),
      test::Catalog{});
  CHECK(complaints.empty());
  REQUIRE(market.trend.has_value());
  CHECK(market.on_sale == 0);
  const core::Time start = date("2026-01-01");
  CHECK(market.trend->price_performance_at(start) == 3e10);
  CHECK(market.trend->price_performance_at(start + core::kYear * 2) == 6e10);
  CHECK(market.trend->price_performance_at(start + core::kYear * 8) == 48e10);
  CHECK(market.trend->price_performance_at(start - core::kYear * 2) == 1.5e10);
  CHECK(market.trend->power_per_flops_at(start) == Approx(0.8e-12).epsilon(1e-15));
  CHECK(market.trend->power_per_flops_at(start + core::kYear * 8) == Approx(0.2e-12).epsilon(1e-15));
  const auto flat = resolve(spec_of(*models::hardware_family().find("trend"), {{"price_performance_doubling", "none"}}),
                            {});
  CHECK(flat.market.trend->price_performance_at(start + core::kYear * 8) == 3e10);
  CHECK(flat.market.trend->power_per_flops_at(start + core::kYear * 8) == 0);
}
