#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/numeric/math.hpp"
#include "sim/core/units/unit_table.hpp"

namespace fleetrace::core::detail {
namespace {

/// A unit of which compound ones consist: `multiplier / divisor` of the base unit that it has there.
struct Part {
  std::string_view name;
  double multiplier = 1;
  double divisor = 1;
};
using Parts = std::span<const Part>;

constexpr std::array kUsd = {Part{"USD"}, Part{"kUSD", 1e3}, Part{"MUSD", 1e6}, Part{"BUSD", 1e9}, Part{"TUSD", 1e12}};
constexpr std::array kUsdInWords = {Part{"k USD", 1e3},       Part{"M USD", 1e6},        Part{"B USD", 1e9},
                                    Part{"T USD", 1e12},      Part{"thousand USD", 1e3}, Part{"million USD", 1e6},
                                    Part{"billion USD", 1e9}, Part{"trillion USD", 1e12}};
constexpr std::array kTimes = {Part{"yr"}, Part{"quarter", 1, 4}, Part{"month", 1, 12}, Part{"day", 4, 1461},
                               Part{"h", 1, 8766}};
constexpr std::array kEnergies = {Part{"Wh", 1, 1e3}, Part{"kWh"}, Part{"MWh", 1e3}, Part{"GWh", 1e6},
                                  Part{"TWh", 1e9}};
constexpr std::array kPowers = {Part{"W"}, Part{"kW", 1e3}, Part{"MW", 1e6}, Part{"GW", 1e9}, Part{"TW", 1e12}};
constexpr std::array kMasses = {Part{"g", 1, 1e3}, Part{"kg"}, Part{"t", 1e3}, Part{"kt", 1e6}, Part{"Mt", 1e9}};
constexpr std::array kVolumes = {Part{"L"}, Part{"kL", 1e3}, Part{"ML", 1e6}, Part{"m3", 1e3},
                                 Part{"gal", 473'176'473, 125'000'000}};
constexpr std::array kData = {Part{"B"},
                              Part{"kB", 1e3},
                              Part{"MB", 1e6},
                              Part{"GB", 1e9},
                              Part{"TB", 1e12},
                              Part{"PB", 1e15},
                              Part{"byte"},
                              Part{"kbyte", 1e3},
                              Part{"Mbyte", 1e6},
                              Part{"Gbyte", 1e9},
                              Part{"Tbyte", 1e12},
                              Part{"bit", 1, 8},
                              Part{"kbit", 125},
                              Part{"Mbit", 1.25e5},
                              Part{"Gbit", 1.25e8},
                              Part{"Tbit", 1.25e11},
                              Part{"Pbit", 1.25e14}};
constexpr std::array kFlop = {Part{"FLOP"},        Part{"kFLOP", 1e3},  Part{"MFLOP", 1e6},
                              Part{"GFLOP", 1e9},  Part{"TFLOP", 1e12}, Part{"PFLOP", 1e15},
                              Part{"EFLOP", 1e18}, Part{"ZFLOP", 1e21}, Part{"YFLOP", 1e24}};
constexpr std::array kFlopDays = {Part{"TF-days", 8.64e16}, Part{"EF-days", 8.64e22}};
constexpr std::array kPerCompute = {Part{"TF-day", 1, 1e3}, Part{"PF-day"}, Part{"PF-days"}, Part{"EF-day", 1e3}};
constexpr std::array kFlopRates = {Part{"FLOP/s"},        Part{"kFLOP/s", 1e3},  Part{"MFLOP/s", 1e6},
                                   Part{"GFLOP/s", 1e9},  Part{"TFLOP/s", 1e12}, Part{"PFLOP/s", 1e15},
                                   Part{"EFLOP/s", 1e18}, Part{"ZFLOP/s", 1e21}};
constexpr std::array kPerFlopRates = {Part{"(FLOP/s)"}, Part{"(GFLOP/s)", 1e9}, Part{"(TFLOP/s)", 1e12},
                                      Part{"(PFLOP/s)", 1e15}, Part{"(EFLOP/s)", 1e18}};
constexpr std::array kMoreDurations = {Part{"ms"}, Part{"quarter", 7'889'400'000.0}, Part{"quarters", 7'889'400'000.0}};
constexpr std::array kMoreGrowth = {Part{"doublings/month", 12}};
constexpr std::array kMoreRates = {Part{"/month", 12}, Part{"%/month", 12, 100}};
constexpr std::array kMoreCountRates = {Part{"/day", 1461, 4}, Part{"/quarter", 4}};
constexpr std::array kSecond = {Part{"s"}};

/// Units made of parts. Names live as long as the table.
class Composed {
 public:
  explicit Composed(Dimension dimension) : dimension_(dimension) {}

  Composed& add(Parts parts) {
    for (const Part& each : parts) add(std::string(each.name), each.multiplier, each.divisor);
    return *this;
  }
  Composed& add(Parts tops, Parts bottoms) {
    for (const Part& top : tops) {
      for (const Part& bottom : bottoms) {
        const double multiplier = top.multiplier * bottom.divisor;
        const double divisor = top.divisor * bottom.multiplier;
        add(std::string(top.name) + '/' + std::string(bottom.name), multiplier, divisor);
      }
    }
    return *this;
  }
  Composed& add(const Unit& unit) {
    units_.push_back(unit);
    return *this;
  }
  [[nodiscard]] std::span<const Unit> units() const { return units_; }

 private:
  void add(std::string name, double multiplier, double divisor) {
    for (const Unit& listed : units_of(dimension_)) {
      if (listed.name == name) return;
    }
    constexpr double kWholes = 9e18;
    if (divisor > 1 && multiplier < kWholes && divisor < kWholes) {
      const auto common = static_cast<double>(
          std::gcd(static_cast<std::int64_t>(multiplier), static_cast<std::int64_t>(divisor)));
      multiplier /= common;
      divisor /= common;
    }
    names_.push_back(std::move(name));
    units_.push_back({names_.back(), multiplier, divisor, false});
  }

  Dimension dimension_;
  std::deque<std::string> names_;  ///< never moved
  std::vector<Unit> units_;
};

Composed composed(Dimension dimension) {
  Composed units(dimension);
  switch (dimension) {
    case Dimension::duration: return std::move(units.add(kMoreDurations));
    case Dimension::money: return std::move(units.add(kUsdInWords));
    case Dimension::money_rate: return std::move(units.add(kUsd, kTimes));
    case Dimension::power: return std::move(units.add(kPowers));
    case Dimension::energy: return std::move(units.add(kEnergies));
    case Dimension::energy_price: return std::move(units.add(kUsd, kEnergies));
    case Dimension::power_cost: return std::move(units.add(kUsd, kPowers));
    case Dimension::compute_price: return std::move(units.add(kUsd, kPerCompute));
    case Dimension::mass: return std::move(units.add(kMasses));
    case Dimension::carbon_intensity: return std::move(units.add(kMasses, kEnergies));
    case Dimension::volume: return std::move(units.add(kVolumes));
    case Dimension::water_intensity: return std::move(units.add(kVolumes, kEnergies));
    case Dimension::compute_rate: return std::move(units.add(kFlopRates));
    case Dimension::compute: return std::move(units.add(kFlop).add(kFlopDays));
    case Dimension::price_performance: return std::move(units.add(kFlopRates, kUsd));
    case Dimension::power_intensity: return std::move(units.add(kPowers, kPerFlopRates));
    case Dimension::growth:
      return std::move(units.add(kMoreGrowth).add(Unit{"x/month", 12, 1, false, 1, Scale::factor}));
    case Dimension::decline: return std::move(units.add(kMoreRates));
    case Dimension::count_rate: return std::move(units.add(kMoreCountRates));
    case Dimension::memory: return std::move(units.add(kData));
    case Dimension::bandwidth: return std::move(units.add(kData, kSecond));
    case Dimension::number:
    case Dimension::count: break;
  }
  return units;
}

constexpr auto kDimensions = static_cast<std::size_t>(Dimension::energy) + 1;

}  // namespace

double Unit::to_base(double number) const {
  const double factor = scale == Scale::factor ? number : 1 + number / 100;
  if (scale == Scale::proportional) return number * multiplier / divisor;
  return factor > 0 ? log2(factor) * multiplier / divisor : std::nan("");
}

std::span<const Unit> composed_units(Dimension dimension) {
  static const std::deque<Composed> kAll = [] {
    std::deque<Composed> all;
    for (std::size_t i = 0; i < kDimensions; ++i) all.push_back(composed(static_cast<Dimension>(i)));
    return all;
  }();
  return kAll.at(static_cast<std::size_t>(dimension)).units();
}

const Unit* find_unit(Dimension dimension, std::string_view name) {
  for (const std::span<const Unit> units : {units_of(dimension), composed_units(dimension)}) {
    for (const Unit& unit : units) {
      if (unit.name == name) return &unit;
    }
  }
  return nullptr;
}

bool is_unit(std::string_view name) {
  for (std::size_t i = 0; i < kDimensions; ++i) {
    if (find_unit(static_cast<Dimension>(i), name) != nullptr) return true;
  }
  return false;
}

}  // namespace fleetrace::core::detail
