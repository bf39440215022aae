#pragma once

#include <string>

#include "fleetrace/fleet/scenario.hpp"
#include "fleetrace/output/writers.hpp"
#include "fleetrace/study/sensitivity.hpp"

/// Which input decides, for people and for programs.
namespace fleetrace::output {

struct SensitivityReport {
  fleet::Scenario scenario;
  study::Plan plan;
  study::SensitivityEffort effort;
  study::Sensitivity sensitivity;
  bool has_other_chance = false;  ///< jumps, failures and so on, held at replication 0
};

/// "X decides: ...": what matters, and where the winner changes, in a few sentences.
[[nodiscard]] std::string answer(const SensitivityReport& report);

[[nodiscard]] std::string sensitivity_table(const SensitivityReport& report, const TableStyle& style);
[[nodiscard]] std::string sensitivity_markdown(const SensitivityReport& report);
/// One document; reals have 12 significant digits, values of inputs are quantities as text.
[[nodiscard]] std::string sensitivity_json(const SensitivityReport& report);
/// A row for each input, largest total index first. Of several break-evens the one nearest to the median.
[[nodiscard]] std::string sensitivity_csv(const SensitivityReport& report);

}  // namespace fleetrace::output
