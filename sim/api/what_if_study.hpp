#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "sim/api/reports.hpp"
#include "sim/api/settings.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace {

/// A what-if that was asked but not raced yet.
struct WhatIfStudy {
  StudySettings settings;
  std::vector<study::WhatIfCase> cases;  ///< the base first
  WhatIfReport report;                   ///< the report without its result
};

/// Which guards hold for the strategies of a scenario.
using GuardsOf = std::function<std::vector<study::Goal>(const scenario::Scenario&)>;

/// A what-if over changed scenarios, which were loaded before; each is run at its medians. Without changes there is one case
/// beside the base, "unchanged". The races at the medians have plans where `plan` asks for them.
[[nodiscard]] WhatIfStudy make_what_if(const scenario::Scenario& base, const StudySettings& settings,
                                       std::vector<reader::LoadedCase> changes, const GuardsOf& guards = {},
                                       const std::optional<PlanOptions>& plan = {});

/// How many races of all strategies it takes, were every perturbation to apply.
[[nodiscard]] std::size_t most_races(const WhatIfStudy& work);
/// Fills in the result. Returns false where it was stopped.
[[nodiscard]] bool race(WhatIfStudy& work, const std::atomic<bool>& stop, const Progress& progress);

}  // namespace fleetrace
