#pragma once

#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/race.hpp"
#include "sim/api/reports.hpp"
#include "sim/core/text/json_writer.hpp"

/// What a live page is told of races and studies; private to the output floor.
namespace fleetrace::output::live {

/// How much a page is told of a race.
enum class Told { everything, figures };

/// A race: for each strategy its figures at the end and, where `told` says so, lines over time, the plan by quarters and what binds.
[[nodiscard]] std::string race_json(const Run& run, Told told);

/// Quantiles of the loss over time for each strategy, and how often each is best.
[[nodiscard]] std::string bands_json(const ComparisonReport& report);

/// Findings with their places, as a member of an object.
void write_diagnostics(core::JsonWriter& json, std::string_view key, const std::vector<core::Diagnostic>& findings);

}  // namespace fleetrace::output::live
