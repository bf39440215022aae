#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "fleetrace/core/math.hpp"
#include "fleetrace/core/read_value.hpp"
#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/inputs.hpp"
#include "free_room.hpp"
#include "magnitudes.hpp"
#include "power_tree.hpp"
#include "resolve_accounting.hpp"
#include "resolve_orders.hpp"
#include "resolve_plant.hpp"
#include "resolve_sites.hpp"

namespace fleetrace::fleet {
using core::Diagnostics;
using core::Spec;

/// Resolves the strategies of a scenario against what they share, draw after draw.
class Resolver {
 public:
  /// Resolves in the place of another draw's cases, or of none.
  void resolve(const Scenario& scenario, const Draw& draw, std::vector<Case>& cases, Diagnostics& diagnostics) {
    scenario_ = &scenario;
    diagnostics_ = &diagnostics;
    draw_ = draw;
    const Spec& root = scenario.root;
    horizon_ = resolve_horizon(root, diagnostics);
    check_discounting();
    resolve_plant(root, {horizon_, scenario.catalog.get(), "", draw}, base_, diagnostics);
    resolve_accounting(*root.section("loss"), base_, horizon_, loss_, diagnostics);
    const std::vector<Spec>& specs = root.sections("strategies");
    cases.resize(specs.size());
    std::size_t types = 0;
    for (std::size_t i = 0; i < specs.size(); ++i) {
      resolve_case(specs[i], cases[i]);
      types += cases[i].plant.market.types.size();
      if (!has_room(types, specs[i])) return cases.resize(i);
    }
  }

 private:
  void resolve_case(const Spec& spec, Case& one) {
    const Spec& root = scenario_->root;
    one.draw = draw_;
    one.horizon = horizon_;
    one.loss = loss_;
    one.finance = models::resolve_finance(*root.section("finance"));
    path_.assign("strategies.").append(spec.name);
    if (const Spec* changes = spec.section("with")) {
      const Spec own = merged(root, *changes);
      resolve_changed_plant(own, path_ + ".with.", one.plant);
      resolve_strategy(spec, own, one.plant, one.strategy);
    } else {
      one.plant = base_;
      resolve_strategy(spec, root, one.plant, one.strategy);
    }
    interrupt_by_outages(one.plant, one.strategy.sites);
    if (diagnostics_->empty()) check_magnitudes(one, spec.where, path_, *diagnostics_);
  }

  void check_discounting() {
    const Spec& finance = *scenario_->root.section("finance");
    const double factor = core::pow(1 + finance.number("discount_rate"), -horizon_.years_at(horizon_.end));
    if (factor < 1e200) return;
    diagnostics_->add({finance.value("discount_rate").where, "finance.discount_rate",
                       "later spending would count more than 1e200-fold", "it would leave the range of numbers",
                       "Raise it or shorten the horizon."});
  }

  /// Every strategy keeps its own list of accelerators.
  bool has_room(std::size_t types, const Spec& last) {
    static constexpr std::size_t kMostTypes = 1'000'000;
    if (types <= kMostTypes) return true;
    diagnostics_->add({last.where, "strategies." + last.name,
                       "the strategies so far have more than a million accelerators on sale",
                       "each generation counts once a strategy", "Lengthen the cadence, or race fewer strategies."});
    return false;
  }

  /// The plant of a strategy with changes. What is wrong with the scenario already has been said.
  void resolve_changed_plant(const Spec& root, const std::string& prefix, Plant& plant) {
    Diagnostics own;
    resolve_plant(root, {horizon_, scenario_->catalog.get(), prefix, draw_}, plant, own);
    for (const core::Diagnostic& each : own.found()) {
      const auto& known = diagnostics_->found();
      const bool is_known = std::any_of(known.begin(), known.end(), [&](const core::Diagnostic& other) {
        return prefix + other.path == each.path && other.problem == each.problem;
      });
      if (!is_known) diagnostics_->add(each);
    }
  }

  /// Whether something was found in a top-level section, whether all have it or the strategy at hand has changed it.
  [[nodiscard]] bool found_in(const char* section) const {
    return !diagnostics_->empty() &&
           (found_below(*diagnostics_, section) || found_below(*diagnostics_, path_ + ".with." + section));
  }

  /// `root` is the scenario as this strategy changes it.
  void resolve_strategy(const Spec& spec, const Spec& root, const Plant& plant, Strategy& strategy) {
    // All but the memory of the draw before is forgotten.
    Strategy fresh;
    fresh.name = std::move(strategy.name);
    fresh.buys = std::move(strategy.buys);
    fresh.sites = std::move(strategy.sites);
    strategy = std::move(fresh);
    strategy.name = spec.name;
    strategy.buys = spec.entry->name;
    const std::size_t before = diagnostics_->size();
    ask(root, plant);
    strategy.plan = models::resolve_purchase(spec, purchase_, *diagnostics_);
    const bool plan_is_fine = diagnostics_->size() == before;
    strategy.budget_covers_energy = spec.text("budget_covers") == "all";
    resolve_rented(spec, plant, strategy);
    strategy.power_limits_orders = spec.text("power_limits") == "orders";
    resolve_used_sites(spec, path_, plant, strategy.sites, *diagnostics_);
    if (strategy.plan.review != nullptr && root.section("hardware") == nullptr) {
      diagnostics_->add({spec.where, path_, "there is nothing to buy", "the scenario has no hardware section",
                         "Add one, such as hardware: {model: trend}."});
      return;
    }
    if (!found_in("hardware")) {
      resolve_choice(spec, plant, strategy);
      if (plan_is_fine) resolve_orders(spec, path_, plant, strategy, *diagnostics_);
    }
    if (plant.supply.cancellation_fee && strategy.budget_covers_energy) {
      diagnostics_->add({spec.value("budget_covers").where, path_ + ".budget_covers",
                         "supply.cancel leaves what was reserved for energy without hardware",
                         "energy is reserved at purchase", "Pay energy beside the budget (budget_covers: hardware)."});
    }
    if (plan_is_fine && !found_in("progress")) resolve_budget(spec, plant, strategy);
  }

  void resolve_rented(const Spec& spec, const Plant& plant, Strategy& strategy) {
    strategy.rented = spec.number("rented");
    if (strategy.rented == 0 || plant.rental || found_in("rental")) return;
    diagnostics_->add({spec.value("rented").where, path_ + ".rented", "there is nothing to rent",
                       "the scenario has no rental section", "Add one, such as rental: {term: 3 months}."});
    strategy.rented = 0;
  }

  /// What the strategy is told of its market.
  void ask(const Spec& root, const Plant& plant) {
    const models::Market& market = plant.market;
    // What is wrong with the hardware is said there, not again here.
    const bool is_known = root.section("hardware") != nullptr && !found_in("hardware");
    purchase_.start = horizon_.start;
    purchase_.end = horizon_.end;
    purchase_.path = path_;
    purchase_.has_power = !is_known || !market.trend || market.trend->power_per_flops > 0;
    purchase_.has_demand = plant.demand.has_value();
    purchase_.has_releases = !is_known || market.releases.has_value();
  }

  void resolve_choice(const Spec& spec, const Plant& plant, Strategy& strategy) {
    const core::Value& value = spec.value("choose");
    const std::string& wanted = spec.text("choose");
    if (wanted == "flop_per_usd") return;
    if (wanted == "flop_per_watt") {
      strategy.choice = Choice::flop_per_watt;
      return;
    }
    if (wanted == "newest") {
      strategy.choice = Choice::newest;
      return;
    }
    std::vector<std::string_view> known{"flop_per_usd", "flop_per_watt", "newest"};
    for (std::size_t i = 0; i < plant.market.on_sale; ++i) {
      known.emplace_back(plant.market.types[i].name);
      if (plant.market.types[i].name == wanted) {
        strategy.choice = Choice::named;
        strategy.named_type = i;
        return;
      }
    }
    if (may_still_come(plant.market, wanted)) {
      strategy.choice = Choice::named;
      strategy.named_type = plant.market.types.size();
      return;
    }
    diagnostics_->add({value.where, path_ + ".choose", '"' + wanted + "\" is not on sale",
                       "neither a rule nor an accelerator on sale", core::suggest(wanted, known)});
  }

  void resolve_budget(const Spec& spec, const Plant& plant, Strategy& strategy) {
    const bool has_plan = strategy.plan.planned.has_value();
    const bool is_firm = has_plan && (strategy.plan.planned_is_firm || !spec.has("budget"));
    const core::Money amounts = is_firm ? *strategy.plan.planned : core::Money{};
    const double research = plant.progress.cost_per_year * horizon_.years_at(horizon_.end);
    const double energy = strategy.budget_covers_energy
                              ? initial_energy_usd(plant) + fixed_energy_usd(plant, strategy.sites, horizon_)
                              : 0;
    if (!(research + energy + amounts.usd() < kMostUsd)) {
      diagnostics_->add(
          {spec.where, path_,
           "research, the energy of the initial fleet and scheduled purchases come to more than 9 trillion USD",
           "money is counted exactly up to that", ""});
      return;
    }
    strategy.research = core::Money::from_usd(research);
    strategy.initial_energy = core::Money::from_usd(energy);
    if (strategy.budget_covers_energy) strategy.facility = facility_cost(plant, strategy.sites, horizon_);
    const core::Money committed = strategy.research + strategy.initial_energy + strategy.facility;
    if (!spec.has("budget")) {
      if (has_plan) strategy.budget = amounts + committed;
      return;
    }
    strategy.budget = spec.money("budget");
    const core::Value& budget = spec.value("budget");
    if (strategy.facility > core::Money{} && committed > *strategy.budget) {
      diagnostics_->add(
          {budget.where, path_ + ".budget", budget.written + " does not cover its sites",
           "with research and energy they come to " + core::to_string(committed) + " USD over the horizon",
           "Raise the budget, or pay them beside it (budget_covers: hardware)."});
      return;
    }
    const auto refuse = [&](const std::string& what, const std::string& reason, const std::string& suggestion) {
      diagnostics_->add(
          {budget.where, path_ + ".budget", budget.written + " does not cover " + what, reason, suggestion});
    };
    if (strategy.initial_energy > core::Money{} && committed > *strategy.budget) {
      refuse("research and the energy of the initial fleet",
             "they come to " + core::to_string(committed) + " USD over the horizon",
             "Raise the budget, or pay energy beside it (budget_covers: hardware).");
    } else if (committed > *strategy.budget) {
      refuse("research", "progress.cost is " + core::to_string(committed) + " USD over the horizon",
             "Raise the budget.");
    } else if (amounts > *strategy.budget - committed) {
      refuse("the scheduled purchases",
             committed > core::Money{}
                 ? "with research and energy they come to " + core::to_string(amounts + committed) + " USD"
                 : "they come to " + core::to_string(amounts) + " USD",
             "Raise the budget.");
    }
  }

  /// What the energy of the initial fleet costs at most. Units that wait for power start a whole life when they get it.
  [[nodiscard]] double initial_energy_usd(const Plant& plant) const {
    const models::Market& market = plant.market;
    double nameplate = 0;
    for (const InitialCohort& cohort : plant.initial) {
      nameplate += cohort.capacity > 0 ? cohort.capacity * (market.trend ? market.trend->power_per_flops : 0)
                                       : static_cast<double>(cohort.count) * market.types[cohort.type].nameplate_power;
    }
    const SiteCapacity first = plant.sites.front().capacity_at(horizon_.start);
    const bool all_powered = plant.sites.size() == 1 && first.accelerators < 0 &&
                             (first.it_power_mw < 0 || nameplate * 1e3 < static_cast<double>(first.it_power_mw) - 1);
    std::vector<std::uint32_t> all(plant.sites.size());
    std::iota(all.begin(), all.end(), 0U);
    const Site& dearest = dearest_site(plant, all);
    double usd = 0;
    for (const InitialCohort& cohort : plant.initial) {
      const core::Time since = all_powered ? cohort.installed : horizon_.start;
      const core::Time until = std::min(horizon_.end, core::saturating_add(since, plant.operations.lifetime));
      if (until <= horizon_.start) continue;
      const double watts = cohort.capacity > 0
                               ? cohort.capacity * (market.trend ? market.trend->power_per_flops : 0)
                               : static_cast<double>(cohort.count) * market.types[cohort.type].average_power;
      usd += watts / 1e3 * plant.operations.failures.power_factor() * dearest.marginal_pue() *
             (until - horizon_.start).hours() * dearest.dearest_electricity();
    }
    return usd > 0 ? usd * (1 + 1e-12) + 2e-6 : 0;
  }

  const Scenario* scenario_ = nullptr;
  Diagnostics* diagnostics_ = nullptr;
  Draw draw_;
  Horizon horizon_;
  Plant base_;  ///< of strategies that change nothing
  LossAccounting loss_;
  std::string path_;  ///< of the strategy at hand, for messages
  models::PurchaseRequest purchase_;
};

std::size_t Case::initial_cohorts() const {
  return static_cast<std::size_t>(
      std::count_if(plant.initial.begin(), plant.initial.end(), [this](const InitialCohort& initial) {
        return core::saturating_add(initial.installed, plant.operations.lifetime) > horizon.start;
      }));
}

namespace {

bool is_certain(const core::Spec& spec) {
  return std::all_of(spec.values.begin(), spec.values.end(), [](const core::Value& value) {
    if (value.uncertain) return false;
    const auto* sections = std::get_if<std::vector<core::Spec>>(&value.data);
    return sections == nullptr || std::all_of(sections->begin(), sections->end(), is_certain);
  });
}

}  // namespace

std::vector<Case> resolve(const Scenario& scenario, Diagnostics& diagnostics, const Draw& draw) {
  std::vector<Case> cases;
  Resolver().resolve(scenario, draw, cases, diagnostics);
  return cases;
}

std::vector<Case> resolve(const Scenario& scenario, const Draw& draw) {
  Diagnostics diagnostics;
  std::vector<Case> cases = is_certain(scenario.root) ? resolve(scenario, diagnostics, draw)
                                                      : resolve(drawn(scenario, draw), diagnostics, draw);
  diagnostics.throw_if_any();
  return cases;
}

Resolution::Resolution() : resolver_(std::make_unique<Resolver>()) {}
Resolution::~Resolution() = default;
Resolution::Resolution(Resolution&&) noexcept = default;
Resolution& Resolution::operator=(Resolution&&) noexcept = default;

std::vector<Case>& Resolution::resolve(const Scenario& scenario, const Draw& draw) {
  Diagnostics diagnostics;
  resolver_->resolve(scenario, draw, cases_, diagnostics);
  diagnostics.throw_if_any();
  return cases_;
}

}  // namespace fleetrace::fleet
