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

FailureLaw resolve_failures(const core::Spec& spec) {
  core::Diagnostics found;
  FailureLaw law = resolve_failures(spec, "", found, {});
  found.throw_if_any();
  return law;
}

FailureLaw resolve_failures(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics,
                            const FailureLaw& before) {
  const auto& entry = static_cast<const FailureEntry&>(*spec.entry);
  return entry.rows != nullptr ? resolve_lives(spec, *entry.rows, path, diagnostics, before) : entry.resolve(spec);
}

}  // namespace fleetrace::models
