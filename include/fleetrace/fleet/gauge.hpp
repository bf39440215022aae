#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/outcome.hpp"

/// Columns of the result by name, as goals and guards ask for them.
namespace fleetrace::fleet {

struct Gauge {
  std::string_view name;  ///< as in the JSON result: "relative_loss"
  core::Dimension dimension = core::Dimension::number;
  std::string_view unit;  ///< of the value; empty for pure numbers and counts
  std::string_view summary;
  std::string_view absent;  ///< why a race may have none; empty where every race has one
  /// At the end of the horizon; nullopt where the race has none.
  std::optional<double> (*final)(const Case&, const Outcome&);
  /// At a date within the horizon; null where only the end has one. Loss and effective compute are exact at every instant,
  /// capex counts by order, other sums run evenly between two samples, and states are those of the last sample.
  std::optional<double> (*at)(const Case&, const Outcome&, core::Time) = nullptr;
};

/// All of them, sorted as help shows them.
[[nodiscard]] std::span<const Gauge> gauges();
[[nodiscard]] const Gauge* find_gauge(std::string_view name);

}  // namespace fleetrace::fleet
