#include "hardware_entries.hpp"

namespace fleetrace::models {
namespace {

std::vector<core::Parameter> parameters() {
  std::vector<core::Parameter> all{{.name = "first",
                                    .summary = "the first generation, a name from the catalog",
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
  market.types = generations_after(*first, spec, request, request.path, diagnostics);
  market.types.insert(market.types.begin(), *std::move(first));
  market.releases = release_law(spec);
  market.on_sale = market.types.size();
  return market;
}

}  // namespace

const HardwareEntry kGenerationsHardware{
    core::Entry{
        .name = "generations",
        .summary = "One real accelerator, then a new generation at a fixed cadence.",
        .parameters = parameters(),
        .scope =
            "A staircase under the trend: between releases nothing improves but the price. Each generation launches at "
            "the launch price of the first, so all price-performance shows as FLOP/s per accelerator.",
    },
    resolve};

}  // namespace fleetrace::models
