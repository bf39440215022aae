#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/reader/load.hpp"
#include "sim/scenario/scenario.hpp"

/// What a live page needs beside the races: which numbers of a scenario a reader may want to move, and the scenario's text with
/// some of them moved.
namespace fleetrace {

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
};

/// Up to twelve controls, the most telling first: power of the sites, budgets, what is uncertain, dates and lead times, and what
/// usually decides.
[[nodiscard]] std::vector<LiveControl> live_controls(const scenario::Scenario& scenario);

/// The text of a scenario with values changed in place, each line that was changed marked by a comment. Nothing where a change has no
/// value in the text whose place could take it.
[[nodiscard]] std::optional<std::string> edited_text(const std::string& text, const scenario::Scenario& scenario,
                                                     const std::vector<reader::Override>& changes);

}  // namespace fleetrace
