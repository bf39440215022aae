#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/output/page/page_figure.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/sweep.hpp"

/// Charts over the values of an input.
namespace fleetrace::output::page {

/// What is reached over the input that was searched, with the goal, the solution and its interval; none where less than two inputs
/// were tried.
[[nodiscard]] std::vector<Figure> solve_figures(const SolveReport& report);
/// The colour of a strategy in the figures of a sweep; of many strategies only those that win most have one.
[[nodiscard]] std::optional<std::size_t> sweep_colour(const SweepReport& report, const std::string& strategy);
/// The objective of every strategy over a sweep of one axis; none for more axes, and where no point has a value.
[[nodiscard]] std::vector<Figure> sweep_figures(const SweepReport& report);

}  // namespace fleetrace::output::page
