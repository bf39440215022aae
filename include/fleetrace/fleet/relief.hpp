#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/scenario.hpp"

/// A little more of what may bind, for finite differences: what one more unit is worth.
namespace fleetrace::fleet {

enum class Relief {
  power,  ///< 1 % more grid power of every site whose power is limited, all its phases and projects alike; a strategy gets what
          ///< is added to the sites that it uses
  budget,  ///< 1 % more budget of every strategy that has one
  time,    ///< deliveries, grid phases and projects one month earlier: lead times by as much as they have
};

struct ReliefInfo {
  Relief relief;
  std::string_view name;     ///< as results have it: "pf_days_per_mw"
  std::string_view unit;     ///< of what is relieved: "MW"
  std::string_view summary;  ///< one line
};
inline constexpr std::array<ReliefInfo, 3> kReliefs{{
    {Relief::power, "pf_days_per_mw", "MW",
     "effective compute for each MW of grid power, from 1 % more on every limited site"},
    {Relief::budget, "pf_days_per_musd", "M USD", "effective compute for each million USD, from 1 % more budget"},
    {Relief::time, "pf_days_per_month", "month earlier",
     "effective compute for each month by which deliveries, grid phases and projects come earlier"},
}};

/// Applies it to a scenario without uncertain values, and returns how much each strategy got, in the unit above and the order
/// of the scenario; 0 for those to which it does not apply.
[[nodiscard]] std::vector<double> relieve(Scenario& scenario, Relief relief);

}  // namespace fleetrace::fleet
