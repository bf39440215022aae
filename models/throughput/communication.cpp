#include <algorithm>

#include "models/throughput/throughput_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;

enum Coefficient : std::size_t { parameters, batch, replica, gradient_bytes, bandwidth, latency, overlap, is_tree };

/// t_comp / (t_comp + t_exposed) of one step, in which every replica of the model processes its part of the batch and
/// then sums its gradients with those of the others.
double relative(const ThroughputLaw& law, const Scale& scale) {
  const auto& c = law.coefficients;
  const double replicas = std::max(1.0, scale.accelerators / c[replica]);
  const double shard = c[parameters] * c[gradient_bytes] / c[replica];
  const double left = law.network ? law.network->bandwidth(c[bandwidth], scale.accelerators, replicas) : c[bandwidth];
  double reduce = c[is_tree] != 0 ? tree_all_reduce(replicas, shard, left, c[latency])
                                  : ring_all_reduce(replicas, shard, left, c[latency]);
  const double compute = 6 * c[parameters] * c[batch] / (scale.accelerators * scale.peak * law.mfu);
  const double whole = c[parameters] * c[gradient_bytes];
  if (law.site_links) reduce += ring_all_reduce(scale.sites, whole, law.site_links->bandwidth, law.site_links->latency);
  const double exposed = std::max(0.0, reduce - c[overlap] * compute);
  return compute / (compute + exposed);
}

void resolve(const core::Spec& spec, ThroughputLaw& law) {
  law.relative = relative;
  auto& c = law.coefficients;
  c[parameters] = spec.number("parameters");
  c[batch] = spec.number("batch");
  c[replica] = spec.number("model_parallel");
  c[gradient_bytes] = spec.number("gradient_bytes");
  c[bandwidth] = spec.number("bandwidth");
  c[latency] = spec.number("latency") / 1e3;
  c[overlap] = spec.number("overlap");
  c[is_tree] = spec.text("all_reduce") == "tree" ? 1 : 0;
}

}  // namespace

const ThroughputEntry kCommunicationThroughput{
    core::Entry{
        .name = "communication",
        .summary = "What of a step is not spent waiting for gradients to be summed: mfu t_comp / (t_comp + t_exposed).",
        .parameters = with_limits({
            {.name = "parameters",
             .summary = "of the model",
             .range = core::above(0),
             .preset = "405e9",
             .source = "Llama Team 2024, The Llama 3 Herd of Models: 405B"},
            {.name = "batch",
             .summary = "tokens of a step, however many accelerators share it",
             .range = core::above(0),
             .preset = "16e6",
             .source = "Llama Team 2024, The Llama 3 Herd of Models: 16M tokens"},
            {.name = "model_parallel",
             .summary = "accelerators that hold one replica of the model",
             .dimension = Dimension::count,
             .range = core::between(1, 1e9),
             .preset = "128",
             .source = "Llama Team 2024, The Llama 3 Herd of Models, table 4: tensor 8 x pipeline 16"},
            {.name = "gradient_bytes",
             .summary = "bytes a gradient",
             .range = core::above(0),
             .preset = "2",
             .source = "bf16"},
            {.name = "bandwidth",
             .summary = "of each accelerator's network link",
             .dimension = Dimension::bandwidth,
             .range = core::above(0),
             .preset = "50 GB/s",
             .source = "Llama Team 2024, The Llama 3 Herd of Models: 400 Gb/s an accelerator",
             .unbounded = "unlimited"},
            {.name = "latency",
             .summary = "of one hop",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .preset = "1e-5 s",
             .source = "assumption",
             .verified = false},
            {.name = "overlap",
             .summary = "share of the computing time behind which communication can hide",
             .range = core::between(0, 1),
             .preset = "0"},
            {.name = "all_reduce",
             .summary = "how gradients are summed",
             .shape = core::Shape::choice,
             .preset = "ring",
             .choices = {"ring", "tree"}},
        }),
        .scope =
            "One model at one global batch: what accelerators are added shares the same step, so that computing shrinks and "
            "communication does not. Communication within a replica is part of the stated MFU. Links are alike; what "
            "congestion and oversubscription leave of them is what `network` says. Replicas count as a real number, at least "
            "one.",
    },
    resolve, true};

}  // namespace fleetrace::models
