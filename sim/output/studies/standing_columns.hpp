#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/study/compare/comparison.hpp"

/// The numbers of a strategy in a comparison, for every format that writes or reads them; private to the output floor.
namespace fleetrace::output {

struct StandingColumn {
  std::string_view name;                            ///< Key in JSON, beside whose unit it stands. Names are a promise.
  double (*value)(const study::StrategyStanding&);  ///< Reads the number.
  void (*set)(study::StrategyStanding&, double number);  ///< Puts it back.
  double missing;                                        ///< What a null stands for: the end at which it lies.
  bool in_sweeps;                                        ///< Whether sweeps have it at each of their points.
  bool is_of_objective;                                  ///< Whether it is in the unit of the objective.

  /// The name of a column, which ends in its unit: "mean_usd".
  [[nodiscard]] std::string name_in(fleet::Metric objective) const;
};

/// All numbers, in the order in which they are written.
[[nodiscard]] std::span<const StandingColumn> standing_columns();

}  // namespace fleetrace::output
