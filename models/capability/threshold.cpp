#include "models/capability/capability_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {

double threshold_score(double loss, double half, double width, double chance) {
  return chance + (1 - chance) / (1 + core::exp((loss - half) / width));
}

double threshold_loss(const CapabilityLaw& law, double score) {
  return law.half + law.width * core::log((1 - score) / (score - law.chance));
}

const CapabilityEntry kThresholdCapability{
    core::Entry{
        .name = "threshold",
        .summary = "A sigmoid of loss: c + (1-c)/(1 + e^((L - at)/width)).",
        .parameters = with_target({
            {.name = "at",
             .summary = "loss half way between chance and certainty [nats/token]",
             .range = core::above(0),
             .required = true},
            {.name = "width",
             .summary = "loss from there to a logit of 1 [nats/token]; the narrower, the more sudden",
             .range = core::above(0),
             .preset = "0.05",
             .source = "assumption",
             .verified = false},
            {.name = "chance", .summary = "score without any ability", .range = {0, 1, false, true}, .preset = "0"},
        }),
        .scope =
            "One task, one model family: where the threshold lies is an input, not a prediction. It needs a loss law with an "
            "absolute scale.",
    },
    [](const core::Spec& spec) {
      CapabilityLaw law;
      law.half = spec.number("at");
      law.width = spec.number("width");
      law.chance = spec.number("chance");
      return law;
    }};

}  // namespace fleetrace::models
