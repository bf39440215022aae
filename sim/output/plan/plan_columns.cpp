#include "sim/output/plan/plan_columns.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "fleetrace/core/quantity.hpp"

namespace fleetrace::output {
namespace {

using Accelerators = PlanColumn<AcceleratorPlan>;
using Sites = PlanColumn<SitePlan>;
using Periods = PlanColumn<PlanPeriod>;

PlanValue finite(double value) { return std::isfinite(value) ? PlanValue(value) : PlanValue(); }
PlanValue megawatts(double watts) { return finite(watts / 1e6); }
PlanValue money(const std::optional<core::Money>& amount) { return amount ? PlanValue(*amount) : PlanValue(); }

// Members of a period are those of all its accelerators and of all its sites.
template <auto Member>
PlanValue of_type(const AcceleratorPlan& plan) {
  return plan.*Member;
}
template <auto Member>
PlanValue of_all(const PlanPeriod& period) {
  return period.accelerators.*Member;
}

PlanValue nameplate(const SitePlan& site) { return megawatts(site.nameplate_power); }
PlanValue draw(const SitePlan& site) { return megawatts(site.average_draw); }
PlanValue limit(const SitePlan& site) { return megawatts(site.power_limit); }
PlanValue headroom(const SitePlan& site) { return megawatts(site.headroom()); }
PlanValue energy_kwh(const SitePlan& site) { return finite(site.energy_joule / 3.6e6); }
PlanValue energy_j(const SitePlan& site) { return finite(site.energy_joule); }

template <auto Value>
PlanValue of_sites(const PlanPeriod& period) {
  return Value(period.power);
}
template <auto Member>
PlanValue of_money(const PlanPeriod& period) {
  return money(period.money.*Member);
}

constexpr Accelerators kAccelerators[] = {
    {"ordered", of_type<&AcceleratorPlan::ordered>},       {"delivered", of_type<&AcceleratorPlan::delivered>},
    {"installed", of_type<&AcceleratorPlan::installed>},   {"retired", of_type<&AcceleratorPlan::retired>},
    {"on_order", of_type<&AcceleratorPlan::on_order>},     {"waiting", of_type<&AcceleratorPlan::waiting>},
    {"in_service", of_type<&AcceleratorPlan::in_service>}, {"standby", of_type<&AcceleratorPlan::standby>},
    {"serving", of_type<&AcceleratorPlan::serving>},       {"in_repair", of_type<&AcceleratorPlan::in_repair>},
    {"rented", of_type<&AcceleratorPlan::rented>},
};

constexpr Sites kSites[] = {
    {"it_nameplate_mw", nameplate, PlanKind::real, true}, {"average_site_draw_mw", draw, PlanKind::real, true},
    {"it_limit_mw", limit, PlanKind::real, true},         {"it_headroom_mw", headroom, PlanKind::real, true},
    {"energy_kwh", energy_kwh, PlanKind::real, true},     {"energy_j", energy_j, PlanKind::whole, true},
};

constexpr Periods kPeriods[] = {
    {"ordered", of_all<&AcceleratorPlan::ordered>},
    {"delivered", of_all<&AcceleratorPlan::delivered>},
    {"installed", of_all<&AcceleratorPlan::installed>},
    {"retired", of_all<&AcceleratorPlan::retired>},
    {"on_order", of_all<&AcceleratorPlan::on_order>},
    {"waiting", of_all<&AcceleratorPlan::waiting>},
    {"in_service", of_all<&AcceleratorPlan::in_service>},
    {"standby", of_all<&AcceleratorPlan::standby>},
    {"serving", of_all<&AcceleratorPlan::serving>},
    {"in_repair", of_all<&AcceleratorPlan::in_repair>},
    {"rented", of_all<&AcceleratorPlan::rented>},
    {"capacity_flop_per_s", [](const PlanPeriod& period) { return finite(period.capacity); }, PlanKind::real},
    {"it_nameplate_mw", of_sites<nameplate>, PlanKind::real, true},
    {"average_site_draw_mw", of_sites<draw>, PlanKind::real, true},
    {"it_limit_mw", of_sites<limit>, PlanKind::real, true},
    {"it_headroom_mw", of_sites<headroom>, PlanKind::real, true},
    {"energy_kwh", of_sites<energy_kwh>, PlanKind::real, true},
    {"energy_j", of_sites<energy_j>, PlanKind::whole, true},
    {"capex_usd", of_money<&MoneyPlan::capex>, PlanKind::money},
    {"facility_usd", of_money<&MoneyPlan::facility>, PlanKind::money},
    {"energy_cost_usd", of_money<&MoneyPlan::energy>, PlanKind::money},
    {"research_usd", of_money<&MoneyPlan::research>, PlanKind::money},
    {"rent_usd", of_money<&MoneyPlan::rent>, PlanKind::money},
    {"spend_usd", [](const PlanPeriod& period) { return money(period.money.spend()); }, PlanKind::money},
    {"resale_usd", of_money<&MoneyPlan::resale>, PlanKind::money},
    {"revenue_usd", of_money<&MoneyPlan::revenue>, PlanKind::money},
    {"interest_usd", of_money<&MoneyPlan::interest>, PlanKind::money},
    {"budget_left_usd", of_money<&MoneyPlan::budget_left>, PlanKind::money},
    {"depreciation_usd", of_money<&MoneyPlan::depreciation>, PlanKind::money},
    {"book_value_usd", of_money<&MoneyPlan::book_value>, PlanKind::money},
};

}  // namespace

std::string plan_text(const PlanValue& value, PlanKind kind) {
  if (std::holds_alternative<std::monostate>(value)) return {};
  if (const auto* count = std::get_if<std::int64_t>(&value)) return std::to_string(*count);
  if (const auto* amount = std::get_if<core::Money>(&value)) return core::to_string(*amount);
  const double real = std::get<double>(value);
  return kind == PlanKind::whole ? fmt::format("{:.0f}", real) : core::format_real(real);
}

PlanValue difference(const PlanValue& a, const PlanValue& b) {
  if (std::holds_alternative<std::monostate>(a) || std::holds_alternative<std::monostate>(b)) return {};
  if (const auto* count = std::get_if<std::int64_t>(&a)) return std::get<std::int64_t>(b) - *count;
  if (const auto* amount = std::get_if<core::Money>(&a)) return std::get<core::Money>(b) - *amount;
  return std::get<double>(b) - std::get<double>(a);
}

double number_of(const PlanValue& value) {
  if (const auto* count = std::get_if<std::int64_t>(&value)) return static_cast<double>(*count);
  if (const auto* amount = std::get_if<core::Money>(&value)) return amount->usd();
  const auto* real = std::get_if<double>(&value);
  return real == nullptr ? std::nan("") : *real;
}

std::string column_with(std::string_view name, std::string_view what) {
  for (const std::string_view unit : {"_usd", "_mw", "_kwh", "_j", "_flop_per_s"}) {
    if (name.size() <= unit.size() || name.substr(name.size() - unit.size()) != unit) continue;
    return std::string(name.substr(0, name.size() - unit.size())) + '_' + std::string(what) + std::string(unit);
  }
  return std::string(name) + '_' + std::string(what);
}

std::span<const PlanColumn<PlanPeriod>> plan_columns() { return kPeriods; }
std::span<const PlanColumn<AcceleratorPlan>> plan_accelerator_columns() { return kAccelerators; }
std::span<const PlanColumn<SitePlan>> plan_site_columns() { return kSites; }

}  // namespace fleetrace::output
