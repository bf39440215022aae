#pragma once

#include <string>
#include <vector>

#include "sim/api/race.hpp"
#include "sim/output/table/table.hpp"

/// The parts of a run's report for people, before they are laid out; private to the output floor. A table without rows has nothing
/// to say about this run, and is left out.
namespace fleetrace::output {

/// The strategy's name, safe for terminals.
[[nodiscard]] std::string shown_name(const fleet::Outcome& outcome);
/// The shown names of all strategies, those with the lowest final loss first.
[[nodiscard]] std::vector<std::string> names_by_loss(const Run& run);

/// The result in a sentence: "heron ends with the lowest loss (0.5267); lab has the lowest average loss (0.7107)."
[[nodiscard]] std::string headline(const Run& run);

/// How exactly a table shows dates.
enum class Dates { days, months };
/// Losses of each strategy, what it spends, its energy and power, and when it meets each target.
[[nodiscard]] Table standings(const Run& run, Dates dates);

/// Whether a table has small charts of characters, for reports that have no other.
enum class Sparklines { without, with };
/// How log2(C/C0) of each strategy splits, and its realised gamma. A sparkline shows the loss over time.
[[nodiscard]] Table compute_splits(const Run& run, Sparklines sparklines);

/// What other loss laws make of the same compute: a row for each strategy and law, where the scenario names laws to compare with.
[[nodiscard]] Table comparison_laws(const Run& run);
/// Scores at the end, and when their targets are met, where the scenario has capabilities.
[[nodiscard]] Table capabilities(const Run& run);
/// Net present value and what it consists of, where the scenario discounts, earns, resells, hands down or rents.
[[nodiscard]] Table finances(const Run& run);
/// What the fleet earned, rate of return and payback, what waiting cost, and what is left of sites; empty where nothing earns,
/// money bears no interest and no site has a life.
[[nodiscard]] Table returns(const Run& run);
/// That the net present value counts costs alone, where it is shown and nothing earns; else empty.
[[nodiscard]] std::string what_npv_counts(const Run& run);
/// Of rates of return: where there is none, or may be several.
[[nodiscard]] std::vector<std::string> return_notes(const Run& run);
/// Carbon dioxide equivalent and the sites' water, where energy is modelled.
[[nodiscard]] Table emissions(const Run& run);
/// Which figures of carbon and water are defaults, and of what; empty where none is, or where energy is not modelled.
[[nodiscard]] std::string emission_defaults(const Run& run);
/// What serving was asked for, and how much of it was not met, where the scenario states a demand.
[[nodiscard]] Table services(const Run& run);

/// What kept money from being spent and how often, what waits, what was not delivered, and what money idled; without rows where
/// nothing was held back, waits or is missing, unless a page asks for it in any case.
enum class IfNothing { leave_out, show };
[[nodiscard]] Table held_back(const Run& run, IfNothing if_nothing);
/// For how long each constraint bound, in years, where anything but money did.
[[nodiscard]] Table bindings(const Run& run);
/// What each strategy bought, when, where and at what price: a row for each order and site. `most` rows; 0 for all.
[[nodiscard]] Table bought(const Run& run, std::size_t most);
/// What a strategy left unspent and why, what waits, and what it paid for and did not get, in notes.
[[nodiscard]] std::vector<std::string> idle_notes(const fleet::Outcome& outcome);
/// Moves for which there were fewer accelerators than planned.
[[nodiscard]] std::vector<std::string> move_notes(const fleet::StrategySetup& setup, const fleet::Outcome& outcome);
/// What each strategy bought in notes: "hare bought: GB200 10,669 at 70.3 k USD (2026-01)".
[[nodiscard]] std::vector<std::string> bought_notes(const Run& run);
/// Purchases of accelerators while a newer one was on sale; empty where there are none.
[[nodiscard]] std::string old_chips(const Run& run);

/// The hardware on each site and what it costs, where there are several sites or one that changes.
[[nodiscard]] Table sites(const Run& run);
/// When each project opens, and which of its tasks are critical; empty without projects.
[[nodiscard]] std::string build_outs(const Run& run);

/// What a reader of the tables has to know, in notes of a sentence or two.
[[nodiscard]] std::vector<std::string> notes(const Run& run);

}  // namespace fleetrace::output
