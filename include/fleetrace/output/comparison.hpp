#pragma once

#include <string>

#include "fleetrace/fleet/scenario.hpp"
#include "fleetrace/output/writers.hpp"
#include "fleetrace/study/comparison.hpp"
#include "fleetrace/study/ending.hpp"
#include "fleetrace/study/loss_paths.hpp"

/// A comparison of strategies over many replications, for people and for programs.
namespace fleetrace::output {

struct ComparisonReport {
  fleet::Scenario scenario;
  study::Plan plan;
  study::Results results;
  study::Comparison comparison;
  study::Ending ending;
  study::LossBands bands;
};

/// "heron has the lowest final loss, 0.5267 on average ...": the answer and its certainty in a sentence or two.
[[nodiscard]] std::string answer(const ComparisonReport& report);

[[nodiscard]] std::string comparison_table(const ComparisonReport& report, const TableStyle& style);
[[nodiscard]] std::string comparison_markdown(const ComparisonReport& report);
/// One document; reals have 12 significant digits, an interval that says nothing is null.
[[nodiscard]] std::string comparison_json(const ComparisonReport& report);
/// A row for each strategy.
[[nodiscard]] std::string comparison_csv(const ComparisonReport& report);
/// A line for each replication and strategy, with every measure and the inputs that were drawn.
[[nodiscard]] std::string comparison_jsonl(const ComparisonReport& report);

}  // namespace fleetrace::output
