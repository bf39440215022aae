#include "loss_entries.hpp"

namespace fleetrace::models {
namespace {

// Sorted by name. One line a model.
constexpr const core::Entry* kEntries[] = {
    &kChinchillaLoss, &kDataLimitedLoss, &kKaplanLoss, &kMixtureOfExpertsLoss, &kRelativeLoss, &kTestTimeLoss,
};

}  // namespace

const core::Family& loss_family() {
  static constexpr core::Family kFamily{
      .name = "loss", .summary = "What compute buys.", .selector = "model", .entries = kEntries, .preset = "relative"};
  return kFamily;
}

LossLaw resolve_loss(const core::Spec& spec, double reference_flop) {
  return static_cast<const LossEntry*>(spec.entry)->resolve(spec, reference_flop);
}

void check_loss(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  if (const auto check = static_cast<const LossEntry*>(spec.entry)->check) check(spec, path, diagnostics);
}

}  // namespace fleetrace::models
