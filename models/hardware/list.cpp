#include "models/hardware/hardware_entries.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kCatalogHardware,
    &kGenerationsHardware,
    &kTrendHardware,
};

/// Adds a diagnostic for a key that has no effect, unless it has its default value.
void check_price(const core::Spec& spec, const MarketRequest& request, core::Diagnostics& diagnostics) {
  if (spec.entry->find("price") == nullptr || spec.section("price")->entry->name != "learning") return;
  const core::Value& decline = spec.value("price_decline");
  if (decline.preset || decline.source_text == spec.entry->find("price_decline")->preset) return;
  diagnostics.add({decline.where, request.path + ".price_decline", "prices do not fall with age here",
                   "price names another model", "Leave it out, or write price: age."});
}

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
  check_price(spec, request, diagnostics);
  return static_cast<const HardwareEntry*>(spec.entry)->resolve(spec, request, diagnostics);
}

}  // namespace fleetrace::models
