#include "sim/scenario/resolve/resolve_sites.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/schema/read_log.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/scenario/resolve/resolve_grid.hpp"
#include "sim/scenario/resolve/resolve_power_tree.hpp"
#include "sim/scenario/schema/site_entry.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

constexpr double kUnlimited = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostChanges = 10'000;  ///< of one site; each is an event

/// Resolves one site of the scenario.
class SiteResolver {
 public:
  SiteResolver(const Spec& spec, const PlantRequest& request, Diagnostics& diagnostics)
      : spec_(spec), request_(request), path_(request.prefix + "sites." + spec.name), diagnostics_(diagnostics) {}

  fleet::Site resolve() {
    site_.name = spec_.name;
    site_.pue = spec_.number("pue");
    site_.redundancy = spec_.number("redundancy");
    site_.electricity = spec_.number("electricity");
    site_.cost_per_watt = spec_.number("facility_cost");
    if (spec_.has("facility_life")) {
      const core::Duration life = spec_.duration("facility_life");
      site_.facility_life = life == core::Duration::unlimited() ? std::numeric_limits<double>::infinity()
                                                                : life.years();
    }
    {
      // Whether they matter shows when the rest is known.
      const core::ReadLog::Pause pause;
      site_.fixed_overhead = spec_.number("fixed_overhead");
      if (spec_.has("accelerators_per_rack")) site_.accelerators_per_rack = spec_.number("accelerators_per_rack");
    }
    site_.carbon = models::resolve_carbon(*spec_.section("carbon"));
    site_.water = spec_.number("water");
    site_.base.distribution = delivered_power(spec_, path_, diagnostics_);
    if (spec_.sections("grid").size() + spec_.sections("projects").size() + spec_.sections("tariffs").size() +
            spec_.sections("contracts").size() >
        kMostChanges) {
      refuse(spec_, "", "it changes more than 10 000 times", "each change is an event", "Leave some out.");
      return site_;
    }
    resolve_base();
    resolve_grid(spec_, request_, path_, site_, diagnostics_);
    for (const Spec& project : spec_.sections("projects")) add_project(project);
    std::stable_sort(site_.additions.begin(), site_.additions.end(),
                     [](const fleet::SiteAddition& a, const fleet::SiteAddition& b) { return a.opens < b.opens; });
    resolve_tariffs();
    resolve_contracts();
    check_limits();
    return site_;
  }

 private:
  void refuse(const Spec& spec, const std::string& key, std::string problem, std::string reason,
              std::string suggestion) {
    const bool has_place = !key.empty() && key.find('.') == std::string::npos && spec.entry->find(key) != nullptr;
    diagnostics_.add({has_place ? spec.value(key).where : spec.where, path_ + (key.empty() ? "" : "." + key),
                      std::move(problem), std::move(reason), std::move(suggestion)});
  }

  /// What a project or a phase brings is nothing before it, unless the site says how much there is.
  void resolve_base() {
    const std::vector<Spec>& projects = spec_.sections("projects");
    const auto brings = [&](std::string_view key) {
      return std::any_of(projects.begin(), projects.end(), [key](const Spec& each) { return each.number(key) > 0; });
    };
    // A resolved scenario writes out what is unlimited by default, so that the word says no more than leaving it out.
    const auto before = [&](std::string_view key, bool is_brought) {
      const double stated = spec_.number(key);
      return is_brought && std::isinf(stated) ? 0 : stated;
    };
    site_.base.power = before("power", brings("power") || !spec_.sections("grid").empty());
    site_.base.cooling = before("cooling", brings("cooling"));
    site_.base.racks = before("racks", brings("racks"));
  }

  void add(fleet::SiteAddition& addition) {
    addition.part = static_cast<std::uint32_t>(site_.additions.size());
    site_.additions.push_back(addition);
  }

  void add_project(const Spec& spec) {
    const std::string path = path_ + ".projects." + spec.name;
    std::optional<fleet::Project> project = resolve_project(spec, path, request_.horizon, diagnostics_);
    fleet::SiteAddition addition;
    addition.adds = {spec.number("power"), 0, spec.number("cooling"), spec.number("racks")};
    if (addition.adds.power + addition.adds.cooling + addition.adds.racks == 0) {
      diagnostics_.add({spec.where, path, "it builds nothing", "it adds neither power nor cooling nor racks",
                        "State what it adds, such as power: 50 MW."});
    }
    if (!project) return;
    addition.opens = project->opens;
    addition.announced = spec.has("announced") ? spec.instant("announced", request_.horizon.start)
                                               : core::Time::earliest();
    addition.cost_per_watt = spec.has("facility_cost") ? spec.number("facility_cost") : site_.cost_per_watt;
    add(addition);
    site_.projects.push_back(*std::move(project));
  }

  void resolve_tariffs() {
    core::Time last = core::Time::earliest();
    const std::vector<Spec>& tariffs = spec_.sections("tariffs");
    for (std::size_t i = 0; i < tariffs.size(); ++i) {
      const Spec& spec = tariffs[i];
      const std::string path = path_ + ".tariffs." + std::to_string(i);
      fleet::SiteTariff tariff;
      tariff.from = spec.instant("from", request_.horizon.start);
      if (spec.has("electricity")) tariff.electricity = spec.number("electricity");
      if (spec.has("intensity")) tariff.intensity = spec.number("intensity");
      if (tariff.from <= last) {
        diagnostics_.add({spec.value("from").where, path + ".from", "tariffs are out of order",
                          core::to_date(tariff.from) + " is not after " + core::to_date(last) + ", the tariff before",
                          "Write tariffs by date."});
      }
      if (!tariff.electricity && !tariff.intensity) {
        diagnostics_.add({spec.where, path, "it changes nothing", "it states neither electricity nor intensity",
                          "State one, such as electricity: 0.09 USD/kWh."});
      }
      site_.tariffs.push_back(tariff);
      last = std::max(last, tariff.from);
    }
  }

  void resolve_contracts() {
    core::Time last = core::Time::earliest();
    const std::vector<Spec>& contracts = spec_.sections("contracts");
    for (std::size_t i = 0; i < contracts.size(); ++i) {
      const Spec& spec = contracts[i];
      const std::string path = path_ + ".contracts." + std::to_string(i);
      fleet::PowerContract contract;
      const fleet::Horizon& horizon = request_.horizon;
      contract.from = spec.has("from") ? spec.instant("from", horizon.start) : horizon.start;
      contract.until = spec.has("until") ? spec.instant("until", horizon.start) : horizon.end;
      contract.take_or_pay = spec.number("take_or_pay");
      if (contract.take_or_pay > 0 && spec.has("price")) contract.price = spec.number("price");
      contract.demand_charge = spec.number("demand_charge");
      const auto add = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
        diagnostics_.add({spec.has(key) ? spec.value(key).where : spec.where, path + '.' + key, std::move(problem),
                          std::move(reason), std::move(suggestion)});
      };
      if (contract.until <= contract.from) {
        add("until", "the contract ends before it begins", "it begins on " + core::to_date(contract.from),
            "Correct one of the dates.");
      }
      if (contract.from < last) {
        add("from", "it overlaps the contract before it", "that one ends on " + core::to_date(last),
            "Write contracts by date, each from the end of the one before.");
      }
      if (contract.take_or_pay == 0 && contract.demand_charge == 0) {
        diagnostics_.add({spec.where, path, "it changes nothing", "it states neither take_or_pay nor demand_charge",
                          "State one, such as take_or_pay: 40 MW."});
      }
      site_.contracts.push_back(contract);
      last = std::max(last, contract.until);
    }
  }

  void check_limits() {
    if (std::isfinite(site_.base.racks) && site_.accelerators_per_rack == 0) {
      refuse(spec_, "accelerators_per_rack", "it is missing", "racks limit accelerators by how many one holds",
             "State it, such as accelerators_per_rack: 72.");
    }
    // The most that there ever is: it may shrink until the end.
    fleet::SiteCapacity last = site_.capacity_at(request_.horizon.end);
    for (const fleet::SiteAddition& each : site_.additions) {
      const fleet::SiteCapacity then = site_.capacity_at(std::max(request_.horizon.start, each.opens));
      if (then.it_power_milliwatt > last.it_power_milliwatt) last = then;
    }
    if (last.limits_space()) (void)spec_.value("accelerators_per_rack");
    if (site_.pue > 1) (void)spec_.value("fixed_overhead");
    if (!last.limits_power() && site_.fixed_overhead > 0) {
      refuse(spec_, "fixed_overhead", "there is no full load to take a share of", "the power of the site is unlimited",
             "State its power, such as power: 100 MW.");
    }
    if (!last.limits_power() && site_.cost_per_watt > 0) {
      refuse(spec_, "facility_cost", "there is no end of watts to pay for", "the power of the site is unlimited",
             "State its power, such as power: 100 MW.");
    } else if (!(static_cast<double>(last.it_power_milliwatt) / 1e3 * dearest_watt() < kMostUsd)) {
      refuse(spec_, "facility_cost", "the site would cost more than 9 trillion USD",
             "money is counted exactly up to that", "Lower the cost or the power.");
    }
  }

  [[nodiscard]] double dearest_watt() const {
    double most = site_.cost_per_watt;
    for (const fleet::SiteAddition& each : site_.additions) most = std::max(most, each.cost_per_watt);
    return most;
  }

  const Spec& spec_;
  const PlantRequest& request_;
  std::string path_;
  Diagnostics& diagnostics_;
  fleet::Site site_;
};

/// Where a scenario has no sites: all that is stated of it are the defaults.
fleet::Site unlimited() {
  static const Spec kDefaults = core::preset_spec(*site_family().entries.front());
  const core::ReadLog::Pause pause;
  fleet::Site site;
  site.base = {kUnlimited, kUnlimited, kUnlimited, kUnlimited};
  site.carbon = models::resolve_carbon(*kDefaults.section("carbon"));
  site.water = kDefaults.number("water");
  return site;
}

}  // namespace

void resolve_sites(const Spec& root, const PlantRequest& request, std::vector<fleet::Site>& sites,
                   Diagnostics& diagnostics) {
  static constexpr std::size_t kMostSites = 1000;
  const std::vector<Spec>& specs = root.sections("sites");
  if (specs.size() > kMostSites) {
    diagnostics.add({root.value("sites").where, request.prefix + "sites", "there are more than a thousand sites",
                     "each is looked at whenever something is installed", "Join some of them."});
  }
  if (specs.empty() || specs.size() > kMostSites) {
    sites.assign(1, unlimited());
    return;
  }
  sites.resize(specs.size());
  for (std::size_t i = 0; i < specs.size(); ++i) {
    // What outages come to has been worked out for another draw, and may be the same.
    std::shared_ptr<const fleet::PowerOutages> outages = std::move(sites[i].outages);
    sites[i] = SiteResolver(specs[i], request, diagnostics).resolve();
    sites[i].outages = std::move(outages);
  }
}

}  // namespace fleetrace::scenario
