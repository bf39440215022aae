#include "models/capability/capability_entries.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kStepsCapability,
    &kTaskHorizonCapability,
    &kThresholdCapability,
};

}  // namespace

const core::Family& capability_family() {
  static constexpr core::Family kFamily{
      .name = "capability",
      .summary = "What a loss, or the compute behind it, is good for: the score on a task.",
      .selector = "model",
      .entries = kEntries};
  return kFamily;
}

CapabilityLaw resolve_capability(const core::Spec& spec) {
  return static_cast<const CapabilityEntry*>(spec.entry)->resolve(spec);
}

double CapabilityLaw::score(double loss) const {
  return kind == Kind::threshold ? threshold_score(loss, half, width, chance) : steps_score(loss, steps, perfect);
}

double CapabilityLaw::loss(double score) const {
  return kind == Kind::threshold ? threshold_loss(*this, score) : steps_loss(*this, score);
}

std::vector<core::Parameter> with_target(std::vector<core::Parameter> own) {
  own.push_back({.name = "target", .summary = "score whose date is reported", .range = {0, 1, true, true}});
  return own;
}

}  // namespace fleetrace::models
