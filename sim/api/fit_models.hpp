#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fit.hpp"

/// One function for each model that can be fitted.
namespace fleetrace {

/// The data of a fit, and the scenario that its keys are for.
struct FitSource {
  std::string_view csv;
  std::string file;  ///< names the data in messages
  const Scenario* scenario = nullptr;

  /// Whether the scenario has the key; without a scenario none has.
  [[nodiscard]] bool has(std::string_view path) const;
};

/// What the request and the data come to. All of them throw as fit() does, and leave the scenario aside but for its keys.
[[nodiscard]] Fit fit_trend(const FitRequest& request, const FitSource& source);
[[nodiscard]] Fit fit_life(const FitRequest& request, const FitSource& source);
[[nodiscard]] Fit fit_repair(const FitRequest& request, const FitSource& source);
[[nodiscard]] Fit fit_learning(const FitRequest& request, const FitSource& source);
[[nodiscard]] Fit fit_cadence(const FitRequest& request, const FitSource& source);
[[nodiscard]] Fit fit_kaplan(const FitRequest& request, const FitSource& source);
[[nodiscard]] Fit fit_chinchilla(const FitRequest& request, const FitSource& source);
[[nodiscard]] Fit fit_data_limited(const FitRequest& request, const FitSource& source);

/// Places of a curve: so many from `first` to `last`, evenly.
[[nodiscard]] std::vector<double> places(double first, double last, std::size_t count = 61);
/// The same with equal ratios.
[[nodiscard]] std::vector<double> ratio_places(double first, double last, std::size_t count = 61);
/// A date as years since 1970, and back.
[[nodiscard]] double years_of(core::Time time);
[[nodiscard]] core::Time time_of(double years);

}  // namespace fleetrace
