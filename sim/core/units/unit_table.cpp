#include "sim/core/units/unit_table.hpp"

#include <array>

namespace fleetrace::core::detail {
namespace {

// Durations below a week read best in hours: repairs of 72 h, not of 3 days.
constexpr std::array kDuration = {
    Unit{"s", 1e3},
    Unit{"min", 6e4},
    Unit{"h", 3.6e6},
    Unit{"day", 8.64e7, 1, false},
    Unit{"days", 8.64e7, 1, true, 7},
    Unit{"month", 2'629'800'000.0, 1, false},
    Unit{"months", 2'629'800'000.0},
    Unit{"yr", 31'557'600'000.0},
};
// Sentences write "4.85 billion USD"; every prefix is read.
constexpr std::array kMoney = {
    Unit{"USD"},
    Unit{"kUSD", 1e3, 1, false},
    Unit{"MUSD", 1e6, 1, false},
    Unit{"million USD", 1e6},
    Unit{"BUSD", 1e9, 1, false},
    Unit{"billion USD", 1e9},
    Unit{"TUSD", 1e12, 1, false},
    Unit{"trillion USD", 1e12},
};
constexpr std::array kMoneyRate = {
    Unit{"USD/yr"},
    Unit{"USD/month", 12, 1, false},
    Unit{"USD/h", 8766, 1, false},
    Unit{"million USD/yr", 1e6},
    Unit{"billion USD/yr", 1e9},
};
constexpr std::array kPower = {Unit{"W"}, Unit{"kW", 1e3}, Unit{"MW", 1e6}, Unit{"GW", 1e9},
                               Unit{"TW", 1e12, 1, false}};
constexpr std::array kEnergy = {Unit{"Wh", 1, 1e3, false}, Unit{"kWh"}, Unit{"MWh", 1e3}, Unit{"GWh", 1e6},
                                Unit{"TWh", 1e9}};
constexpr std::array kEnergyPrice = {Unit{"USD/kWh"}, Unit{"USD/MWh", 1, 1e3, false}, Unit{"USD/GWh", 1, 1e6, false}};
constexpr std::array kPowerCost = {Unit{"USD/W"}, Unit{"USD/kW", 1, 1e3, false}, Unit{"USD/MW", 1, 1e6, false}};
constexpr std::array kComputePrice = {Unit{"USD/PF-day"}, Unit{"USD/EF-day", 1, 1e3, false}};
constexpr std::array kMass = {Unit{"kg"}, Unit{"t", 1e3, 1, false}};
constexpr std::array kCarbonIntensity = {Unit{"kg/kWh"}, Unit{"g/kWh", 1, 1e3, false}, Unit{"t/MWh", 1, 1, false}};
// A US gallon is 231 cubic inches, 3.785411784 L.
constexpr std::array kVolume = {Unit{"L"}, Unit{"gal", 473'176'473, 125'000'000, false}, Unit{"m3", 1e3, 1, false},
                                Unit{"ML", 1e6}};
constexpr std::array kWaterIntensity = {Unit{"L/kWh"}, Unit{"m3/MWh", 1, 1, false},
                                        Unit{"gal/kWh", 473'176'473, 125'000'000, false}};
constexpr std::array kComputeRate = {Unit{"FLOP/s"}, Unit{"GFLOP/s", 1e9}, Unit{"TFLOP/s", 1e12}, Unit{"PFLOP/s", 1e15},
                                     Unit{"EFLOP/s", 1e18}};
// Training compute is quoted in plain FLOP, so output uses no other unit of it. One PF-day is 1e15 FLOP/s for 86 400 s.
constexpr std::array kCompute = {Unit{"FLOP"}, Unit{"EFLOP", 1e18, 1, false}, Unit{"PF-days", 8.64e19, 1, false},
                                 Unit{"ZFLOP", 1e21, 1, false}, Unit{"YFLOP", 1e24, 1, false}};
constexpr std::array kPricePerformance = {Unit{"FLOP/s/USD"}, Unit{"GFLOP/s/USD", 1e9}, Unit{"TFLOP/s/USD", 1e12}};
constexpr std::array kPowerIntensity = {Unit{"W/(TFLOP/s)", 1, 1e12}, Unit{"kW/(PFLOP/s)", 1, 1e12, false},
                                        Unit{"W/(FLOP/s)", 1, 1, false}};
constexpr std::array kGrowth = {Unit{"doublings/yr"}, Unit{"x/yr", 1, 1, false, 1, Scale::factor},
                                Unit{"%/yr", 1, 1, false, 1, Scale::percent_more}};
// A percentage of a continuous rate is a hundredth of it.
constexpr std::array kRate = {Unit{"/yr"}, Unit{"%/yr", 1, 100, false}};
constexpr std::array kCountRate = {Unit{"/yr"}, Unit{"/month", 12, 1, false}};
constexpr std::array kMemory = {Unit{"MB", 1e6}, Unit{"GB", 1e9}, Unit{"TB", 1e12}};
constexpr std::array kBandwidth = {Unit{"GB/s", 1e9}, Unit{"TB/s", 1e12}, Unit{"Gbit/s", 1.25e8, 1, false},
                                   Unit{"Tbit/s", 1.25e11, 1, false}};

constexpr std::array kDurationSynonyms = {
    Synonym{"sec", "s"},
    Synonym{"secs", "s"},
    Synonym{"second", "s"},
    Synonym{"seconds", "s"},
    Synonym{"mins", "min"},
    Synonym{"minute", "min"},
    Synonym{"minutes", "min"},
    Synonym{"hr", "h"},
    Synonym{"hrs", "h"},
    Synonym{"hour", "h"},
    Synonym{"hours", "h"},
    Synonym{"d", "days"},
    Synonym{"mo", "months"},
    Synonym{"mon", "months"},
    Synonym{"mth", "months"},
    Synonym{"mths", "months"},
    Synonym{"mos", "months"},
    Synonym{"y", "yr"},
    Synonym{"a", "yr"},
    Synonym{"yrs", "yr"},
    Synonym{"year", "yr"},
    Synonym{"years", "yr"},
    Synonym{"w", "days", 7},
    Synonym{"week", "days", 7},
    Synonym{"weeks", "days", 7},
    Synonym{"quarter", "months", 3},
    Synonym{"quarters", "months", 3},
    Synonym{"decade", "yr", 10},
    Synonym{"decades", "yr", 10},
};
constexpr std::array kMoneySynonyms = {
    Synonym{"$", "USD"},
    Synonym{"dollar", "USD"},
    Synonym{"dollars", "USD"},
    Synonym{"bn usd", "BUSD"},
    Synonym{"mn usd", "MUSD"},
    Synonym{"mio usd", "MUSD"},
    Synonym{"mm usd", "MUSD"},
    Synonym{"milliard usd", "billion USD"},
    Synonym{"mrd usd", "billion USD"},
};
constexpr std::array kPowerSynonyms = {Synonym{"watt", "W"}, Synonym{"watts", "W"}, Synonym{"kilowatt", "kW"},
                                       Synonym{"megawatt", "MW"}, Synonym{"gigawatt", "GW"}};
constexpr std::array kComputeRateSynonyms = {Synonym{"flops", "FLOP/s"}, Synonym{"gflops", "GFLOP/s"},
                                             Synonym{"tflops", "TFLOP/s"}, Synonym{"pflops", "PFLOP/s"},
                                             Synonym{"eflops", "EFLOP/s"}};
constexpr std::array kComputeSynonyms = {Synonym{"flops", "FLOP"}, Synonym{"pf-day", "PF-days"},
                                         Synonym{"pflop/s-day", "PF-days"}, Synonym{"pflop/s-days", "PF-days"}};
constexpr std::array kPricePerformanceSynonyms = {
    Synonym{"flops/usd", "FLOP/s/USD"}, Synonym{"gflops/usd", "GFLOP/s/USD"}, Synonym{"tflops/usd", "TFLOP/s/USD"}};
constexpr std::array kPowerIntensitySynonyms = {Synonym{"w/tflops", "W/(TFLOP/s)"}, Synonym{"w/tflop/s", "W/(TFLOP/s)"},
                                                Synonym{"w/flop/s", "W/(FLOP/s)"},
                                                Synonym{"w per flop/s", "W/(FLOP/s)"}};
constexpr std::array kGrowthSynonyms = {Synonym{"doublings per year", "doublings/yr"},
                                        Synonym{"doublings a year", "doublings/yr"},
                                        Synonym{"x per year", "x/yr"},
                                        Synonym{"x a year", "x/yr"},
                                        Synonym{"times/yr", "x/yr"},
                                        Synonym{"times a year", "x/yr"},
                                        Synonym{"\xc3\x97/yr", "x/yr"},
                                        Synonym{"% per year", "%/yr"},
                                        Synonym{"% a year", "%/yr"},
                                        Synonym{"percent/yr", "%/yr"}};
constexpr std::array kRateSynonyms = {Synonym{"1/yr", "/yr"},      Synonym{"1/year", "/yr"},
                                      Synonym{"per year", "/yr"},  Synonym{"% per year", "%/yr"},
                                      Synonym{"% a year", "%/yr"}, Synonym{"percent/yr", "%/yr"}};
constexpr std::array kCountRateSynonyms = {Synonym{"1/yr", "/yr"}, Synonym{"1/year", "/yr"}, Synonym{"per year", "/yr"},
                                           Synonym{"a year", "/yr"}, Synonym{"per month", "/month"}};
// A word with a small b may mean bits: those with a capital one alone are bytes.
constexpr std::array kMemorySynonyms = {Synonym{"MiB", "GB", 1'048'576e-9},
                                        Synonym{"GiB", "GB", 1.073741824},
                                        Synonym{"TiB", "GB", 1'099.511627776},
                                        Synonym{"Gb", "Gbit"},
                                        Synonym{"Mb", "Mbit"},
                                        Synonym{"Tb", "Tbit"}};
constexpr std::array kBandwidthSynonyms = {Synonym{"Gb/s", "Gbit/s"},
                                           Synonym{"Gbps", "Gbit/s"},
                                           Synonym{"Mb/s", "Mbit/s"},
                                           Synonym{"Mbps", "Mbit/s"},
                                           Synonym{"Tb/s", "Tbit/s"},
                                           Synonym{"Tbps", "Tbit/s"},
                                           Synonym{"kbps", "kbit/s"},
                                           Synonym{"GBps", "GB/s"},
                                           Synonym{"MBps", "MB/s"},
                                           Synonym{"TBps", "TB/s"},
                                           Synonym{"GiB/s", "GB/s", 1.073741824},
                                           Synonym{"MiB/s", "GB/s", 1'048'576e-9}};

std::span<const Synonym> synonyms_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration: return kDurationSynonyms;
    case Dimension::money: return kMoneySynonyms;
    case Dimension::power: return kPowerSynonyms;
    case Dimension::compute_rate: return kComputeRateSynonyms;
    case Dimension::compute: return kComputeSynonyms;
    case Dimension::price_performance: return kPricePerformanceSynonyms;
    case Dimension::power_intensity: return kPowerIntensitySynonyms;
    case Dimension::growth: return kGrowthSynonyms;
    case Dimension::decline: return kRateSynonyms;
    case Dimension::count_rate: return kCountRateSynonyms;
    case Dimension::memory: return kMemorySynonyms;
    case Dimension::bandwidth: return kBandwidthSynonyms;
    case Dimension::number:
    case Dimension::count:
    case Dimension::money_rate:
    case Dimension::energy:
    case Dimension::energy_price:
    case Dimension::power_cost:
    case Dimension::compute_price:
    case Dimension::mass:
    case Dimension::carbon_intensity:
    case Dimension::volume:
    case Dimension::water_intensity: break;
  }
  return {};
}

}  // namespace

std::span<const Unit> units_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::number:
    case Dimension::count: break;
    case Dimension::duration: return kDuration;
    case Dimension::money: return kMoney;
    case Dimension::money_rate: return kMoneyRate;
    case Dimension::power: return kPower;
    case Dimension::energy: return kEnergy;
    case Dimension::energy_price: return kEnergyPrice;
    case Dimension::power_cost: return kPowerCost;
    case Dimension::compute_price: return kComputePrice;
    case Dimension::mass: return kMass;
    case Dimension::carbon_intensity: return kCarbonIntensity;
    case Dimension::volume: return kVolume;
    case Dimension::water_intensity: return kWaterIntensity;
    case Dimension::compute_rate: return kComputeRate;
    case Dimension::compute: return kCompute;
    case Dimension::price_performance: return kPricePerformance;
    case Dimension::power_intensity: return kPowerIntensity;
    case Dimension::growth: return kGrowth;
    case Dimension::decline: return kRate;
    case Dimension::count_rate: return kCountRate;
    case Dimension::memory: return kMemory;
    case Dimension::bandwidth: return kBandwidth;
  }
  return {};
}

std::optional<Synonym> synonym(Dimension dimension, std::string_view word) {
  for (const Synonym& each : synonyms_of(dimension)) {
    if (each.word == word) return each;
  }
  return std::nullopt;
}

}  // namespace fleetrace::core::detail
