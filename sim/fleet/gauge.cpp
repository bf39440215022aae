#include "fleetrace/fleet/gauge.hpp"

#include <algorithm>
#include <array>

#include "fleetrace/fleet/loss_curve.hpp"
#include "fleetrace/fleet/measures.hpp"

namespace fleetrace::fleet {
namespace {

using core::Dimension;
using Value = std::optional<double>;

/// Linear between two samples.
template <class Read>
double between_samples(const Outcome& outcome, core::Time at, Read read) {
  const auto later = std::find_if(outcome.series.begin(), outcome.series.end(),
                                  [at](const Sample& sample) { return sample.time >= at; });
  if (later == outcome.series.end()) return read(outcome.series.back());
  if (later->time == at || later == outcome.series.begin()) return read(*later);
  const Sample& earlier = *(later - 1);
  const double share = (at - earlier.time).years() / (later->time - earlier.time).years();
  return read(earlier) + share * (read(*later) - read(earlier));
}

const Sample& last_sample(const Outcome& outcome, core::Time at) {
  const auto later = std::find_if(outcome.series.begin(), outcome.series.end(),
                                  [at](const Sample& sample) { return sample.time > at; });
  return later == outcome.series.begin() ? *later : *(later - 1);
}

double in_service(const std::array<std::int64_t, kStates>& counts) {
  return static_cast<double>(counts[static_cast<std::size_t>(State::in_service)]);
}

double loss_at(const Case& plan, const Outcome& outcome, core::Time at) {
  return LossCurve(outcome.trajectory, plan.loss).loss_at(at);
}

constexpr std::string_view kNoScale = "the loss law has no absolute scale";

constexpr std::array kGauges{
    Gauge{"relative_loss", Dimension::number, "", "relative loss", "",
          [](const Case&, const Outcome& o) { return Value(o.final.relative_loss); },
          [](const Case& c, const Outcome& o, core::Time at) { return Value(loss_at(c, o, at)); }},
    Gauge{"mean_relative_loss", Dimension::number, "", "relative loss, averaged over the horizon", "",
          [](const Case&, const Outcome& o) { return Value(o.final.mean_relative_loss); }},
    Gauge{"absolute_loss", Dimension::number, "nats/token", "absolute loss", kNoScale,
          [](const Case&, const Outcome& o) { return o.final.absolute_loss; },
          [](const Case& c, const Outcome& o, core::Time at) {
            const double scale = c.loss.law.reference_loss;
            return scale > 0 ? Value(scale * loss_at(c, o, at)) : Value();
          }},
    Gauge{"effective_compute_flop", Dimension::compute, "FLOP", "effective compute since the start", "",
          [](const Case&, const Outcome& o) { return Value(o.final.effective_flop); },
          [](const Case&, const Outcome& o, core::Time at) { return Value(o.trajectory.effective_at(at)); }},
    Gauge{"physical_compute_flop", Dimension::compute, "FLOP", "useful FLOP since the start", "",
          [](const Case&, const Outcome& o) { return Value(o.final.physical_flop); },
          [](const Case&, const Outcome& o, core::Time at) {
            return Value(between_samples(o, at, [](const Sample& s) { return s.physical_flop; }));
          }},
    Gauge{"spend_usd", Dimension::money, "USD", "all spending", "",
          [](const Case&, const Outcome& o) { return Value(o.final.spend().usd()); },
          [](const Case& c, const Outcome& o, core::Time at) { return Value(spend_until(o, c, at)); }},
    Gauge{"capex_usd", Dimension::money, "USD", "hardware", "",
          [](const Case&, const Outcome& o) { return Value(o.final.capex.usd()); },
          [](const Case& c, const Outcome& o, core::Time at) { return Value(capex_until(o, c, at)); }},
    Gauge{"facility_usd", Dimension::money, "USD", "sites", "",
          [](const Case&, const Outcome& o) { return Value(o.final.facility.usd()); },
          [](const Case& c, const Outcome&, core::Time at) { return Value(facility_until(c, at)); }},
    Gauge{"opex_usd", Dimension::money, "USD", "energy, research and rent", "",
          [](const Case&, const Outcome& o) { return Value(o.final.opex().usd()); },
          [](const Case& c, const Outcome& o, core::Time at) {
            return Value(spend_until(o, c, at) - capex_until(o, c, at) - facility_until(c, at));
          }},
    Gauge{"unspent_usd", Dimension::money, "USD", "what is left of the budget", "",
          [](const Case&, const Outcome& o) { return Value(o.final.unspent.usd()); }},
    Gauge{"npv_usd", Dimension::money, "USD", "net present value", "",
          [](const Case&, const Outcome& o) { return Value(o.final.finance.npv_usd); }},
    Gauge{"energy_kwh", Dimension::number, "kWh", "energy of the site", "",
          [](const Case&, const Outcome& o) { return Value(o.final.energy_kwh); },
          [](const Case&, const Outcome& o, core::Time at) {
            return Value(between_samples(o, at, [](const Sample& s) { return s.energy_kwh; }));
          }},
    Gauge{"peak_site_power_w", Dimension::power, "W", "the most nameplate power installed times PUE", "",
          [](const Case&, const Outcome& o) { return Value(o.final.peak_site_power); }},
    Gauge{"accelerators", Dimension::count, "", "accelerators in service", "",
          [](const Case&, const Outcome& o) { return Value(in_service(o.final.accelerators)); },
          [](const Case&, const Outcome& o, core::Time at) {
            return Value(in_service(last_sample(o, at).accelerators));
          }},
    Gauge{"capacity_flop_per_s", Dimension::compute_rate, "FLOP/s", "peak FLOP/s installed", "",
          [](const Case&, const Outcome& o) { return Value(o.final.capacity); },
          [](const Case&, const Outcome& o, core::Time at) { return Value(last_sample(o, at).capacity); }},
    Gauge{"idle_usd_years", Dimension::number, "USD yr", "released money that waited to be spent", "",
          [](const Case&, const Outcome& o) { return Value(o.final.idle_usd_years); }},
    Gauge{"idle_accelerator_years", Dimension::number, "accelerator-years",
          "delivered accelerators that waited to enter service", "",
          [](const Case&, const Outcome& o) { return Value(o.final.idle_accelerator_years); }},
    Gauge{"failures", Dimension::number, "", "failures of accelerators", "",
          [](const Case&, const Outcome& o) { return Value(o.final.failures); }},
    Gauge{"goodput", Dimension::number, "", "useful share of the job's time",
          "operations.job is left out, or nothing works",
          [](const Case&, const Outcome& o) { return o.final.goodput; }},
};

}  // namespace

std::span<const Gauge> gauges() { return kGauges; }

const Gauge* find_gauge(std::string_view name) {
  const auto found = std::find_if(kGauges.begin(), kGauges.end(),
                                  [name](const Gauge& each) { return each.name == name; });
  return found == kGauges.end() ? nullptr : &*found;
}

}  // namespace fleetrace::fleet
