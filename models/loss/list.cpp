#include "models/loss/loss_entries.hpp"
#include "models/registry/growing_family.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kChinchillaLoss, &kDataLimitedLoss, &kKaplanLoss, &kMixtureOfExpertsLoss, &kRelativeLoss, &kTestTimeLoss,
};

}  // namespace

GrowingFamily& loss_models() {
  static GrowingFamily models({.name = "loss",
                               .summary = "What compute buys.",
                               .selector = "model",
                               .entries = kEntries,
                               .preset = "relative"});
  return models;
}

const core::Family& loss_family() { return loss_models().family(); }

LossLaw resolve_loss(const core::Spec& spec, double reference_flop) {
  return static_cast<const LossEntry*>(spec.entry)->resolve(spec, reference_flop);
}

void check_loss(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  if (const auto check = static_cast<const LossEntry*>(spec.entry)->check) check(spec, path, diagnostics);
}

}  // namespace fleetrace::models
