#include "progress_entries.hpp"

namespace fleetrace::models {
namespace {

// Sorted by name. One line a model.
constexpr const core::Entry* kEntries[] = {
    &kExponentialProgress, &kJumpProgress, &kLogisticProgress, &kNoProgress, &kResearchProgress, &kSpilloverProgress,
};

}  // namespace

const core::Family& progress_family() {
  static constexpr core::Family kFamily{.name = "progress",
                                        .summary = "How algorithms improve over time.",
                                        .selector = "model",
                                        .entries = kEntries,
                                        .preset = "none"};
  return kFamily;
}

ProgressLaw resolve_progress(const core::Spec& spec) {
  return static_cast<const ProgressEntry*>(spec.entry)->resolve(spec);
}

}  // namespace fleetrace::models
