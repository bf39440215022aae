#include "sim/output/folder/questions.hpp"

#include "fleetrace/core/quantity.hpp"

namespace fleetrace::output {

std::string question_of(const SweepStudy& work, const std::string& target) {
  const SweepReport& report = work.report;
  std::string text = "sweep " + std::string(fleet::info(report.objective).name) + ", target " + target +
                     ", confidence " + core::format_real(report.confidence) + ", replications " +
                     std::to_string(work.races.front().replications);
  for (const study::Axis& axis : report.axes) {
    text += "; " + axis.path + " =";
    for (const std::string& value : axis.values) text += ' ' + value + ',';
  }
  return text;
}

std::string question_of(const WhatIfStudy& work) {
  std::string text = "whatif, confidence " + core::format_real(work.settings.confidence) + ", replications " +
                     std::to_string(work.settings.replications);
  for (std::size_t f = 1; f < work.cases.size(); ++f) {
    text += "; " + work.cases[f].name + ':';
    for (const auto& [path, value] : work.report.cases[f].changes)
      text.append(1, ' ').append(path).append(1, '=').append(value).append(1, ',');
  }
  return text;
}

std::string sensitivity_question(const StudySettings& settings, const study::SensitivityEffort& effort,
                                 const std::string& strategy, const std::string& difference) {
  return "sensitivity of " + std::string(fleet::info(settings.objective).name) + ", target " +
         (settings.target ? core::format_real(*settings.target) : "none") + ", strategy " + strategy + ", difference " +
         difference + ", points " + std::to_string(effort.points) + ", confidence " +
         core::format_real(effort.confidence);
}

std::string solve_question(const SolveReport& report, const study::SolveRequest& asked, const StudySettings& settings) {
  std::string text = "solve " + report.scalar_input.path + ", until " + report.goal.source_text + ", strategy " +
                     report.strategy + ", confidence " + core::format_real(settings.confidence) + ", replications " +
                     std::to_string(settings.replications);
  if (report.probability) text += ", probability " + core::format_real(*report.probability);
  if (asked.between)
    text += ", between " + core::format_real(asked.between->first) + " and " + core::format_real(asked.between->second);
  return text;
}

}  // namespace fleetrace::output
