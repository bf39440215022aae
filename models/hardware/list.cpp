#include "hardware_entries.hpp"

namespace fleetrace::models {
namespace {

// Sorted by name. One line a model.
constexpr const core::Entry* kEntries[] = {
    &kCatalogHardware,
    &kGenerationsHardware,
    &kTrendHardware,
};

/// A key that has no effect is worth a word, unless it only says what it is by default.
void check_price(const core::Spec& spec, const MarketRequest& request, core::Diagnostics& diagnostics) {
  if (spec.entry->find("price") == nullptr || spec.section("price")->entry->name == "age") return;
  const core::Value& decline = spec.value("price_decline");
  if (decline.preset || decline.written == spec.entry->find("price_decline")->preset) return;
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
