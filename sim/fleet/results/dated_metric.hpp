#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "fleetrace/core/quantity.hpp"
#include "sim/fleet/results/outcome.hpp"
#include "sim/fleet/setup.hpp"

/// Columns of the result by name, as goals and guards ask for them.
namespace fleetrace::fleet {

/// Its members stand in the order in which a row of the table reads.
struct DatedMetric {      // NOLINT(clang-analyzer-optin.performance.Padding)
  std::string_view name;  ///< name of the column, as in the JSON result: "relative_loss"
  core::Dimension dimension = core::Dimension::number;
  std::string_view unit;  ///< unit of the value; empty for pure numbers and counts
  std::string_view summary;
  std::string_view absent;  ///< why a race may have none; empty where every race has one
  /// At the end of the horizon; nullopt where the race has none.
  std::optional<double> (*final)(const StrategySetup&, const Outcome&) = nullptr;
  /// At a date before the end of the horizon, as the events of that instant left it; null where only the end has one. The race
  /// must have been asked to keep the state of that date (Recorder::keep); nullopt where it lies outside the horizon.
  std::optional<double> (*at)(const StrategySetup&, const Outcome&, core::Time) = nullptr;
  bool needs_base = false;  ///< whether it is measured from the same world without purchases
};

/// The leading columns, sorted as help shows them.
[[nodiscard]] std::span<const DatedMetric> dated_metrics();
/// Every other number of the member "final" of the JSON result, and of its series.
[[nodiscard]] std::span<const DatedMetric> further_metrics();
/// The column of that name among both.
[[nodiscard]] const DatedMetric* find_dated_metric(std::string_view name);

}  // namespace fleetrace::fleet
