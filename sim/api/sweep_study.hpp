#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "sim/api/reports.hpp"
#include "sim/api/settings.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace {

/// A sweep that was asked but not raced yet.
struct SweepStudy {
  scenario::Scenario base;              ///< the scenario without the values of the grid
  std::vector<study::SweepRace> races;  ///< the races of each point of the grid
  std::size_t replications = 0;         ///< number of replications at each point
  int jobs = 0;
  SweepReport report;  ///< the report without its points
};

/// The settings of the study of one point.
using SettingsOf = std::function<StudySettings(const scenario::Scenario&)>;

/// Loads every point of the grid over `axes`, which `option` names in messages, as a case of `base`: the document with the
/// changes. Throws core::InputError with what is wrong at any of them, each finding once.
[[nodiscard]] SweepStudy make_sweep(const reader::Document& document, scenario::Scenario base,
                                    const std::vector<reader::Override>& changes, std::vector<study::Axis> axes,
                                    const std::string& option, const SettingsOf& settings);

/// How the grid is raced.
[[nodiscard]] study::SweepEffort effort_of(const SweepStudy& work);
/// Fills in the points. Returns false where it was stopped.
[[nodiscard]] bool race(SweepStudy& work, const std::atomic<bool>& stop, const Progress& progress);

}  // namespace fleetrace
