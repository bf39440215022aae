#pragma once

#include <string>

#include "fleetrace/frontier.hpp"
#include "sim/output/formats.hpp"

/// The formats of a budget that is spread over the layers of the stack.
namespace fleetrace::output {

[[nodiscard]] std::string roadmap_table(const Roadmap& roadmap);
[[nodiscard]] std::string roadmap_markdown(const Roadmap& roadmap);
/// One document: {"fleetrace", "format", "budget_usd", "horizon_years", "gamma", "own_gamma", "even_gamma", "usd_per_doubling",
/// "all_layers_from_usd", "rows": [{"layer", "spend_usd", "share", "own_doublings", "field_doublings", "gamma", "next_doubling_usd"}]}.
[[nodiscard]] std::string roadmap_json(const Roadmap& roadmap);
[[nodiscard]] std::string roadmap_csv(const Roadmap& roadmap);
[[nodiscard]] std::string roadmap_xlsx(const Roadmap& roadmap);

inline constexpr Format<Roadmap> kRoadmapFormats[] = {
    {"table", roadmap_table},
    {"csv", roadmap_csv},
    {"json", roadmap_json},
    {"markdown", roadmap_markdown},
    Format<Roadmap>::spreadsheet(roadmap_xlsx),
};

}  // namespace fleetrace::output
