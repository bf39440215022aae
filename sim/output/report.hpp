#pragma once

#include <string>
#include <vector>

#include "fleetrace/output/run.hpp"
#include "fleetrace/output/text_table.hpp"

/// The parts of the table for people, before they are laid out; private to the output floor.
namespace fleetrace::output {

/// Names as people may see them.
[[nodiscard]] std::string shown_name(const fleet::Outcome& outcome);

/// "heron ends with the lowest loss (0.5267); lab has the lowest average loss (0.7107)."
[[nodiscard]] std::string headline(const Run& run);

enum class Dates { days, months };
/// Who leads, at what spend, energy and power, and when each target is met.
[[nodiscard]] TextTable standings(const Run& run, Dates dates);

enum class Sparklines { without, with };
/// How log2(C/C0) splits, and realised gamma; with sparklines of the loss where no chart is at hand.
[[nodiscard]] TextTable compute_splits(const Run& run, Sparklines sparklines);

/// What other laws make of the same compute, a row a strategy and law; empty where the scenario names none beside its own.
[[nodiscard]] TextTable laws_beside(const Run& run);
/// Scores at the end and when their targets are met; empty without capabilities.
[[nodiscard]] TextTable capabilities(const Run& run);
/// Net present value and what it consists of; empty where the scenario has nothing of the kind.
[[nodiscard]] TextTable finances(const Run& run);
/// What serving was asked for and what of it was not met, where the scenario states a demand.
[[nodiscard]] TextTable services(const Run& run);

/// What stands on each site and what it costs; empty where there is one site that never changes.
[[nodiscard]] TextTable sites(const Run& run);
/// When what is built is there, and which of its tasks are critical; empty without projects.
[[nodiscard]] std::string build_outs(const Run& run);

/// What has to be known to read the tables, a sentence or two each.
[[nodiscard]] std::vector<std::string> notes(const Run& run);

}  // namespace fleetrace::output
