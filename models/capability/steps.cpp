#include <algorithm>
#include <variant>

#include "models/capability/capability_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {

double steps_score(double loss, double steps, double perfect) {
  return core::exp(-steps * std::max(0.0, loss - perfect));
}

double steps_loss(const CapabilityLaw& law, double score) { return law.perfect - core::log(score) / law.steps; }

const CapabilityEntry kStepsCapability{
    core::Entry{
        .name = "steps",
        .summary = "A task of k steps that must all go well: p^k with p = e^-(L - perfect).",
        .parameters = with_target({
            {.name = "steps", .summary = "k", .range = core::above(0), .required = true},
            {.name = "perfect",
             .summary = "loss at which a step always goes well [nats/token]; the floor of the loss law",
             .range = core::at_least(0),
             .preset = "floor",
             .choices = {"floor"}},
        }),
        .scope =
            "Steps fail independently and nothing is tried again. A smooth loss shows as a sudden ability where k is large: "
            "that is the score's doing, not the model's. It needs a loss law with an absolute scale.",
    },
    [](const core::Spec& spec) {
      CapabilityLaw law;
      law.kind = CapabilityLaw::Kind::steps;
      law.steps = spec.number("steps");
      const core::Value& perfect = spec.value("perfect");
      law.perfect = std::holds_alternative<double>(perfect.data) ? std::get<double>(perfect.data) : -1;
      return law;
    }};

}  // namespace fleetrace::models
