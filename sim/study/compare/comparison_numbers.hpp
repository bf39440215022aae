#pragma once

#include <span>
#include <vector>

#include "sim/study/compare/comparison.hpp"

/// A comparison as a row of numbers, so that it can be kept in a file and read back to the same bits.
namespace fleetrace::study {

/// How many numbers a comparison of so many strategies takes.
[[nodiscard]] std::size_t numbers_of_comparison(std::size_t strategies);

/// What compare() found; what strategies are worth beyond that (Comparison::information) is left out.
[[nodiscard]] std::vector<double> to_numbers(const Comparison& comparison);

/// The comparison of a design by an objective that to_numbers() made these of. Throws std::invalid_argument for too few of them.
[[nodiscard]] Comparison comparison_from(std::span<const double> numbers, const StudyDesign& design,
                                         fleet::Metric objective);

}  // namespace fleetrace::study
