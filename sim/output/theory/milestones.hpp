#pragma once

#include <string>
#include <vector>

#include "fleetrace/theory.hpp"
#include "sim/output/formats.hpp"

/// The formats of the table of milestones.
namespace fleetrace::output {

/// A sentence on what the table is, the table, and what follows from it. The table has a row for each loss and a column for each
/// rate; with too many rates for 100 columns it has a row for each loss and rate.
[[nodiscard]] std::string milestones_table(const Milestones& milestones);
/// The table without the sentences.
[[nodiscard]] std::string milestones_markdown(const Milestones& milestones);
/// One document: {"fleetrace", "format", "law", "kappa" of the relative law, "reference_flop" of a law with a scale, "floor",
/// "uncertain" and "range" of an uncertain law, "warnings", "rows": [{"relative_loss", "gamma", "years", "years_low" and "years_high" of
/// an uncertain law, "fleet_multiple"}]}. What is infinite is null.
[[nodiscard]] std::string milestones_json(const Milestones& milestones);
/// CSV with the same rows. What is infinite is empty.
[[nodiscard]] std::string milestones_csv(const Milestones& milestones);
/// A spreadsheet with the rows of CSV on the sheet "results".
[[nodiscard]] std::string milestones_xlsx(const Milestones& milestones);

/// What a chart of milestones shows.
enum class MilestonesPlot {
  loss,   ///< Relative loss over time, a line for each rate, with the range of an uncertain law.
  gamma,  ///< Years until each loss, over the rate.
};
/// How charts of milestones are drawn.
struct MilestonesDrawing {
  MilestonesPlot plot = MilestonesPlot::loss;
  double years = 20;  ///< time that a chart of losses shows [yr], above 0
  std::vector<double>
      fleets;  ///< size of the fleet for each rate in a chart of losses, above 0; empty where all have one
};
/// A chart as an SVG file of its own; one over the rates goes from a sixteenth of the fastest up to the fastest. Throws what
/// milestones() throws, and std::invalid_argument where there is nothing to draw, or not a fleet for each rate.
[[nodiscard]] std::string milestones_svg(const MilestoneRequest& request, const MilestonesDrawing& drawing);

inline constexpr Format<Milestones> kMilestonesFormats[] = {
    {"table", milestones_table},
    {"csv", milestones_csv},
    {"json", milestones_json},
    {"markdown", milestones_markdown},
    Format<Milestones>::spreadsheet(milestones_xlsx),
};

}  // namespace fleetrace::output
