#include "models/progress/progress_entries.hpp"
#include "models/registry/growing_family.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kExponentialProgress, &kJumpProgress,    &kLogisticProgress,  &kNoProgress,
    &kResearchProgress,    &kRoadmapProgress, &kSpilloverProgress,
};

}  // namespace

GrowingFamily& progress_models() {
  static GrowingFamily models({.name = "progress",
                               .summary = "How algorithms improve over time.",
                               .selector = "model",
                               .entries = kEntries,
                               .preset = "none"});
  return models;
}

const core::Family& progress_family() { return progress_models().family(); }

ProgressLaw resolve_progress(const core::Spec& spec) {
  return static_cast<const ProgressEntry*>(spec.entry)->resolve(spec);
}

}  // namespace fleetrace::models
