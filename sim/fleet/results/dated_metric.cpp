#include "sim/fleet/results/dated_metric.hpp"

#include <algorithm>
#include <array>

namespace fleetrace::fleet {
namespace {

using core::Dimension;
using Value = std::optional<double>;

/// Reads the state that was kept of a date.
template <auto Read>
Value at_date(const Outcome& outcome, core::Time at) {
  const auto found = std::find_if(outcome.checkpoints.begin(), outcome.checkpoints.end(),
                                  [at](const Sample& state) { return state.time == at; });
  return found == outcome.checkpoints.end() ? Value() : Value(Read(*found));
}

double in_service(const std::array<std::int64_t, kStates>& counts) {
  return static_cast<double>(counts[static_cast<std::size_t>(State::in_service)]);
}

constexpr std::string_view kNoPower = "nothing in the scenario says what power it draws";

/// Of a race in which power is modelled.
Value powered(const Outcome& outcome, double value) { return outcome.final.has_power ? Value(value) : Value(); }

constexpr std::string_view kNoScale = "the loss law has no absolute scale";

constexpr std::array kDatedMetrics{
    DatedMetric{"relative_loss", Dimension::number, "", "relative loss", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.relative_loss); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.relative_loss; }>(o, at);
                }},
    DatedMetric{"mean_relative_loss", Dimension::number, "", "relative loss, averaged over the horizon", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.mean_relative_loss); }},
    DatedMetric{"absolute_loss", Dimension::number, "nats/token", "absolute loss", kNoScale,
                [](const StrategySetup&, const Outcome& o) { return o.final.absolute_loss; },
                [](const StrategySetup& c, const Outcome& o, core::Time at) {
                  const double scale = c.loss.law.reference_loss;
                  const Value loss = at_date<[](const Sample& s) { return s.relative_loss; }>(o, at);
                  return scale > 0 && loss ? Value(scale * *loss) : Value();
                }},
    DatedMetric{"effective_compute_flop", Dimension::compute, "FLOP", "effective compute since the start", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.effective_flop); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.effective_flop; }>(o, at);
                }},
    DatedMetric{"physical_compute_flop", Dimension::compute, "FLOP", "useful FLOP since the start", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.physical_flop); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.physical_flop; }>(o, at);
                }},
    DatedMetric{"spend_usd", Dimension::money, "USD", "all spending", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.spend().usd()); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.spend().usd(); }>(o, at);
                }},
    DatedMetric{"capex_usd", Dimension::money, "USD", "hardware", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.capex.usd()); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.capex.usd(); }>(o, at);
                }},
    DatedMetric{"facility_usd", Dimension::money, "USD", "sites", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.facility.usd()); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.facility.usd(); }>(o, at);
                }},
    DatedMetric{"opex_usd", Dimension::money, "USD", "energy, research and rent", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.opex().usd()); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.opex().usd(); }>(o, at);
                }},
    DatedMetric{"unspent_usd", Dimension::money, "USD", "what is left of the budget", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.unspent.usd()); }},
    DatedMetric{"npv_usd", Dimension::money, "USD", "net present value", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.finance.npv_usd); }},
    DatedMetric{"revenue_usd", Dimension::money, "USD", "what the fleet has earned", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.finance.revenue.usd()); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.revenue.usd(); }>(o, at);
                }},
    DatedMetric{"irr_per_yr", Dimension::decline, "1/yr", "yearly internal rate of return",
                "nothing earns, or there is not certainly one rate",
                [](const StrategySetup&, const Outcome& o) { return o.final.finance.irr_per_year; }},
    DatedMetric{"payback_yr", Dimension::number, "yr", "time until what was spent is earned",
                "nothing earns, or it is not earned within the horizon",
                [](const StrategySetup&, const Outcome& o) { return o.final.finance.payback_years; }},
    DatedMetric{"discounted_relative_loss", Dimension::number, "", "relative loss, averaged with later days discounted",
                "", [](const StrategySetup&, const Outcome& o) { return Value(o.final.discounted_relative_loss); }},
    DatedMetric{"waiting_carrying_cost_usd", Dimension::money, "USD", "what hardware cost while it waited", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.finance.waiting_carrying_usd); }},
    DatedMetric{"energy_kwh", Dimension::energy, "kWh", "energy of the sites", kNoPower,
                [](const StrategySetup&, const Outcome& o) { return powered(o, o.final.energy_kwh); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.energy_kwh; }>(o, at);
                }},
    DatedMetric{"average_site_power_w", Dimension::power, "W", "average draw, with the overhead of the sites", kNoPower,
                [](const StrategySetup&, const Outcome& o) { return powered(o, o.series.back().average_site_power); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.average_site_power; }>(o, at);
                }},
    DatedMetric{"nameplate_site_power_w", Dimension::power, "W",
                "nameplate power of what is installed, with the overhead of the sites", kNoPower,
                [](const StrategySetup&, const Outcome& o) { return powered(o, o.series.back().nameplate_site_power); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.nameplate_site_power; }>(o, at);
                }},
    DatedMetric{"peak_site_power_w", Dimension::power, "W",
                "the most nameplate power at once, with the overhead of the sites", kNoPower,
                [](const StrategySetup&, const Outcome& o) { return powered(o, o.final.peak_site_power); }},
    DatedMetric{"accelerators", Dimension::count, "", "accelerators in service", "",
                [](const StrategySetup&, const Outcome& o) { return Value(in_service(o.final.accelerators)); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return in_service(s.accelerators); }>(o, at);
                }},
    DatedMetric{"capacity_flop_per_s", Dimension::compute_rate, "FLOP/s", "peak FLOP/s installed", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.capacity); },
                [](const StrategySetup&, const Outcome& o, core::Time at) {
                  return at_date<[](const Sample& s) { return s.capacity; }>(o, at);
                }},
    DatedMetric{"idle_usd_years", Dimension::number, "USD yr", "released money that waited to be spent", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.idle_usd_years); }},
    DatedMetric{"idle_accelerator_years", Dimension::number, "accelerator-years",
                "delivered accelerators that waited to enter service", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.idle_accelerator_years); }},
    DatedMetric{"failures", Dimension::number, "", "failures of accelerators", "",
                [](const StrategySetup&, const Outcome& o) { return Value(o.final.failures); }},
    DatedMetric{"goodput", Dimension::number, "", "useful share of the job's time",
                "operations.job is left out, or nothing works",
                [](const StrategySetup&, const Outcome& o) { return o.final.goodput; }},
};

}  // namespace

std::span<const DatedMetric> dated_metrics() { return kDatedMetrics; }

const DatedMetric* find_dated_metric(std::string_view name) {
  for (const std::span<const DatedMetric> all : {dated_metrics(), further_metrics()}) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [name](const DatedMetric& each) { return each.name == name; });
    if (found != all.end()) return &*found;
  }
  return nullptr;
}

}  // namespace fleetrace::fleet
