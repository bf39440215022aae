#include <algorithm>
#include <array>
#include <limits>

#include "sim/fleet/results/result_number.hpp"

namespace fleetrace::fleet {
namespace {

using core::Dimension;
using Value = std::optional<double>;

/// The item of that name, or null.
template <class Items, class Name>
auto find(const Items& items, std::string_view name, Name name_of) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return name_of(each) == name; });
  return found == items.end() ? nullptr : &*found;
}

double years_of(const StrategySetup& setup, const std::optional<core::Time>& at) {
  return at ? setup.horizon.years_at(*at) : std::numeric_limits<double>::infinity();
}

template <auto Read>
Value of_site(const StrategySetup&, const Outcome& outcome, std::string_view item) {
  const SiteResult* site = find(outcome.sites, item, [](const SiteResult& each) { return each.name; });
  return site == nullptr ? Value() : Value(Read(*site));
}

/// What is known of a site's power; only where power is modelled.
template <auto Read>
Value of_powered_site(const StrategySetup& setup, const Outcome& outcome, std::string_view item) {
  return outcome.final.has_power ? of_site<Read>(setup, outcome, item) : Value();
}

Value reached(const StrategySetup& setup, const Outcome& outcome, std::string_view item) {
  const Target* target = find(outcome.targets, item,
                              [](const Target& each) { return core::format_real(each.relative_loss); });
  return target == nullptr ? Value() : years_of(setup, target->reached);
}

template <auto Read>
Value of_law(const StrategySetup&, const Outcome& outcome, std::string_view item) {
  const LawResult* law = find(outcome.comparison_laws, item, [](const LawResult& each) { return each.law; });
  return law == nullptr ? Value() : Value(Read(*law));
}

template <auto Read>
Value of_capability(const StrategySetup& setup, const Outcome& outcome, std::string_view item) {
  const CapabilityScore* score = find(outcome.capabilities, item,
                                      [](const CapabilityScore& each) { return each.name; });
  return score == nullptr ? Value() : Value(Read(setup, *score));
}

/// Sums over all that was bought or rented of a type.
template <auto Read>
Value of_bought(const StrategySetup&, const Outcome& outcome, std::string_view item) {
  double sum = 0;
  for (const Acquisition& each : outcome.bought) {
    if (each.accelerator == item) sum += static_cast<double>(Read(each));
  }
  return sum;
}

/// Sums over all cohorts of a type, the initial ones included.
template <auto Read>
Value of_cohorts(const StrategySetup& setup, const Outcome& outcome, std::string_view item) {
  double sum = 0;
  for (const Cohort& each : outcome.cohorts) {
    if (!each.is_capacity() && setup.plant.market.types[each.type].name == item) sum += static_cast<double>(Read(each));
  }
  return sum;
}

template <State state>
Value count_of(const StrategySetup& setup, const Outcome& outcome, std::string_view item) {
  return of_cohorts<[](const Cohort& each) { return each.count(state); }>(setup, outcome, item);
}

Value obstacle(const StrategySetup&, const Outcome& outcome, std::string_view item) {
  for (const Constraint each : kPurchaseConstraints) {
    if (info(each).name == item) return static_cast<double>(outcome.constraint_counts[static_cast<std::size_t>(each)]);
  }
  return std::nullopt;
}

constexpr std::string_view kNoPower = "nothing in the scenario says what power it draws";
constexpr std::string_view kNoScale = "the law has no absolute scale";

constexpr std::array kItems{
    ItemMetric{"sites", "it_power_w", Dimension::power, "W", "its power has no limit",
               of_site<[](const SiteResult& s) { return s.it_power; }>},
    ItemMetric{"sites", "peak_it_power_w", Dimension::power, "W", kNoPower,
               of_powered_site<[](const SiteResult& s) { return s.peak_it_power; }>},
    ItemMetric{"sites", "accelerators", Dimension::count, "", "",
               of_site<[](const SiteResult& s) { return static_cast<double>(s.accelerators); }>},
    ItemMetric{"sites", "energy_kwh", Dimension::energy, "kWh", kNoPower,
               of_powered_site<[](const SiteResult& s) { return s.energy_kwh; }>},
    ItemMetric{"sites", "energy_cost_usd", Dimension::money, "USD", "",
               of_site<[](const SiteResult& s) { return s.energy_usd; }>},
    ItemMetric{"sites", "take_or_pay_usd", Dimension::money, "USD", "",
               of_site<[](const SiteResult& s) { return s.take_or_pay_usd; }>},
    ItemMetric{"sites", "demand_charge_usd", Dimension::money, "USD", "",
               of_site<[](const SiteResult& s) { return s.demand_charge_usd; }>},
    ItemMetric{"sites", "facility_usd", Dimension::money, "USD", "",
               of_site<[](const SiteResult& s) { return s.facility.usd(); }>},
    ItemMetric{"sites", "apart_compute_flop", Dimension::compute, "FLOP", "sites do not train as one over links",
               of_site<[](const SiteResult& s) { return s.unjoined_flop; }>},
    ItemMetric{"targets", "reached", Dimension::duration, "yr", "", reached},
    ItemMetric{"beside", "relative_loss", Dimension::number, "", "",
               of_law<[](const LawResult& l) { return l.relative; }>},
    ItemMetric{"beside", "absolute_loss", Dimension::number, "nats/token", kNoScale,
               of_law<[](const LawResult& l) { return l.absolute; }>},
    ItemMetric{"beside", "reducible_loss", Dimension::number, "", "the law has neither floor nor scale",
               of_law<[](const LawResult& l) { return l.reducible; }>},
    ItemMetric{"beside", "compute_equivalent_ratio", Dimension::number, "", "it leaves the range of numbers",
               of_law<[](const LawResult& l) { return l.equivalent; }>},
    ItemMetric{"capabilities", "score", Dimension::number, "", "",
               of_capability<[](const StrategySetup&, const CapabilityScore& c) { return c.score; }>},
    ItemMetric{"capabilities", "target", Dimension::number, "", "it states none",
               of_capability<[](const StrategySetup&, const CapabilityScore& c) { return c.target; }>},
    ItemMetric{"capabilities", "reached", Dimension::duration, "yr", "",
               of_capability<[](const StrategySetup& s, const CapabilityScore& c) { return years_of(s, c.reached); }>},
    ItemMetric{"obstacles", "reviews", Dimension::count, "", "", obstacle},
    ItemMetric{"bought", "count", Dimension::count, "", "", of_bought<[](const Acquisition& a) { return a.count; }>},
    ItemMetric{"bought", "undelivered", Dimension::count, "", "",
               of_bought<[](const Acquisition& a) { return a.undelivered; }>},
    ItemMetric{"bought", "capacity_flop_per_s", Dimension::compute_rate, "FLOP/s", "",
               of_bought<[](const Acquisition& a) { return a.capacity; }>},
    ItemMetric{"bought", "cost_usd", Dimension::money, "USD", "",
               of_bought<[](const Acquisition& a) { return a.cost_usd; }>},
    ItemMetric{"cohorts", "size", Dimension::count, "", "", of_cohorts<[](const Cohort& c) { return c.size; }>},
    ItemMetric{"cohorts", "in_service", Dimension::count, "", "", count_of<State::in_service>},
    ItemMetric{"cohorts", "standby", Dimension::count, "", "", count_of<State::standby>},
    ItemMetric{"cohorts", "serving", Dimension::count, "", "", count_of<State::serving>},
    ItemMetric{"cohorts", "in_repair", Dimension::count, "", "", count_of<State::in_repair>},
    ItemMetric{"cohorts", "retired", Dimension::count, "", "", count_of<State::retired>},
    ItemMetric{"cohorts", "capacity_flop_per_s", Dimension::compute_rate, "FLOP/s", "",
               of_cohorts<[](const Cohort& c) { return c.peak * static_cast<double>(c.size); }>},
    ItemMetric{"cohorts", "cost_usd", Dimension::money, "USD", "",
               of_cohorts<[](const Cohort& c) { return c.cost_usd * static_cast<double>(c.size); }>},
};

constexpr std::array<std::string_view, 7> kGroups{"sites",     "targets", "beside", "capabilities",
                                                  "obstacles", "bought",  "cohorts"};

template <class Items, class Name>
std::vector<std::string> names_of(const Items& items, Name name_of) {
  std::vector<std::string> names;
  names.reserve(items.size());
  for (const auto& each : items) names.push_back(std::string(name_of(each)));
  return names;
}

}  // namespace

std::span<const ItemMetric> item_metrics() { return kItems; }
std::span<const std::string_view> item_groups() { return kGroups; }

std::vector<std::string> items_of(const StrategySetup& setup, std::string_view group) {
  const auto name = [](const auto& each) { return each.name; };
  if (group == "sites") return names_of(setup.plant.sites, name);
  if (group == "targets") return names_of(setup.loss.targets, [](double each) { return core::format_real(each); });
  if (group == "beside") return names_of(setup.loss.comparison_laws, name);
  if (group == "capabilities") return names_of(setup.loss.capabilities, name);
  if (group == "obstacles") return names_of(kPurchaseConstraints, [](Constraint each) { return info(each).name; });
  return names_of(setup.plant.market.types, name);
}

}  // namespace fleetrace::fleet
