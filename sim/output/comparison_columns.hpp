#pragma once

#include <span>
#include <string_view>

#include "fleetrace/study/comparison.hpp"

/// The numbers of a strategy in a comparison, for every format that writes them; private to the output floor.
namespace fleetrace::output {

struct StandingColumn {
  std::string_view name;  ///< a promise
  double (*value)(const study::StrategyStanding&);
};

[[nodiscard]] std::span<const StandingColumn> standing_columns();

}  // namespace fleetrace::output
