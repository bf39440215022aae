#include "failure_entries.hpp"

namespace fleetrace::models {
namespace {

// Sorted by name. One line a model.
constexpr const core::Entry* kEntries[] = {
    &kBathtubFailures,
    &kExponentialFailures,
    &kNoFailures,
    &kWeibullFailures,
};

}  // namespace

const core::Family& failure_family() {
  static constexpr core::Family kFamily{.name = "failure",
                                        .summary = "How accelerators fail and are repaired.",
                                        .selector = "law",
                                        .entries = kEntries,
                                        .preset = "none"};
  return kFamily;
}

FailureLaw resolve_failures(const core::Spec& spec) {
  return static_cast<const FailureEntry*>(spec.entry)->resolve(spec);
}

}  // namespace fleetrace::models
