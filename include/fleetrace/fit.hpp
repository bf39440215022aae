#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "fleetrace/scenario.hpp"

/// The constants of a model from data of one's own, with intervals, as distributions that a scenario takes as they are.
/// docs/derivations.md 12 has the formulas.
namespace fleetrace {

/// How many times as large as least squares say the standard error of a trend's slope is taken to be, where the trend is continued or
/// given to a scenario. So large it had to be for trends of the past to hold what came of them two years later: docs/backtests.md.
inline constexpr double kTrendWidening = 3;

/// What is fitted, and to which columns of a CSV file.
struct FitRequest {
  std::string model;                  ///< one of fit_models(): "trend"
  std::string law = {};               ///< one of the laws of the model; its first where it is empty
  std::string x = {};                 ///< another name of the model's first column
  std::string y = {};                 ///< another name of the model's second column
  std::string of = {};                ///< what a trend is of, one of fit_trends(); the first where it is empty
  std::string key = {};               ///< path of the scenario that takes the rate of a trend, instead of that of `of`
  double confidence = 0.95;           ///< of all intervals, in (0, 1)
  std::vector<double> steps = {};     ///< ages at which a stepped hazard changes [yr], ascending from 0
  std::optional<core::Time> at = {};  ///< date of a trend's level; that of its last row where it is left out
  std::vector<core::Time> predict = {};  ///< dates at which a trend is continued
  double widening = kTrendWidening;      ///< of an exponential trend, from 1 (as fitted) to 100
  std::size_t resamples = 200;           ///< of the data, for intervals by the bootstrap; at least 20
  std::uint32_t seed = 1;                ///< all random numbers come from it
  int jobs = 0;                          ///< threads; 0 for one on every core that the process may use
  std::stop_token stop = {};
};

/// A model that can be fitted.
struct FitModel {
  std::string_view name;
  std::string_view summary;            ///< one line
  std::vector<std::string_view> laws;  ///< the first is meant where none is named; empty where there is one only
  std::string_view columns;            ///< "date, value"
};
[[nodiscard]] std::span<const FitModel> fit_models();
/// What a trend may be of: price_performance, energy_efficiency, price, progress.
[[nodiscard]] std::span<const std::string_view> fit_trends();

/// A constant of a model.
struct FitConstant {
  std::string name;            ///< "doubling"
  std::string meaning;         ///< one line: "time in which the value doubles"
  std::string unit;            ///< "yr"; empty for pure numbers
  double value = 0;            ///< the estimate
  std::optional<double> low;   ///< lower end of the interval; none where the data do not bound it
  std::optional<double> high;  ///< upper end of the interval; none where the data do not bound it
};

/// A key of a scenario and what to write there.
struct FitInput {
  std::string path;   ///< "hardware.then.price_performance_rate"
  std::string value;  ///< as YAML: "{normal: {low: 0.4 doublings/yr, high: 0.5 doublings/yr, mass: 0.95}}"
};

/// An observation and what the fit makes of it.
struct FitPoint {
  std::size_t line = 0;            ///< of the file, from 1
  std::optional<core::Time> date;  ///< where the model goes by dates
  double x = 0;                    ///< the first column; of dates the years since 1970
  double observed = 0;             ///< the second column
  double fitted = 0;               ///< what the model has there
  double residual = 0;  ///< ln observed less ln fitted, or observed less fitted where the model has no logarithms
};

/// A place on the fitted curve.
struct FitPlace {
  std::optional<core::Time> date;  ///< where the model goes by dates
  double x = 0;                    ///< of dates the years since 1970
  double value = 0;                ///< the estimate
  std::optional<double> low;       ///< lower end of the interval of one more observation, its scatter included
  std::optional<double> high;      ///< upper end of the interval of one more observation, its scatter included
};

/// What the fit changes in a scenario.
struct FitEffect {
  std::string strategy;
  double before = 0;  ///< final relative loss of the scenario as it is, uncertain inputs at their medians
  double after = 0;   ///< the same with the keys that the fit sets
};

struct Fit {
  std::string model;
  std::string law;                ///< empty where the model has one only
  std::string file;               ///< name of the data
  std::string sha256;             ///< of the data
  std::size_t rows = 0;           ///< of data that the fit is of
  double confidence = 0;          ///< of all intervals
  std::string method;             ///< how constants and intervals are found, in a sentence
  std::string x_name;             ///< "date"
  std::string y_name;             ///< "price"
  bool is_log = true;             ///< whether residuals are of logarithms
  std::optional<double> scatter;  ///< standard deviation of the residuals
  std::vector<FitConstant> constants;
  std::vector<FitInput> inputs;       ///< what a scenario takes, section by section
  std::string yaml;                   ///< the same as a scenario has it, to be pasted
  std::vector<FitPoint> points;       ///< in the order of the file
  std::vector<FitPlace> curve;        ///< the fit from the first observation to the last, and to the last prediction
  std::vector<FitPlace> predictions;  ///< at the dates that were asked for
  std::vector<std::string> notes;     ///< what there is to know of it, in sentences
  std::string scenario;               ///< the name of the scenario in which it was tried; empty where there is none
  std::vector<FitEffect> effects;     ///< by strategy of that scenario
};

/// Fits the model to CSV text, whose name in messages is `file`; tries it in the scenario, where there is one. Throws InvalidScenario
/// with everything that is wrong with the data, std::invalid_argument for a request that makes no sense, and Stopped.
[[nodiscard]] Fit fit(const FitRequest& request, std::string_view csv, const std::string& file,
                      const std::optional<Scenario>& scenario = {});

}  // namespace fleetrace
