#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

/// Small changes that ease what may bind. The difference that one makes tells what one more unit is worth.
namespace fleetrace::scenario {

enum class Perturbation {
  /// 1 % more grid power of every site whose power is limited, all its phases and projects alike. A strategy gets what is
  /// added to the sites that it uses.
  power,
  budget,  ///< 1 % more budget of every strategy that has one
  /// Deliveries, grid phases and projects come one month earlier. A lead time of less than a month becomes 0.
  time,
};

struct PerturbationInfo {
  Perturbation kind;
  std::string_view name;     ///< name of the shadow value in results: "pf_days_per_mw"
  std::string_view unit;     ///< unit of the amount of the perturbation: "MW"
  std::string_view summary;  ///< one line of explanation
};
inline constexpr std::array<PerturbationInfo, 3> kPerturbations{{
    {Perturbation::power, "pf_days_per_mw", "MW",
     "effective compute for each MW of grid power, from 1 % more on every limited site"},
    {Perturbation::budget, "pf_days_per_musd", "M USD", "effective compute for each million USD, from 1 % more budget"},
    {Perturbation::time, "pf_days_per_month", "month earlier",
     "effective compute for each month by which deliveries, grid phases and projects come earlier"},
}};

/// Changes a scenario without uncertain values. Returns the amount that each strategy got, in the unit of the perturbation and
/// the order of the scenario; 0 for a strategy to which it does not apply.
[[nodiscard]] std::vector<double> perturb(Scenario& scenario, Perturbation perturbation);

}  // namespace fleetrace::scenario
