#pragma once

#include <string>

#include "sim/api/race.hpp"
#include "sim/api/reports.hpp"

/// How far an answer can be trusted, in sentences.
namespace fleetrace::output::page {

/// How far the answer of a single race goes.
[[nodiscard]] std::string certainty(const Run& run);
/// What the answer of a comparison rests on.
[[nodiscard]] std::string certainty(const ComparisonReport& report);

/// By how much the lowest final loss leads the next, or that it does not; empty for one strategy.
[[nodiscard]] std::string lead(const Run& run);

}  // namespace fleetrace::output::page
