#include "models/throughput/power_law.hpp"

#include <cmath>
#include <variant>

#include "models/throughput/throughput_entries.hpp"

namespace fleetrace::models {
namespace {

enum Coefficient : std::size_t { at, exponent, most };

double relative(const ThroughputLaw& law, const Scale& scale) {
  const auto& c = law.coefficients;
  return mfu_at_scale(law.mfu, c[at], c[exponent], c[most], scale.accelerators) / law.mfu;
}

void resolve(const core::Spec& spec, ThroughputLaw& law) {
  law.relative = relative;
  law.coefficients[at] = spec.number("at");
  law.coefficients[exponent] = spec.number("exponent");
  const core::Value& limit = spec.value("at_most");
  law.coefficients[most] = std::holds_alternative<double>(limit.data) ? std::get<double>(limit.data) : law.mfu;
}

constexpr std::string_view kLlama =
    "Llama Team 2024, The Llama 3 Herd of Models, table 4: 430 TFLOP/s on 8,192 and 400 on 16,384 H100";

}  // namespace

const ThroughputEntry kPowerLawThroughput{
    core::Entry{
        .name = "power_law",
        .summary = "MFU falls with a power of the number of accelerators: u = mfu (N/at)^-exponent.",
        .parameters = with_limits({
            {.name = "exponent",
             .summary = "by how much MFU falls: a doubling of N leaves 2^-exponent",
             .range = core::between(0, 1),
             .preset = "0.104",
             .source = kLlama},
            {.name = "at",
             .summary = "accelerators at which operations.mfu was measured",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e12),
             .preset = "8192",
             .source = kLlama},
            {.name = "at_most",
             .summary = "the MFU of a small run: the stated one, or more",
             .range = core::above_up_to(0, 1),
             .preset = "mfu",
             .choices = {"mfu"}},
        }),
        .scope =
            "Two points of one model family on one network at a fixed global batch: the exponent holds what parallelism, "
            "network and batch cost there together, and says nothing about a network built for more. N counts every "
            "accelerator that trains, whatever its generation, as part of one run (or of jobs of operations.job.size).",
    },
    resolve};

std::optional<PowerOfScale> power_of_scale(const ThroughputLaw& law) {
  const bool has_limits = std::isfinite(law.largest_run) || law.network || law.site_links ||
                          law.tokens_per_accelerator > 0 || law.run_seconds > 0 || law.retuning.active();
  if (law.relative != relative || has_limits) return std::nullopt;
  const auto& c = law.coefficients;
  return PowerOfScale{c[at], c[exponent], c[most] / law.mfu};
}

}  // namespace fleetrace::models
