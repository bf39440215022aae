#pragma once

#include <stdexcept>
#include <string>

#include "fleetrace/output/comparison.hpp"
#include "fleetrace/output/sensitivity.hpp"
#include "fleetrace/output/sweep.hpp"

/// results.json back into what it was written from; private to the output floor. Each throws BadResults.
namespace fleetrace::output {

/// What is wrong with a results.json, as a clause: "lacks strategies".
class BadResults : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Without the replications themselves.
[[nodiscard]] ComparisonReport read_comparison(const std::string& text, const fleet::Scenario& scenario);
[[nodiscard]] SweepReport read_sweep(const std::string& text);
[[nodiscard]] SensitivityReport read_sensitivity(const std::string& text, const fleet::Scenario& scenario);

}  // namespace fleetrace::output
