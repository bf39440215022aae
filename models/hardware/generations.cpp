#include "models/hardware/hardware_entries.hpp"

namespace fleetrace::models {
namespace {

std::vector<core::Parameter> parameters() {
  std::vector<core::Parameter> all{{.name = "first",
                                    .summary = "the first generation, a name from the catalog, or of accelerators",
                                    .shape = core::Shape::text,
                                    .required = true}};
  for (core::Parameter& parameter : cadence_parameters()) all.push_back(parameter);
  return with_costs(std::move(all));
}

Market resolve(const core::Spec& spec, const MarketRequest& request, core::Diagnostics& diagnostics) {
  Market market;
  auto first = accelerator_type(spec, spec.value("first"), spec.text("first"), request, request.path + ".first",
                                diagnostics);
  if (!first) return market;
  market.types.push_back(*std::move(first));
  take_off_sale(spec, market);
  add_generations(market, spec, request, request.path, diagnostics);
  take_off_sale(spec, market);
  check_off_sale(market, spec, request, diagnostics);
  market.on_sale = market.types.size();
  return market;
}

}  // namespace

const HardwareEntry kGenerationsHardware{
    core::Entry{
        .name = "generations",
        .summary = "One real accelerator, then a new generation at a fixed or random cadence.",
        .parameters = parameters(),
        .scope =
            "A staircase under the trend: between releases nothing improves but the price. Each generation launches at "
            "the launch price of the first, so all price-performance shows as FLOP/s per accelerator. Random releases are "
            "a renewal process that starts with the first accelerator, also where some of them then lie before the race; "
            "every generation jumps by the same factor, and none is late because the one before it was. Matched by the "
            "mean, the jump is smaller and most histories stay below the trend.",
    },
    resolve};

}  // namespace fleetrace::models
