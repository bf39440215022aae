#pragma once

#include <optional>

#include "sim/study/compare/comparison.hpp"

/// What it is worth to react and to know, in a comparison in which strategies plan by what they believe.
namespace fleetrace::study {

/// The study of the strategies that plan, each with the rates, dates and durations that a replication draws; nullopt where no
/// strategy plans by beliefs, or where these cannot be wrong. All its draws are those of `design`.
[[nodiscard]] std::optional<StudyDesign> hindsight_design(const StudyDesign& design);

/// The three numbers of a decision: the best plan made in advance, what reacting to the present brings, and the bound that
/// hindsight sets. `hindsight` has the replications of hindsight_design().
[[nodiscard]] InformationValue value_of_information(const StudyDesign& design, const Comparison& comparison,
                                                    const Results& results, const Results& hindsight);

}  // namespace fleetrace::study
