#include "models/failure/check_lives.hpp"
#include "models/failure/failure_entries.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kBathtubFailures, &kExponentialFailures, &kNoFailures, &kObservedFailures, &kSteppedFailures, &kWeibullFailures,
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

void check_lives(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  if (spec.entry == &kSteppedFailures) check_stepped(spec, path + ".failures", diagnostics);
  if (spec.entry == &kObservedFailures) check_observed(spec, path + ".failures", diagnostics);
}

FailureLaw resolve_failures(const core::Spec& spec) {
  return static_cast<const FailureEntry*>(spec.entry)->resolve(spec);
}

}  // namespace fleetrace::models
