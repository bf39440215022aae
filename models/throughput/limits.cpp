#include <algorithm>

#include "models/throughput/throughput_entries.hpp"
#include "sim/core/schema/read_value.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Shape;

constexpr std::string_view kErdil =
    "Erdil and Schneider-Joseph 2024, Data movement limits to frontier model training, arXiv:2411.01137";

const Entry kCriticalBatch{
    .name = "critical_batch",
    .summary = "More accelerators make a larger batch, and beyond the critical one its samples say less: 1/(1 + B/Bc).",
    .parameters = {
        {.name = "tokens_per_accelerator",
         .summary = "tokens of a step that keep one accelerator at its MFU",
         .range = core::above(0),
         .preset = "1000",
         .source = "Llama Team 2024, The Llama 3 Herd of Models: a batch of 16M tokens on 16,384 H100"},
        {.name = "tokens",
         .summary = "the critical batch Bc",
         .range = core::above(0),
         .preset = "7.4e6",
         .source = "Kaplan et al. 2020, arXiv:2001.08361: 2e8/L^(1/0.21) tokens at a loss L of 2",
         .verified = false},
    }};
constexpr const Entry* kCriticalBatchEntries[] = {&kCriticalBatch};
constexpr Family kCriticalBatchFamily = core::plain_section("critical_batch", kCriticalBatchEntries);

const Entry kLargestRun{
    .name = "largest_run",
    .summary = "One run uses so many accelerators and no more; what else trains adds nothing to it.",
    .parameters = {
        {.name = "accelerators",
         .summary = "of the largest coherent run",
         .dimension = Dimension::count,
         .range = core::between(1, 1e12),
         .required = true},
    }};
constexpr const Entry* kLargestRunEntries[] = {&kLargestRun};
constexpr Family kLargestRunFamily = core::plain_section("largest_run", kLargestRunEntries);

const Entry kDataMovement{.name = "data_movement",
                          .summary = "What data movement leaves of a run that is finished in a given time.",
                          .parameters = {
                              {.name = "length",
                               .summary = "duration of the run",
                               .dimension = Dimension::duration,
                               .range = core::at_least(1),
                               .preset = "3 months",
                               .source = kErdil,
                               .verified = false},
                              {.name = "falls_past",
                               .summary = "compute of a run beyond which utilisation falls",
                               .dimension = Dimension::compute,
                               .range = core::above(0),
                               .preset = "2e28 FLOP",
                               .source = kErdil},
                              {.name = "slope",
                               .summary = "utilisation then falls as compute^-slope",
                               .range = core::between(0, 1),
                               .preset = "0.5",
                               .source = "assumption",
                               .verified = false},
                              {.name = "wall",
                               .summary = "compute that no run of that length exceeds",
                               .dimension = Dimension::compute,
                               .range = core::above(0),
                               .preset = "unlimited",
                               .source = "1e31 FLOP in Erdil and Schneider-Joseph 2024, arXiv:2411.01137",
                               .unbounded = "unlimited"},
                          }};
constexpr const Entry* kDataMovementEntries[] = {&kDataMovement};
constexpr Family kDataMovementFamily = core::plain_section("data_movement", kDataMovementEntries);

const Entry kSiteLinks{
    .name = "site_links",
    .summary =
        "Sites train as one only where that does more than the largest of them alone, over links of a stated speed.",
    .parameters = {
        {.name = "bandwidth",
         .summary = "from a site to the next; it counts in the model communication",
         .dimension = Dimension::bandwidth,
         .range = core::above(0),
         .required = true,
         .unbounded = "unlimited"},
        {.name = "latency",
         .summary = "from a site to the next",
         .dimension = Dimension::duration,
         .range = core::at_least(0),
         .preset = "0.01 s",
         .source = "about 2,000 km of fibre at 5 us/km",
         .verified = false},
    }};
constexpr const Entry* kSiteLinksEntries[] = {&kSiteLinks};
constexpr Family kSiteLinksFamily = core::plain_section("site_links", kSiteLinksEntries);

const Entry kRetuning{
    .name = "retuning",
    .summary =
        "Hyperparameters are tuned anew with each doubling of the largest run: what exceeds twice the tuned scale waits, then "
        "sweeps take a share of one run's compute.",
    .parameters = {
        {.name = "share",
         .summary = "of the compute of a run at the new scale, for each doubling",
         .range = core::between(0, 1),
         .preset = "0.05",
         .source = "assumption",
         .verified = false},
        {.name = "length",
         .summary = "duration of that run",
         .dimension = Dimension::duration,
         .range = core::at_least(1),
         .preset = "3 months",
         .source = "assumption",
         .verified = false},
        {.name = "delay",
         .summary = "until the sweeps begin, for each doubling",
         .dimension = Dimension::duration,
         .range = core::at_least(0),
         .preset = "0 days"},
        {.name = "tuned_at",
         .summary = "accelerators of the last tuned scale at the start",
         .dimension = Dimension::count,
         .range = core::between(1, 1e12),
         .preset = "initial-fleet",
         .choices = {"initial-fleet"}},
    }};
constexpr const Entry* kRetuningEntries[] = {&kRetuning};
constexpr Family kRetuningFamily = core::plain_section("retuning", kRetuningEntries);

/// A network of the same size, in which what makes it slower has its defaults.
core::Spec without_speeds(const core::Spec& network) {
  core::Spec result = network;
  for (const std::string_view speed : {"oversubscription", "crossing"}) {
    const core::Parameter* parameter = network.entry->find(speed);
    if (parameter != nullptr) result.value(speed) = core::preset_value(*parameter);
  }
  return result;
}

}  // namespace

std::vector<core::Parameter> with_limits(std::vector<core::Parameter> own) {
  const auto add = [&own](const Family& family, std::string_view summary) {
    own.push_back({.name = family.name, .summary = summary, .shape = Shape::section, .family = &family});
  };
  add(kCriticalBatchFamily, "the batch beyond which samples say less; no limit where it is left out");
  add(kDataMovementFamily, "what data movement leaves of a large run; no limit where it is left out");
  add(kLargestRunFamily, "what one run can use; no limit where it is left out");
  add(network_family(),
      "the network that joins a run; as large as the fleet and never in the way where it is left out");
  add(kSiteLinksFamily, "links between sites; as if all stood on one where it is left out");
  add(kRetuningFamily, "what a new scale costs before it is used; nothing where it is left out");
  return own;
}

void resolve_limits(const core::Spec& spec, const std::string& path, ThroughputLaw& law,
                    core::Diagnostics& diagnostics) {
  if (const core::Spec* batch = spec.section("critical_batch")) {
    law.tokens_per_accelerator = batch->number("tokens_per_accelerator");
    law.critical_batch = batch->number("tokens");
    if (spec.entry->name == "communication") {
      diagnostics.add({batch->where, path + ".throughput.critical_batch", "it lets the batch grow with the fleet",
                       "the model communication holds the batch fixed", "Choose one of the two."});
    }
  }
  if (const core::Spec* largest = spec.section("largest_run")) law.largest_run = largest->number("accelerators");
  // To a model that sends no gradients a network says how many it joins and no more, and links between sites say nothing.
  const bool sends_gradients = static_cast<const ThroughputEntry*>(spec.entry)->sends_gradients;
  if (const core::Spec* network = spec.section("network")) {
    law.network = resolve_network(sends_gradients ? *network : without_speeds(*network), path + ".throughput.network",
                                  diagnostics);
    law.largest_run = std::min(law.largest_run, law.network->accelerators);
  }
  if (sends_gradients) {
    if (const core::Spec* links = spec.section("site_links"))
      law.site_links = {links->number("bandwidth"), links->number("latency") / 1e3};
  }
  if (const core::Spec* movement = spec.section("data_movement")) {
    law.run_seconds = movement->number("length") / 1e3;
    law.falls_past = movement->number("falls_past");
    law.slope = movement->number("slope");
    law.wall = movement->number("wall");
    if (law.wall < law.falls_past) {
      diagnostics.add({movement->value("wall").where, path + ".throughput.data_movement.wall",
                       "the wall lies below the compute at which utilisation begins to fall",
                       "utilisation would fall at once, by what the wall leaves", "Raise it, or lower falls_past."});
    }
  }
  if (const core::Spec* retuning = spec.section("retuning")) {
    law.retuning.share = retuning->number("share");
    law.retuning.length_ms = retuning->number("length");
    law.retuning.delay_ms = retuning->number("delay");
    if (!std::holds_alternative<std::string>(retuning->value("tuned_at").data))
      law.retuning.tuned_at = retuning->number("tuned_at");
  }
}

}  // namespace fleetrace::models
