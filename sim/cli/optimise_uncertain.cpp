#include "sim/cli/optimise_uncertain.hpp"

#include "sim/cli/values.hpp"

namespace fleetrace::cli {
namespace {

/// More draws take hours and tell nothing.
constexpr double kMostDraws = 100'000;

const core::Parameter kDraws{.name = "replications",
                             .summary = "draws that a plan is made for",
                             .dimension = core::Dimension::count,
                             .range = core::between(2, kMostDraws)};
const core::Parameter kBatches{.name = "batches",
                               .summary = "batches that judge a plan",
                               .dimension = core::Dimension::count,
                               .range = core::between(2, 1000)};
const core::Parameter kLevel{
    .name = "level", .summary = "share of the draws that are not the worst", .range = core::between(0.01, 0.999)};
const core::Parameter kConfidence{
    .name = "confidence", .summary = "confidence of intervals", .range = core::between(0.51, 0.9999)};

}  // namespace

std::vector<std::string_view> risks() { return {"mean", "cvar"}; }

void require_replications(const Options& options) {
  if (options.has("replications")) return;
  for (const Option& each : kUncertainOptions) {
    if (options.has(each.name))
      throw UsageError("--" + std::string(each.name) + " is about a plan for many draws: add --replications N.");
  }
}

UncertainOptimizeOptions uncertain_options(const Options& options, const OptimizeOptions& plan) {
  for (const char* const each : {"at-most", "target", "within", "smallest-order", "nodes", "retire"}) {
    if (options.has(each))
      throw UsageError("--" + std::string(each) + " is about one world: leave it out, or --replications.");
  }
  if (plan.objective != fleet::Metric::final_loss && plan.objective != fleet::Metric::mean_loss)
    throw UsageError("--replications plans for final_loss or mean_loss: choose --objective of these.");
  if (plan.then != BreakTies::any) throw UsageError("--then is about one world: leave it out, or --replications.");
  if (options.has("level") && choice(options, "risk") != "cvar")
    throw UsageError("--level is about the worst draws: add --risk cvar.");
  UncertainOptimizeOptions asked;
  static_cast<PlanSearchOptions&>(asked) = static_cast<const PlanSearchOptions&>(plan);
  asked.jobs = jobs_of(options);
  asked.draws = static_cast<std::size_t>(number_of("replications", kDraws, options.text("replications", "")));
  asked.batches = static_cast<std::size_t>(number_of("batches", kBatches, options.text("batches", "10")));
  asked.confidence = number_of("confidence", kConfidence, options.text("confidence", "0.95"));
  if (choice(options, "risk") == "cvar") asked.tail_level = number_of("level", kLevel, options.text("level", "0.9"));
  return asked;
}

}  // namespace fleetrace::cli
