#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/text/json_writer.hpp"
#include "sim/output/json/json_reader.hpp"
#include "sim/study/compare/comparison.hpp"

/// What the JSON of several studies has in common, written and read side by side; private to the output floor.
namespace fleetrace::output {

/// The members "objective", "unit" and "lower_is_better".
void write_objective(core::JsonWriter& json, fleet::Metric objective);
[[nodiscard]] fleet::Metric read_objective(const JsonValue& from);

/// An interval in the members "ci_low" and "ci_high", null where it says nothing.
void write_interval(core::JsonWriter& json, const study::Interval& interval, const std::string& prefix = {});
[[nodiscard]] study::Interval read_interval(const JsonValue& from, const std::string& prefix = {});

/// A strategy by its name; null where there is none.
void write_strategy_name(core::JsonWriter& json, std::string_view key, const study::Comparison& comparison,
                         const std::optional<std::size_t>& strategy);
[[nodiscard]] std::size_t read_strategy_name(const JsonValue& from, const char* key,
                                             const study::Comparison& comparison);
[[nodiscard]] std::optional<std::size_t> read_optional_strategy_name(const JsonValue& from, const char* key,
                                                                     const study::Comparison& comparison);

/// Which of the standing columns are meant.
enum class Standing { of_comparison, of_sweep };
/// The name of a strategy and its numbers, as members of an object that the caller opens.
void write_standing(core::JsonWriter& json, const study::StrategyStanding& strategy, Standing columns);
[[nodiscard]] study::StrategyStanding read_standing(const JsonValue& from, Standing columns);

/// The members "best", "leader", "tied" and "without_winner": who leads, whether the evidence says so, who shares the best place
/// where nobody leads, and in how many replications no strategy has a value.
void write_leaders(core::JsonWriter& json, const study::Comparison& comparison);
void read_leaders(const JsonValue& from, study::Comparison& comparison);

}  // namespace fleetrace::output
