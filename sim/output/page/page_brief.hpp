#pragma once

#include <string>

#include "sim/output/studies/comparison.hpp"

/// A decision on one sheet of A4, for those who decide: the question, the recommendation, how sure it is, what would turn it,
/// three charts and five assumptions.
namespace fleetrace::output {

/// The brief of a run. The scenario is raced again for what would turn the recommendation; the same run gives the same bytes.
[[nodiscard]] std::string brief_html(const Run& run);
/// The brief of a comparison, with the race at the medians of its inputs.
[[nodiscard]] std::string brief_html(const ComparisonReport& report, const Run& at_medians);

}  // namespace fleetrace::output
