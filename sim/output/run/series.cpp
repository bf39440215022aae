#include "sim/output/run/series.hpp"

#include "fleetrace/core/quantity.hpp"

namespace fleetrace::output {
namespace {

using core::format_real;
using fleet::Sample;
using fleet::State;

template <State state>
std::string count(const Sample& sample) {
  return std::to_string(sample.accelerators[static_cast<std::size_t>(state)]);
}

constexpr SeriesColumn kColumns[] = {
    {"time", [](const Sample& s) { return core::to_iso8601(s.time); }, false},
    {"relative_loss", [](const Sample& s) { return format_real(s.relative_loss); }},
    {"effective_compute_flop", [](const Sample& s) { return format_real(s.effective_flop); }},
    {"physical_compute_flop", [](const Sample& s) { return format_real(s.physical_flop); }},
    {"accelerators", count<State::in_service>},
    {"accelerators_ordered", count<State::ordered>},
    {"accelerators_in_transit", count<State::in_transit>},
    {"accelerators_waiting_for_power", count<State::waiting_for_power>},
    {"accelerators_standby", count<State::standby>},
    {"accelerators_serving", count<State::serving>},
    {"accelerators_in_repair", count<State::in_repair>},
    {"accelerators_retired", count<State::retired>},
    {"capacity_flop_per_s", [](const Sample& s) { return format_real(s.capacity); }},
    {"h100_equivalents_bf16", [](const Sample& s) { return format_real(s.h100e_bf16); }},
    {"h100_equivalents_8bit", [](const Sample& s) { return format_real(s.h100e_8bit); }},
    {"average_site_power_w", [](const Sample& s) { return format_real(s.average_site_power); }, true, true},
    {"nameplate_site_power_w", [](const Sample& s) { return format_real(s.nameplate_site_power); }, true, true},
    {"energy_kwh", [](const Sample& s) { return format_real(s.energy_kwh); }, true, true},
    {"capex_usd", [](const Sample& s) { return core::to_string(s.capex); }},
    {"facility_usd", [](const Sample& s) { return core::to_string(s.facility); }},
    {"energy_cost_usd", [](const Sample& s) { return core::to_string(s.energy_cost); }},
    {"research_usd", [](const Sample& s) { return core::to_string(s.research); }},
    {"rent_usd", [](const Sample& s) { return core::to_string(s.rent); }},
    {"resale_usd", [](const Sample& s) { return core::to_string(s.resale); }},
    {"revenue_usd", [](const Sample& s) { return core::to_string(s.revenue); }},
    {"opex_usd", [](const Sample& s) { return core::to_string(s.opex()); }},
    {"spend_usd", [](const Sample& s) { return core::to_string(s.spend()); }},
    {"serving_load_flop_per_s", [](const Sample& s) { return format_real(s.serving_load); }},
    {"serving_carried_flop_per_s", [](const Sample& s) { return format_real(s.serving_carried); }},
    {"unmet_demand_flop", [](const Sample& s) { return format_real(s.unmet_flop); }},
};

}  // namespace

std::span<const SeriesColumn> series_columns() { return kColumns; }

}  // namespace fleetrace::output
