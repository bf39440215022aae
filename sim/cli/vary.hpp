#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/study/sweep.hpp"
#include "options.hpp"

/// `--vary path=a,b,c`: the axes of a grid.
namespace fleetrace::cli {

/// Points that a grid may have.
inline constexpr std::size_t kMostPoints = 10'000;

/// The values of one axis. Commas within brackets, braces or quotes do not separate; `2 yr..10 yr/9` stands for 9 values
/// from 2 yr to 10 yr in equal steps, `.../9 log` in equal ratios, with six digits for those in between.
/// Throws UsageError for an empty or repeated value and for a range that is none.
[[nodiscard]] std::vector<std::string> vary_values(std::string_view path, std::string_view text);

/// Every `--vary`, in the order given. Throws UsageError also for a path given twice, for one that --set or the study
/// decides, and for a grid of too many points.
[[nodiscard]] std::vector<study::Axis> axes(const Options& options);

}  // namespace fleetrace::cli
