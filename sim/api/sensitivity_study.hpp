#pragma once

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>

#include "sim/api/reports.hpp"
#include "sim/api/settings.hpp"

namespace fleetrace {

/// A name of a strategy that there is not; what() suggests one.
class UnknownStrategy : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Throws core::InputError for a scenario without uncertain inputs; `file` names it.
void require_uncertain(const scenario::Scenario& scenario, const study::StudyDesign& design, const std::string& file);

/// Whether an effort takes no more results than memory is meant for.
[[nodiscard]] bool is_affordable(const study::StudyDesign& design, const study::SensitivityEffort& effort);

/// The question about these strategies, of which either may be empty. Throws UnknownStrategy, and std::invalid_argument for a
/// difference of less than two.
[[nodiscard]] study::SensitivityQuestion question_of(const study::StudyDesign& design, fleet::Metric objective,
                                                     const std::string& strategy, const std::string& against);

/// Nullopt where it was stopped.
[[nodiscard]] std::optional<SensitivityReport> race_sensitivity(const scenario::Scenario& scenario,
                                                                const study::StudyDesign& design,
                                                                const study::SensitivityQuestion& question,
                                                                const study::SensitivityEffort& effort,
                                                                const std::atomic<bool>& stop, const Progress& progress,
                                                                const study::KnownPoints& known = {});

}  // namespace fleetrace
