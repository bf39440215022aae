#include "sim/scenario/reference/says_default.hpp"
#include "sim/scenario/resolve/plant_parts.hpp"

namespace fleetrace::scenario {

using core::Diagnostics;
using core::Spec;

namespace {

/// Whether a key says something else than it does by default.
bool is_changed(const Spec& spec, std::string_view key) {
  const core::Value& value = spec.value(key);
  return !value.preset && !says_default(*spec.entry->find(key), value);
}

}  // namespace

std::optional<models::RentalLaw> resolve_rental(const Spec& root, const PlantRequest& request,
                                                const models::MarketRequest& market_request, const fleet::Plant& plant,
                                                Diagnostics& diagnostics) {
  const Spec* spec = root.section("rental");
  if (spec == nullptr) return std::nullopt;
  const std::string path = request.prefix + "rental";
  const Spec* hardware = root.section("hardware");
  if (hardware == nullptr) {
    diagnostics.add({spec->where, path, "there is nothing to rent", "the scenario has no hardware section",
                     "Add one, such as hardware: {model: trend}."});
    return std::nullopt;
  }
  models::RentalLaw law;
  law.term = spec->duration("term");
  if (spec->has("price") != spec->has("accelerator")) {
    const bool has_price = spec->has("price");
    diagnostics.add({spec->where, path, has_price ? "the price is of no accelerator" : "the accelerator has no price",
                     "price and accelerator belong together",
                     has_price ? "State one, such as accelerator: H100." : "State one, such as price: 2.4 USD/h."});
    return std::nullopt;
  }
  if (!spec->has("price")) {
    law.rate = spec->number("rate");
    if (is_changed(*spec, "price_decline")) {
      diagnostics.add({spec->value("price_decline").where, path + ".price_decline",
                       "there is no price that could decline", "a rate follows the price of hardware",
                       "State a price, or leave it out."});
    }
    return law;
  }
  if (is_changed(*spec, "rate")) {
    diagnostics.add({spec->value("rate").where, path + ".rate", "there is a price, too",
                     "rent follows one or the other", "Leave one of them out."});
  }
  const std::string& name = spec->text("accelerator");
  law.decline = spec->number("price_decline");
  if (const models::AcceleratorType* type = plant.market.find(name)) {
    law.per_flops = spec->number("price") / type->peak;
  } else if (const auto other = models::accelerator_type(*hardware, spec->value("accelerator"), name, market_request,
                                                         path + ".accelerator", diagnostics)) {
    law.per_flops = spec->number("price") / other->peak;
  } else {
    return std::nullopt;
  }
  return law;
}

}  // namespace fleetrace::scenario
