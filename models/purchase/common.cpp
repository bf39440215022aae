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
  own.push_back({.name = "rented",
                 .summary = "share of the money at each review that rents, by the rental section, rather than buys",
                 .range = core::between(0, 1),
                 .preset = "0"});
  own.push_back(
      {.name = "power_limits",
       .summary = "what site power limits: orders (nothing is bought that could not be powered on delivery) or "
                  "installation (it is bought and waits for power)",
       .shape = Shape::choice,
       .preset = "orders",
       .choices = {"orders", "installation"}});
  own.push_back(
      {.name = "sites",
       .summary = "where it installs, filled in this order; all sites in the order of the scenario where it is "
                  "left out",
       .shape = Shape::texts});
  own.push_back(
      {.name = "with", .summary = "changes to other sections for this strategy alone", .shape = Shape::changes});
  return own;
}

core::Parameter review_interval(std::string_view preset, std::string_view source) {
  return {.name = "every",
          .summary = "interval between reviews, the first at the start of the horizon",
          .dimension = Dimension::duration,
          .range = core::at_least(1),
          .preset = preset,
          .source = source};
}

core::Parameter load() {
  return {.name = "load",
          .summary = "useful FLOP/s demanded at the start of the horizon",
          .dimension = Dimension::compute_rate,
          .range = core::above_up_to(0, 1e60),
          .required = true};
}

core::Parameter load_or_serving() {
  core::Parameter result = load();
  result.summary = "useful FLOP/s demanded at the start of the horizon; or serving, for the scenario's demand on it";
  result.choices = {"serving"};
  return result;
}

core::Parameter load_growth() {
  return {.name = "growth",
          .summary = "continuous yearly growth of the load",
          .dimension = Dimension::decline,
          .range = core::between(-20, 20),
          .preset = "0.5 /yr",
          .source = "the team's assumption",
          .verified = false};
}

PurchasePlan regular_reviews(const core::Spec& spec, const PurchaseRequest& request, PurchasePlan::Review review,
                             core::Diagnostics& diagnostics, std::int64_t most) {
  PurchasePlan plan;
  plan.every = spec.duration("every");
  const auto refuse = [&](std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add({spec.value("every").where, request.path + ".every", std::move(problem), std::move(reason),
                     std::move(suggestion)});
    return PurchasePlan{};
  };
  const core::Duration length = request.end - request.start;
  if (plan.every > length) {
    return refuse("the interval is longer than the horizon", "nothing would be reviewed after the start",
                  "Shorten it, or buy once.");
  }
  plan.reviews = (length - core::kMillisecond) / plan.every + 1;
  if (plan.reviews > most) {
    return refuse("there would be " + std::to_string(plan.reviews) + " reviews",
                  "more than " + std::to_string(most) + " are not run",
                  "Lengthen the interval or shorten the horizon.");
  }
  plan.review = review;
  plan.first_review = request.start;
  return plan;
}

bool check_has_power(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (request.has_power) return true;
  diagnostics.add({spec.value("power").where, request.path + ".power", "the hardware on sale draws no power",
                   "its power_per_flops is left out", "State it, such as power_per_flops: 0.8 W/(TFLOP/s)."});
  return false;
}

core::Time next_regular(const PurchasePlan& plan, const Observation& seen) {
  return core::saturating_add(seen.now, plan.every);
}

bool is_spent(const Observation& seen) {
  return seen.released >= seen.budget && (seen.cash <= core::Money{} || seen.cash.usd() < seen.offer.unit_usd);
}

bool check_within_horizon(core::Time when, const core::Location& where, const std::string& path,
                          const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (when >= request.start && when < request.end) return true;
  diagnostics.add({where, path + ".at", core::to_date(when) + " is outside the horizon",
                   "it runs from " + core::to_date(request.start) + " until before " + core::to_date(request.end), ""});
  return false;
}

}  // namespace fleetrace::models
