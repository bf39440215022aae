#pragma once

#include <string>

#include "sim/api/sensitivity_study.hpp"
#include "sim/api/solve_study.hpp"
#include "sim/api/sweep_study.hpp"
#include "sim/api/what_if_study.hpp"

/// What makes a study another one beside its scenario, for the manifest of its folder. Texts are as they were asked.
namespace fleetrace::output {

[[nodiscard]] std::string question_of(const SweepStudy& work, const std::string& target);
[[nodiscard]] std::string question_of(const WhatIfStudy& work);
/// `strategy` and `difference` are "chosen" where nothing was asked.
[[nodiscard]] std::string sensitivity_question(const StudySettings& settings, const study::SensitivityEffort& effort,
                                               const std::string& strategy, const std::string& difference);
[[nodiscard]] std::string solve_question(const SolveReport& report, const study::SolveRequest& asked,
                                         const StudySettings& settings);

}  // namespace fleetrace::output
