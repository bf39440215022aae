// Units with prefixes, and what is suggested in the place of one that is not read.
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "fleetrace/core/quantity.hpp"

namespace {

using namespace fleetrace::core;

double value_of(Dimension dimension, std::string_view text) {
  const auto result = parse_quantity(dimension, text);
  if (const auto* problem = std::get_if<QuantityProblem>(&result)) FAIL(problem->problem << ": " << problem->reason);
  return std::get<double>(result);
}

std::string complaint(Dimension dimension, std::string_view text) {
  const auto result = parse_quantity(dimension, text);
  const auto* problem = std::get_if<QuantityProblem>(&result);
  return problem == nullptr ? "accepted" : problem->reason + ". " + problem->suggestion;
}

std::vector<Dimension> all_dimensions() {
  std::vector<Dimension> all;
  for (int i = 0; i <= static_cast<int>(Dimension::energy); ++i) all.push_back(static_cast<Dimension>(i));
  return all;
}

}  // namespace

TEST_CASE("prefixes on money, data, power and energy are units, also in compound units", "[quantity]") {
  CHECK(value_of(Dimension::money, "3 kUSD") == 3e3);
  CHECK(value_of(Dimension::money, "3 MUSD") == 3e6);
  CHECK(value_of(Dimension::money, "4.85 BUSD") == 4.85e9);
  CHECK(value_of(Dimension::money, "4.85 billion USD") == 4.85e9);
  CHECK(value_of(Dimension::money, "2 TUSD") == 2e12);
  CHECK(value_of(Dimension::money, "8.09 M USD") == 8.09e6);
  CHECK(value_of(Dimension::money_rate, "75 MUSD/yr") == 75e6);
  CHECK(value_of(Dimension::money_rate, "1 MUSD/month") == 12e6);
  CHECK(value_of(Dimension::money_rate, "1 kUSD/day") == 365'250);
  CHECK(value_of(Dimension::energy_price, "70 kUSD/MWh") == 70);
  CHECK(value_of(Dimension::energy_price, "70000 USD/GWh") == 0.07);
  CHECK(value_of(Dimension::energy_price, "70 MUSD/TWh") == 0.07);
  CHECK(value_of(Dimension::power_cost, "11.7 MUSD/MW") == 11.7);
  CHECK(value_of(Dimension::power_cost, "11.7 kUSD/kW") == 11.7);
  CHECK(value_of(Dimension::power_cost, "1.17 BUSD/GW") == 1.17);
  CHECK(value_of(Dimension::power, "0.002 TW") == 2e9);
  CHECK(value_of(Dimension::bandwidth, "100 Gbit/s") == 12.5e9);
  CHECK(value_of(Dimension::bandwidth, "1.6 Tbit/s") == 2e11);
  CHECK(value_of(Dimension::bandwidth, "900 MB/s") == 9e8);
  CHECK(value_of(Dimension::bandwidth, "8 byte/s") == 8);
  CHECK(value_of(Dimension::memory, "80 Gbyte") == 8e10);
  CHECK(value_of(Dimension::memory, "640 Gbit") == 8e10);
  CHECK(value_of(Dimension::carbon_intensity, "400 kg/MWh") == 0.4);
  CHECK(value_of(Dimension::water_intensity, "0.36 L/kWh") == 0.36);
  CHECK(value_of(Dimension::water_intensity, "0.36 m3/MWh") == 0.36);
  CHECK(value_of(Dimension::water_intensity, "360 L/MWh") == 0.36);
  CHECK(value_of(Dimension::water_intensity, "2 gal/kWh") == 2 * 3.785411784);
  CHECK(value_of(Dimension::volume, "1000 gal") == 3785.411784);
  CHECK(value_of(Dimension::volume, "3 m3") == 3e3);
  CHECK(value_of(Dimension::volume, "1.5 ML") == 1.5e6);
  CHECK(value_of(Dimension::volume, "2 kL") == 2e3);
  CHECK(value_of(Dimension::compute_rate, "3 ZFLOP/s") == 3e21);
  CHECK(value_of(Dimension::compute, "1 EF-days") == 8.64e22);
  CHECK(value_of(Dimension::price_performance, "30 TFLOP/s/kUSD") == 3e10);
  CHECK(value_of(Dimension::power_intensity, "1.4 MW/(EFLOP/s)") == Approx(1.4e-12).epsilon(1e-15));
  CHECK(value_of(Dimension::count_rate, "100 /month") == 1200);
  CHECK(value_of(Dimension::duration, "2 quarters") == 6 * 2'629'800'000.0);
  CHECK(value_of(Dimension::duration, "12 ms") == 12);
}

TEST_CASE("growth may be a factor or a percentage a year", "[quantity]") {
  CHECK(value_of(Dimension::growth, "3x/yr") == Approx(std::log2(3)).epsilon(1e-15));
  CHECK(value_of(Dimension::growth, "3 x/yr") == value_of(Dimension::growth, "3x/yr"));
  CHECK(value_of(Dimension::growth, "2x/month") == 12);
  CHECK(value_of(Dimension::growth, "0.5x/yr") == -1);
  CHECK(value_of(Dimension::growth, "1x/yr") == 0);
  CHECK(value_of(Dimension::growth, "5 %/yr") == Approx(std::log2(1.05)).epsilon(1e-15));
  CHECK(value_of(Dimension::growth, "100%/yr") == 1);
  CHECK(value_of(Dimension::growth, "-50 %/yr") == -1);
  CHECK(value_of(Dimension::decline, "5 %/yr") == 0.05);
  CHECK(value_of(Dimension::decline, "15%/yr") == 0.15);
  CHECK(complaint(Dimension::growth, "0x/yr").find("above 0") != std::string::npos);
  CHECK(complaint(Dimension::growth, "-100 %/yr").find("above -100") != std::string::npos);
  CHECK(complaint(Dimension::growth, "3 times/yr").find("Did you mean \"3 x/yr\"?") != std::string::npos);
}

TEST_CASE("a suggested quantity has the size that was written", "[quantity]") {
  // Every unit with letters swapped, doubled and left out: what is suggested is worth as much as the unit, or nothing is.
  const auto suggested = [](Dimension dimension, const std::string& text) -> std::string {
    const std::string all = complaint(dimension, text);
    const std::size_t begin = all.find("Did you mean \"");
    return begin == std::string::npos ? "" : all.substr(begin + 14, all.rfind('"') - begin - 14);
  };
  for (const Dimension dimension : all_dimensions()) {
    for (const std::string_view unit : all_units(dimension)) {
      const double size = value_of(dimension, "2 " + std::string(unit));
      for (std::size_t i = 1; i < unit.size(); ++i) {
        std::string swapped(unit);
        std::swap(swapped[i - 1], swapped[i]);
        std::string doubled(unit);
        doubled.insert(i, 1, unit[i]);
        std::string lacking(unit);
        lacking.erase(i, 1);
        for (const std::string& slip : {swapped, doubled, lacking}) {
          if (std::holds_alternative<double>(parse_quantity(dimension, "2 " + slip))) continue;
          const std::string meant = suggested(dimension, "2 " + slip);
          if (meant.empty()) continue;
          INFO(slip << " from " << unit << " suggests " << meant);
          CHECK(value_of(dimension, meant) == Approx(size).epsilon(1e-12));
        }
      }
    }
  }
  for (const auto& [dimension, text] :
       std::vector<std::pair<Dimension, std::string>>{{Dimension::power, "100 mW"},
                                                      {Dimension::power, "150 MWh"},
                                                      {Dimension::memory, "80 gb"},
                                                      {Dimension::bandwidth, "100 gb/s"},
                                                      {Dimension::energy_price, "70 USD/mwh"},
                                                      {Dimension::energy_price, "70 mUSD/MWh"},
                                                      {Dimension::volume, "500 mL"},
                                                      {Dimension::water_intensity, "360 mL/kWh"},
                                                      {Dimension::growth, "1.5 /yr"}})
    CHECK(suggested(dimension, text).empty());
  CHECK(suggested(Dimension::bandwidth, "100 Gb/s") == "100 Gbit/s");
  CHECK(suggested(Dimension::bandwidth, "400 Gbps") == "400 Gbit/s");
  CHECK(suggested(Dimension::power_cost, "11.7 M$/MW") == "11.7 MUSD/MW");
  CHECK(suggested(Dimension::money_rate, "2.4 $/hour") == "2.4 USD/h");
  CHECK(suggested(Dimension::duration, "3 mon") == "3 months");
  CHECK(suggested(Dimension::energy_price, "70 kUSD/MWhh") == "70 kUSD/MWh");
  CHECK(suggested(Dimension::water_intensity, "0.36 l/kWh") == "0.36 L/kWh");
  CHECK(suggested(Dimension::water_intensity, "0.36 liters/kwh") == "0.36 L/kWh");
  CHECK(suggested(Dimension::water_intensity, "1.8 m\xc2\xb3/MWh") == "1.8 m3/MWh");
  CHECK(suggested(Dimension::volume, "3 litres") == "3 L");
  CHECK(suggested(Dimension::volume, "3 gallons") == "3 gal");
}
