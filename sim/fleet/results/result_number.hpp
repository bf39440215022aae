#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/fleet/results/dated_metric.hpp"

/// Any number of the JSON result of a strategy by its path, as goals and guards ask for it.
namespace fleetrace::fleet {

/// A number that each of several items has: a site, a target, a type of accelerator.
struct ItemMetric {
  std::string_view group;  ///< as in the JSON result: "sites"
  std::string_view name;   ///< "energy_kwh"
  core::Dimension dimension = core::Dimension::number;
  std::string_view unit;
  std::string_view absent;
  std::optional<double> (*read)(const StrategySetup&, const Outcome&, std::string_view item);
};
[[nodiscard]] std::span<const ItemMetric> item_metrics();
/// The groups of item_metrics(), each once.
[[nodiscard]] std::span<const std::string_view> item_groups();
/// The items that a strategy has in a group, as paths name them. Empty where the result alone tells.
[[nodiscard]] std::vector<std::string> items_of(const StrategySetup& setup, std::string_view group);

/// A number of one strategy's result.
class ResultNumber {
 public:
  ResultNumber() = default;

  /// Reads a path below a strategy: a column such as "relative_loss", "final.relative_loss", or "sites.main.energy_kwh", of a
  /// group, an item and a number. The items of the setups are those that may be named; without setups, any may.
  [[nodiscard]] static std::variant<ResultNumber, core::QuantityProblem> at(std::string_view path,
                                                                            std::span<const StrategySetup> setups);

  /// The only column that is called so but for the unit at its end: "energy" is "energy_kwh".
  [[nodiscard]] static std::optional<ResultNumber> without_unit(std::string_view path);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] core::Dimension dimension() const { return column_ != nullptr ? column_->dimension : item_->dimension; }
  [[nodiscard]] std::string_view unit() const { return column_ != nullptr ? column_->unit : item_->unit; }
  /// Why a race may have none; empty where every race has one.
  [[nodiscard]] std::string_view absent() const { return column_ != nullptr ? column_->absent : item_->absent; }
  /// Whether it is the date of something, in years from the start of the horizon. What never happens has an infinite one.
  [[nodiscard]] bool is_date() const { return dimension() == core::Dimension::duration; }
  [[nodiscard]] bool has_dates() const { return column_ != nullptr && column_->at != nullptr; }
  [[nodiscard]] bool needs_base() const { return column_ != nullptr && column_->needs_base; }

  /// At the end of the horizon, or at a date before it, of a race that kept the state of that date. Nullopt where the race has
  /// no such number.
  [[nodiscard]] std::optional<double> read(const StrategySetup& setup, const Outcome& outcome,
                                           const std::optional<core::Time>& at) const;

 private:
  std::string path_;
  const DatedMetric* column_ = nullptr;
  const ItemMetric* item_ = nullptr;  ///< where there is no column
  std::string item_name_;
};

}  // namespace fleetrace::fleet
