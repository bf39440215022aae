#pragma once

#include <stdexcept>
#include <string>

#include "fleetrace/output/comparison.hpp"
#include "fleetrace/output/sensitivity.hpp"
#include "fleetrace/output/solve.hpp"
#include "fleetrace/output/sweep.hpp"
#include "fleetrace/output/what_if.hpp"

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

/// `base` is the run of the scenario as it stands, whose YAML `resolved` is: changed futures are raced anew for what binds.
[[nodiscard]] WhatIfReport read_what_if(const std::string& text, const std::string& resolved, Run base);
[[nodiscard]] SolveReport read_solve(const std::string& text, const fleet::Scenario& scenario);

}  // namespace fleetrace::output
