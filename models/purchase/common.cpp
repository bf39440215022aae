#include "purchase_entries.hpp"

namespace fleetrace::models {

using core::Dimension;
using core::Shape;

std::vector<core::Parameter> with_common_keys(std::vector<core::Parameter> own, bool budget_required) {
  own.push_back({.name = "budget",
                 .summary = "nominal money for hardware and for research (progress.cost) over the horizon",
                 .dimension = Dimension::money,
                 .range = core::between(0, 9e12),
                 .required = budget_required});
  own.push_back(
      {.name = "budget_covers",
       .summary = "whether the budget pays for hardware and research only, or for energy too (reserved at purchase)",
       .shape = Shape::choice,
       .preset = "hardware",
       .choices = {"hardware", "all"}});
  own.push_back(
      {.name = "choose",
       .summary = "which accelerator on sale is bought: the best flop_per_usd or flop_per_watt, the newest, or a name",
       .shape = Shape::text,
       .preset = "flop_per_usd"});
  own.push_back(
      {.name = "power_limits",
       .summary = "what site power limits: orders (nothing is bought that could not be powered on delivery) or "
                  "installation (it is bought and waits for power)",
       .shape = Shape::choice,
       .preset = "orders",
       .choices = {"orders", "installation"}});
  own.push_back(
      {.name = "with", .summary = "changes to other sections for this strategy alone", .shape = Shape::changes});
  return own;
}

bool check_within_horizon(core::Time when, const core::Location& where, const std::string& path,
                          const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (when >= request.start && when < request.end) return true;
  diagnostics.add({where, path, core::to_date(when) + " is outside the horizon",
                   "it runs from " + core::to_date(request.start) + " until before " + core::to_date(request.end), ""});
  return false;
}

}  // namespace fleetrace::models
