#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/scenario/scenario.hpp"

/// Which numbers of a scenario the reader of its live page may move.
namespace fleetrace::scenario {

/// How many controls a page has room for.
inline constexpr std::size_t kMostControls = 12;

/// One number that a page lets its reader move.
struct LiveControl {
  std::string key;                 ///< its name in links: "power", or as much more of its path as tells it from others
  std::vector<std::string> paths;  ///< what it sets, all to the same value; at least one
  std::string label;               ///< "Site power"
  std::string unit;                ///< stands behind the number; empty for pure numbers
  double value = 0;                ///< in the scenario [unit]; the median where it is uncertain
  double low = 0;                  ///< ends of the scale [unit]
  double high = 0;
  bool is_logarithmic = false;  ///< whether the scale is; then `low` is positive
  bool is_whole = false;
  /// 5 % and 95 % of the distribution that stands in the scenario, if one does [unit].
  std::optional<std::pair<double, double>> likely;
  std::string source;  ///< where the value comes from, for people
  int line = 0;        ///< line of the scenario's text that states the value; 0 for a default
};

/// Up to twelve controls: the values that `live` names, in its order, or, where it is left out, the most telling first: power of
/// the sites, budgets, what is uncertain, dates and lead times, and what usually decides.
[[nodiscard]] std::vector<LiveControl> live_controls(const Scenario& scenario);

/// Reports what is wrong with `live`: more paths than a page has room for, one twice, one that leads to no number, one that no
/// scale fits. Paths into a section that could not be read, of which `diagnostics` tell, are passed over.
void check_live(const Scenario& scenario, core::Diagnostics& diagnostics);

/// Takes off `live` what a change of the scenario took away from it: a model that has no such key, or a number that became unlimited.
void forget_lost_controls(Scenario& scenario);

}  // namespace fleetrace::scenario
