#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/fleet/scenario.hpp"

namespace fleetrace::fleet {

/// One number of a scenario that can be turned: a quantity, a growth rate by either of its keys, or a date as a duration from
/// the start of the horizon. Of a distribution it is the median: each draw is scaled by what the median is.
struct Knob {
  std::string path;
  core::Dimension dimension = core::Dimension::number;
  core::Range range;  ///< valid values [base unit]
  bool is_whole = false;
  bool is_doubling_time = false;  ///< of a value that is kept as a rate
  bool is_uncertain = false;
  double current = 0;  ///< in the scenario, or its median there [base unit]; may be infinite

  /// Why a path leads to no such number.
  [[nodiscard]] static std::variant<Knob, core::QuantityProblem> at(const Scenario& scenario, std::string_view path);

  /// Turns it in a scenario without uncertain values that was drawn from the one it was found in.
  void turn(Scenario& drawn, double to) const;
};

}  // namespace fleetrace::fleet
