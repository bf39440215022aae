#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "fleetrace/optimize.hpp"
#include "sim/api/optimum_report.hpp"
#include "sim/api/resolved.hpp"

namespace fleetrace {

/// The best schedule with what its writers need, or the best so far where `stop` is set meanwhile. Throws as optimize() does.
[[nodiscard]] OptimumReport optimum_report(const scenario::Scenario& scenario, const OptimizeOptions& options,
                                           const std::atomic<bool>& stop);

/// The strategy in whose place a plan is asked for: the only one where none is named. Throws OptimizeError.
[[nodiscard]] std::string planned_strategy(const scenario::Scenario& scenario, const std::string& asked);

/// Makes a plan. What stops it or stands in its way is thrown as the header of optimize() says.
void make_plan(const std::function<void()>& make);

/// What a call returns of a report.
template <class Result, class Report>
[[nodiscard]] Result plan_result(Report made) {
  const auto report = std::make_shared<const Report>(std::move(made));
  Result result{report->optimum, to_yaml(report->plan), report};
  return result;
}

}  // namespace fleetrace
