#pragma once

#include <string>
#include <vector>

#include "sim/output/studies/what_if.hpp"
#include "sim/output/table/table.hpp"

/// The parts of a what-if's report for people, before they are laid out; private to the output floor.
namespace fleetrace::output {

/// What a metric was in the base, where it differs from that.
[[nodiscard]] inline double before_of(const study::MetricStanding& standing) {
  return standing.value.mean - standing.difference.mean;
}
/// A measured metric in words: "final loss".
[[nodiscard]] std::string what_if_words(std::size_t metric);
/// "0.861 to 0.891": with so many decimals, three at least, that two digits of the difference show.
[[nodiscard]] std::string loss_from_to(double before, double now);
/// What a case moved, the loss first: "half-mfu raises the final loss by 3.5 % (0.861 to 0.891). Effective compute: -50 %. USD per
/// PF-day: +100 %." Each of several strategies is named, of many those that moved most. Where none of these moved it says what did.
[[nodiscard]] std::string what_if_answer(const WhatIfReport& report, std::size_t what_if_case);
/// The case and what it changes: "grid-slips, the connection comes a year late: sites.main.power=75 MW".
[[nodiscard]] std::string what_if_title(const WhatIfReport& report, std::size_t what_if_case);
/// The strategies that tables show: all of a few, else those whose final loss changes most in any case.
[[nodiscard]] std::vector<std::string> what_if_strategies(const WhatIfReport& report);
/// The metrics of each strategy in one case: in the base, in the case, and their difference.
[[nodiscard]] Table what_if_differences(const WhatIfReport& report, std::size_t what_if_case);
/// How the outcomes of each strategy spread over the futures, in the base and in one case: what no number of replications narrows.
[[nodiscard]] Table what_if_spreads(const WhatIfReport& report, std::size_t what_if_case);
/// Which constraint binds each strategy, from when to when, in every case.
[[nodiscard]] Table what_if_bindings(const WhatIfReport& report);
/// What it is worth to every strategy, in every case, to relax what may bind; empty where nothing can be relaxed.
[[nodiscard]] Table what_if_worth(const WhatIfReport& report);
[[nodiscard]] std::vector<std::string> what_if_notes(const WhatIfReport& report);

}  // namespace fleetrace::output
