#pragma once

#include <string>

#include "fleetrace/theory.hpp"
#include "sim/output/formats.hpp"

/// The formats of the table of milestones.
namespace fleetrace::output {

/// A sentence on what the table is, the table, and what follows from it. The table has a row for each loss and a column for each
/// rate; with too many rates for 100 columns it has a row for each loss and rate.
[[nodiscard]] std::string milestones_table(const Milestones& milestones);
/// The table without the sentences.
[[nodiscard]] std::string milestones_markdown(const Milestones& milestones);
/// One document: {"fleetrace", "format", "kappa", "rows": [{"relative_loss", "gamma", "years", "fleet_multiple"}]}. What is infinite
/// is null.
[[nodiscard]] std::string milestones_json(const Milestones& milestones);
/// CSV with the same rows. What is infinite is empty.
[[nodiscard]] std::string milestones_csv(const Milestones& milestones);
/// A spreadsheet with the rows of CSV on the sheet "results".
[[nodiscard]] std::string milestones_xlsx(const Milestones& milestones);

inline constexpr Format<Milestones> kMilestonesFormats[] = {
    {"table", milestones_table},
    {"csv", milestones_csv},
    {"json", milestones_json},
    {"markdown", milestones_markdown},
    Format<Milestones>::spreadsheet(milestones_xlsx),
};

}  // namespace fleetrace::output
