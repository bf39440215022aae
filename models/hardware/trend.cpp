#include "models/hardware/hardware_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

Market resolve(const core::Spec& spec, const MarketRequest& request, core::Diagnostics&) {
  Trend trend;
  trend.start = request.start;
  trend.price_performance = spec.number("price_performance");
  trend.price_performance_rate = spec.number("price_performance_doubling");
  if (spec.has("power_per_flops")) trend.power_per_flops = spec.number("power_per_flops");
  trend.efficiency_rate = spec.number("energy_efficiency_doubling");
  Market market;
  market.trend = trend;
  return market;
}

}  // namespace

double Trend::price_performance_at(core::Time when) const {
  return price_performance * core::exp2(price_performance_rate * (when - start).years());
}

double Trend::power_per_flops_at(core::Time when) const {
  return power_per_flops * core::exp2(-efficiency_rate * (when - start).years());
}

const HardwareEntry kTrendHardware{
    core::Entry{
        .name = "trend",
        .summary = "Useful capacity as a real number, bought at a price-performance that doubles at a constant rate.",
        .parameters =
            {
                {.name = "price_performance",
                 .summary = "FLOP/s per all-in USD at the start of the horizon",
                 .dimension = Dimension::price_performance,
                 .range = core::above(0),
                 .preset = "3e10 FLOP/s/USD",
                 .source = "B200 at launch: 2.25e15 FLOP/s for 37 000 USD x 1.64 / 0.81 all-in"},
                price_performance_doubling("doubling time of FLOP/s per USD"),
                {.name = "power_per_flops",
                 .summary =
                     "average and nameplate power per FLOP/s at the start of the horizon; without it hardware draws none",
                 .dimension = Dimension::power_intensity,
                 .range = core::above(0)},
                energy_efficiency_doubling("doubling time of FLOP/s per W of what is bought"),
            },
        .scope =
            "No devices: nothing is lumpy, nothing fails on its own, and capacity is what it is worth at an MFU of 1. For "
            "closed forms and for questions about rates, not about racks.",
    },
    resolve};

}  // namespace fleetrace::models
