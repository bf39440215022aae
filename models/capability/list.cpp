#include "models/capability/capability_entries.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kStepsCapability,
    &kThresholdCapability,
};

}  // namespace

const core::Family& capability_family() {
  static constexpr core::Family kFamily{
      .name = "capability",
      .summary = "What a loss is good for: the score on a task as a curve of absolute loss.",
      .selector = "model",
      .entries = kEntries};
  return kFamily;
}

CapabilityLaw resolve_capability(const core::Spec& spec) {
  return static_cast<const CapabilityEntry*>(spec.entry)->resolve(spec);
}

double CapabilityLaw::score(double loss) const {
  return is_threshold ? threshold_score(loss, half, width, chance) : steps_score(loss, steps, perfect);
}

double CapabilityLaw::loss(double score) const {
  return is_threshold ? threshold_loss(*this, score) : steps_loss(*this, score);
}

std::vector<core::Parameter> with_target(std::vector<core::Parameter> own) {
  own.push_back({.name = "target", .summary = "score whose date is reported", .range = {0, 1, true, true}});
  return own;
}

}  // namespace fleetrace::models
