#include "unit_table.hpp"

#include <algorithm>
#include <array>
#include <string>

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
constexpr std::array kMoney = {Unit{"USD"}};
constexpr std::array kMoneyRate = {Unit{"USD/yr"}, Unit{"USD/month", 12, 1, false}, Unit{"USD/h", 8766, 1, false}};
constexpr std::array kPower = {Unit{"W"}, Unit{"kW", 1e3}, Unit{"MW", 1e6}, Unit{"GW", 1e9}};
constexpr std::array kEnergyPrice = {Unit{"USD/kWh"}, Unit{"USD/MWh", 1, 1e3, false}};
constexpr std::array kPowerCost = {Unit{"USD/W"}, Unit{"USD/kW", 1, 1e3, false}, Unit{"USD/MW", 1, 1e6, false}};
constexpr std::array kMass = {Unit{"kg"}, Unit{"t", 1e3, 1, false}};
constexpr std::array kCarbonIntensity = {Unit{"kg/kWh"}, Unit{"g/kWh", 1, 1e3, false}, Unit{"t/MWh", 1, 1, false}};
constexpr std::array kComputeRate = {Unit{"FLOP/s"}, Unit{"GFLOP/s", 1e9}, Unit{"TFLOP/s", 1e12}, Unit{"PFLOP/s", 1e15},
                                     Unit{"EFLOP/s", 1e18}};
// Training compute is quoted in plain FLOP, so that alone is written. One PF-day is 1e15 FLOP/s for 86 400 s.
constexpr std::array kCompute = {Unit{"FLOP"}, Unit{"EFLOP", 1e18, 1, false}, Unit{"PF-days", 8.64e19, 1, false},
                                 Unit{"ZFLOP", 1e21, 1, false}, Unit{"YFLOP", 1e24, 1, false}};
constexpr std::array kPricePerformance = {Unit{"FLOP/s/USD"}, Unit{"GFLOP/s/USD", 1e9}, Unit{"TFLOP/s/USD", 1e12}};
constexpr std::array kPowerIntensity = {Unit{"W/(TFLOP/s)", 1, 1e12}, Unit{"kW/(PFLOP/s)", 1, 1e12, false},
                                        Unit{"W/(FLOP/s)", 1, 1, false}};
constexpr std::array kGrowth = {Unit{"doublings/yr"}};
constexpr std::array kRate = {Unit{"/yr"}};
constexpr std::array kMemory = {Unit{"MB", 1e6}, Unit{"GB", 1e9}, Unit{"TB", 1e12}};
constexpr std::array kBandwidth = {Unit{"GB/s", 1e9}, Unit{"TB/s", 1e12}};

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
    Synonym{"ms", "s", 1e-3},
};
constexpr std::array kMoneySynonyms = {
    Synonym{"$", "USD"},         Synonym{"dollar", "USD"},           Synonym{"dollars", "USD"},
    Synonym{"kusd", "USD", 1e3}, Synonym{"musd", "USD", 1e6},        Synonym{"million usd", "USD", 1e6},
    Synonym{"busd", "USD", 1e9}, Synonym{"billion usd", "USD", 1e9}, Synonym{"bn usd", "USD", 1e9},
};
constexpr std::array kMoneyRateSynonyms = {Synonym{"usd/year", "USD/yr"}, Synonym{"usd/y", "USD/yr"},
                                           Synonym{"usd/a", "USD/yr"}, Synonym{"usd/mo", "USD/month"}};
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
constexpr std::array kGrowthSynonyms = {Synonym{"/yr", "doublings/yr"}, Synonym{"doublings/year", "doublings/yr"},
                                        Synonym{"doublings per year", "doublings/yr"}};
constexpr std::array kRateSynonyms = {Synonym{"1/yr", "/yr"},     Synonym{"/year", "/yr"}, Synonym{"1/year", "/yr"},
                                      Synonym{"per year", "/yr"}, Synonym{"/y", "/yr"},    Synonym{"/a", "/yr"}};
constexpr std::array kMemorySynonyms = {Synonym{"mib", "GB", 1'048'576e-9}, Synonym{"gib", "GB", 1.073741824},
                                        Synonym{"tib", "GB", 1'099.511627776}};

std::span<const Synonym> synonyms_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration: return kDurationSynonyms;
    case Dimension::money: return kMoneySynonyms;
    case Dimension::money_rate: return kMoneyRateSynonyms;
    case Dimension::power: return kPowerSynonyms;
    case Dimension::compute_rate: return kComputeRateSynonyms;
    case Dimension::compute: return kComputeSynonyms;
    case Dimension::price_performance: return kPricePerformanceSynonyms;
    case Dimension::power_intensity: return kPowerIntensitySynonyms;
    case Dimension::growth: return kGrowthSynonyms;
    case Dimension::decline:
    case Dimension::count_rate: return kRateSynonyms;
    case Dimension::memory: return kMemorySynonyms;
    case Dimension::number:
    case Dimension::count:
    case Dimension::energy_price:
    case Dimension::power_cost:
    case Dimension::mass:
    case Dimension::carbon_intensity:
    case Dimension::bandwidth: break;
  }
  return {};
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
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
    case Dimension::energy_price: return kEnergyPrice;
    case Dimension::power_cost: return kPowerCost;
    case Dimension::mass: return kMass;
    case Dimension::carbon_intensity: return kCarbonIntensity;
    case Dimension::compute_rate: return kComputeRate;
    case Dimension::compute: return kCompute;
    case Dimension::price_performance: return kPricePerformance;
    case Dimension::power_intensity: return kPowerIntensity;
    case Dimension::growth: return kGrowth;
    case Dimension::decline:
    case Dimension::count_rate: return kRate;
    case Dimension::memory: return kMemory;
    case Dimension::bandwidth: return kBandwidth;
  }
  return {};
}

const Unit* find_unit(Dimension dimension, std::string_view name) {
  for (const Unit& unit : units_of(dimension)) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

bool is_unit(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Dimension::bandwidth); ++i) {
    if (find_unit(static_cast<Dimension>(i), name) != nullptr) return true;
  }
  return false;
}

std::optional<Synonym> meant_unit(Dimension dimension, std::string_view word) {
  if (word.size() > 64) return std::nullopt;
  std::string key = lower(word);
  if (key.size() > 1) {
    if (const auto dollar = key.find('$'); dollar != std::string::npos) key.replace(dollar, 1, "usd");
  }
  for (const Unit& unit : units_of(dimension)) {
    if (lower(unit.name) == key) return Synonym{{}, unit.name, 1};
  }
  for (const Synonym& synonym : synonyms_of(dimension)) {
    if (synonym.word == key) return synonym;
  }
  return std::nullopt;
}

}  // namespace fleetrace::core::detail
