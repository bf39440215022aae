#include <algorithm>

#include "models/hardware/hardware_entries.hpp"

namespace fleetrace::models {
namespace {

const core::Entry kThen{
    .name = "then",
    .summary = "Generations that follow the accelerator released last.",
    .parameters = cadence_parameters(),
};
constexpr const core::Entry* kThenEntries[] = {&kThen};
constexpr core::Family kThenFamily{.name = "then",
                                   .summary = "Generations that follow the accelerator released last.",
                                   .selector = {},
                                   .entries = kThenEntries,
                                   .preset = "then"};

Market resolve(const core::Spec& spec, const MarketRequest& request, core::Diagnostics& diagnostics) {
  Market market;
  const std::string path = request.path + ".accelerators";
  const core::Value& value = spec.value("accelerators");
  for (const std::string& name : spec.texts("accelerators")) {
    if (market.find(name) != nullptr) {
      diagnostics.add(
          {value.where, path, name + " is listed twice", "each accelerator is on sale once", "Remove one."});
      continue;
    }
    if (auto type = accelerator_type(spec, value, name, request, path, diagnostics))
      market.types.push_back(*std::move(type));
  }
  std::stable_sort(market.types.begin(), market.types.end(),
                   [](const AcceleratorType& a, const AcceleratorType& b) { return a.released < b.released; });
  take_off_sale(spec, market);
  if (const core::Spec* then = spec.section("then"); then != nullptr && !market.types.empty()) {
    add_generations(market, *then, request, request.path + ".then", diagnostics);
    take_off_sale(spec, market);
  }
  check_off_sale(market, spec, request, diagnostics);
  market.on_sale = market.types.size();
  return market;
}

}  // namespace

const HardwareEntry kCatalogHardware{
    core::Entry{
        .name = "catalog",
        .summary =
            "Real accelerators from the catalog, optionally followed by generations at a fixed or random cadence.",
        .parameters = with_costs({
            {.name = "accelerators",
             .summary = "names from `fleetrace list accelerators`, or of accelerators",
             .shape = core::Shape::texts,
             .required = true},
            {.name = "then",
             .summary =
                 "generations after the one that was released last; after the last one listed of those released that day",
             .shape = core::Shape::section,
             .family = &kThenFamily},
        }),
        .scope =
            "Every accelerator stays on sale after its release at a price that falls, until its date off sale where the catalog or "
            "off_sale states one: makers publish few. Without one, money of later years may buy old chips that no price list has any "
            "more; results name such purchases. Supply does not run out unless the scenario limits it. Prices are list or street prices of single parts: large buyers pay "
            "less. Parts announced for the future carry pre-release figures.",
    },
    resolve};

}  // namespace fleetrace::models
