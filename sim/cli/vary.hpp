#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/cli/options.hpp"
#include "sim/study/sweep/sweep.hpp"

/// `--vary path=a,b,c`: the axes of a grid.
namespace fleetrace::cli {

/// The largest number of points that a grid may have.
inline constexpr std::size_t kMostPoints = 10'000;

/// The values of one axis, from a list with commas. Commas within brackets, braces or quotes do not separate. `2 yr..10 yr/9`
/// stands for 9 values from 2 yr to 10 yr in equal steps and `2 yr..10 yr/9 log` for 9 in equal ratios; those in between are
/// rounded to six digits. Throws UsageError for an empty or repeated value and for a range that cannot be read.
[[nodiscard]] std::vector<std::string> vary_values(std::string_view path, std::string_view text);

/// The axes of every `--vary`, in the order given. Throws UsageError also for a path that is given twice or that --set changes,
/// for a path of the study section, and for a grid of more than kMostPoints points.
[[nodiscard]] std::vector<study::Axis> axes(const Options& options);

}  // namespace fleetrace::cli
