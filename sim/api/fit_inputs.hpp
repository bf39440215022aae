#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fit.hpp"
#include "sim/study/fit/lives.hpp"

/// What a scenario takes of a fit, as YAML.
namespace fleetrace {

/// A number with its unit, as a scenario has it: "0.46 doublings/yr".
[[nodiscard]] std::string quantity(double value, std::string_view unit);
/// A distribution whose interval that is, by a normal or a lognormal law; the estimate where an end is not bounded, or the law would
/// have none. A lognormal law has the estimate as its median and the width of the interval where the middle of that is another.
[[nodiscard]] std::string normal_value(const study::Estimated& estimated, std::string_view unit, double mass);
[[nodiscard]] std::string lognormal_value(const study::Estimated& estimated, std::string_view unit, double mass);
/// A constant with its interval, whose ends are left out where they are infinite.
[[nodiscard]] FitConstant constant(std::string name, std::string meaning, std::string unit,
                                   const study::Estimated& estimated, double scale = 1);

/// Spearman's rank correlation of two normal numbers whose correlation is r.
[[nodiscard]] double rank_correlation(double r);
/// `study.correlations` of these paths, whose correlation matrix is `r`, row by row; those below 0.01 are left out. None where
/// nothing is left.
[[nodiscard]] std::vector<FitInput> correlations(const std::vector<std::string>& paths, const std::vector<double>& r);

/// The inputs as a part of a scenario, in the order given.
[[nodiscard]] std::string to_yaml(const std::vector<FitInput>& inputs);

}  // namespace fleetrace
