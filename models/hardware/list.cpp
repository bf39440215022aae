#include "hardware_entries.hpp"

namespace fleetrace::models {
namespace {

// Sorted by name. One line a model.
constexpr const core::Entry* kEntries[] = {
    &kCatalogHardware,
    &kGenerationsHardware,
    &kTrendHardware,
};

}  // namespace

const core::Family& hardware_family() {
  static constexpr core::Family kFamily{
      .name = "hardware",
      .summary = "What accelerators or capacity are on sale, when and at which price.",
      .selector = "model",
      .entries = kEntries,
      .preset = {}};
  return kFamily;
}

Market resolve_hardware(const core::Spec& spec, const MarketRequest& request, core::Diagnostics& diagnostics) {
  return static_cast<const HardwareEntry*>(spec.entry)->resolve(spec, request, diagnostics);
}

}  // namespace fleetrace::models
