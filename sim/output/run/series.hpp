#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/fleet/results/outcome.hpp"

/// The columns of the series, for every format that writes it.
namespace fleetrace::output {

/// One quantity of a sample.
struct SeriesColumn {
  std::string_view name;                      ///< Key in every format, with its unit as a suffix. Names are a promise.
  std::string (*text)(const fleet::Sample&);  ///< Writes the value.
  bool is_number = true;                      ///< Whether the value is a number rather than an instant.
  bool needs_power = false;                   ///< Whether it says nothing where power is not modelled.

  [[nodiscard]] bool holds_for(const fleet::Outcome& outcome) const { return !needs_power || outcome.final.has_power; }
};

[[nodiscard]] std::span<const SeriesColumn> series_columns();

}  // namespace fleetrace::output
