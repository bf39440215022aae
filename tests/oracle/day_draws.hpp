#pragma once

#include <random>
#include <string>

#include "tests/oracle/day_by_day_rules.hpp"
#include "tests/oracle/race.hpp"

namespace fleetrace::test {

/// Random numbers of a race on whole days, and a site of it.
class DayDraws {
 public:
  explicit DayDraws(std::uint64_t seed) : generator_(seed) {}

  double uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(generator_() >> 11) * 0x1p-53;
  }
  int whole(int low, int high) { return static_cast<int>(uniform(low, high + 1)); }
  bool chance(double probability) { return uniform(0, 1) < probability; }
  static std::string days(int count) { return std::to_string(count) + " days"; }
  /// IT power of whole watts, and PUEs that leave them whole.
  std::string one_site(DayByDayRules& naive) {
    DayByDayRules::Site site;
    const double pues[] = {1, 1.25, 1.5, 2};
    site.pue = pues[whole(0, 3)];
    site.price = uniform(0, 0.2);
    site.has_power_limit = chance(0.85);
    const auto grid_power = [&](int watts) { return text(watts * site.pue) + " W"; };
    std::string result = "pue: " + text(site.pue) + ", electricity: " + text(site.price) + " USD/kWh";
    if (site.has_power_limit) {
      int watts = chance(0.7) ? whole(50'000, 4'000'000) : 0;
      const int phases = watts == 0 ? whole(1, 2) : whole(0, 2);
      const int delay = phases == 0 || chance(0.5) ? 0 : whole(1, 250);
      if (watts > 0) {
        result += ", power: " + grid_power(watts);
        site.phases.push_back({0, 0, watts * 1'000LL});
      }
      int from = 0;
      for (int i = 0; i < phases; ++i) {
        const int more = whole(1'000, 3'000'000);
        watts += more;
        from += whole(1, naive.days / 2);
        result += (i == 0 ? ", grid: [" : ", ") + ("{from: " + days(from)) + ", power: " + grid_power(watts) + "}";
        site.phases.push_back({from, from + delay, more * 1'000LL});
      }
      if (phases > 0) result += "], grid_delay: " + days(delay);
      site.fixed = chance(0.5) ? uniform(0, 1) : 0;
      result += ", fixed_overhead: " + text(site.fixed);
    }
    if (chance(0.3)) {
      const int racks = whole(1, 300);
      site.places = racks * 8;
      result += ", racks: " + std::to_string(racks) + ", accelerators_per_rack: 8";
    }
    naive.sites.push_back(site);
    return result;
  }

 private:
  std::mt19937_64 generator_;
};

}  // namespace fleetrace::test
