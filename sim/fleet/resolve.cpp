#include <algorithm>
#include <cmath>
#include <numeric>

#include "fleetrace/core/math.hpp"
#include "fleetrace/core/read_value.hpp"
#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/inputs.hpp"
#include "free_room.hpp"
#include "magnitudes.hpp"
#include "resolve_orders.hpp"
#include "resolve_plant.hpp"
#include "resolve_sites.hpp"

namespace fleetrace::fleet {
namespace {

using core::Diagnostics;
using core::Spec;

/// Resolves the strategies of one scenario against what they share.
class Resolver {
 public:
  Resolver(const Scenario& scenario, Diagnostics& diagnostics, const Draw& draw, const std::vector<Case>* before)
      : scenario_(scenario), diagnostics_(diagnostics), draw_(draw), before_(before) {}

  std::vector<Case> resolve() {
    const Spec& root = scenario_.root;
    horizon_ = resolve_horizon(root, diagnostics_);
    check_discounting();
    const Plant base = resolve_plant(root, {horizon_, scenario_.catalog.get(), "", draw_, plant_before(0)},
                                     diagnostics_);
    loss_ = resolve_accounting(*root.section("loss"), base);
    std::vector<Case> cases;
    std::size_t types = 0;
    for (const Spec& spec : root.sections("strategies")) {
      Case one;
      one.draw = draw_;
      one.horizon = horizon_;
      one.loss = loss_;
      one.finance = models::resolve_finance(*root.section("finance"));
      const Spec* changes = spec.section("with");
      const Spec own = changes == nullptr ? Spec{} : merged(root, *changes);
      one.plant = changes == nullptr
                      ? base
                      : changed_plant(own, "strategies." + spec.name + ".with.", plant_before(cases.size()));
      one.strategy = resolve_strategy(spec, changes == nullptr ? root : own, one.plant);
      if (diagnostics_.empty()) check_magnitudes(one, spec.where, "strategies." + spec.name, diagnostics_);
      types += one.plant.market.types.size();
      if (!has_room(types, spec)) return cases;
      cases.push_back(std::move(one));
    }
    return cases;
  }

 private:
  void check_discounting() {
    const Spec& finance = *scenario_.root.section("finance");
    const double factor = core::pow(1 + finance.number("discount_rate"), -horizon_.years_at(horizon_.end));
    if (factor < 1e200) return;
    diagnostics_.add({finance.value("discount_rate").where, "finance.discount_rate",
                      "later spending would count more than 1e200-fold", "it would leave the range of numbers",
                      "Raise it or shorten the horizon."});
  }

  /// Every strategy keeps its own list of accelerators.
  bool has_room(std::size_t types, const Spec& last) {
    static constexpr std::size_t kMostTypes = 1'000'000;
    if (types <= kMostTypes) return true;
    diagnostics_.add({last.where, "strategies." + last.name,
                      "the strategies so far have more than a million accelerators on sale",
                      "each generation counts once a strategy", "Lengthen the cadence, or race fewer strategies."});
    return false;
  }

  /// Where there are cases of another draw, the plant of the strategy in that place.
  [[nodiscard]] const Plant* plant_before(std::size_t index) const {
    return before_ == nullptr || index >= before_->size() ? nullptr : &(*before_)[index].plant;
  }

  /// The plant of a strategy with changes. What is wrong with the scenario already has been said.
  Plant changed_plant(const Spec& root, const std::string& prefix, const Plant* before) {
    Diagnostics own;
    Plant plant = resolve_plant(root, {horizon_, scenario_.catalog.get(), prefix, draw_, before}, own);
    for (const core::Diagnostic& each : own.found()) {
      const auto& known = diagnostics_.found();
      const bool is_known = std::any_of(known.begin(), known.end(), [&](const core::Diagnostic& other) {
        return prefix + other.path == each.path && other.problem == each.problem;
      });
      if (!is_known) diagnostics_.add(each);
    }
    return plant;
  }

  LossAccounting resolve_accounting(const Spec& spec, const Plant& base) {
    LossAccounting loss;
    if (!found_below("initial_fleet")) loss.reference = resolve_reference(spec, base, horizon_, diagnostics_);
    const LossAccounting* before = before_ == nullptr || before_->empty() ? nullptr : &before_->front().loss;
    if (loss.reference.compute > 0) {
      loss.law = models::resolve_loss(spec, loss.reference.compute);
      loss.law.tabulate(before == nullptr ? nullptr : &before->law);
    }
    models::check_loss(spec, "loss", diagnostics_);
    if (spec.has("targets")) loss.targets = spec.numbers("targets");
    if (loss.reference.compute > 0) {
      resolve_beside(spec, loss);
      resolve_capabilities(spec, loss);
    }
    const Spec& compute = *spec.section("compute");
    if (compute.entry->name != "best_run") return loss;
    loss.accounting = Accounting::best_run;
    loss.run_length = compute.duration("length");
    loss.run_share = compute.number("share");
    loss.run_inherits = compute.number("inherits");
    static constexpr std::int64_t kMostRuns = 1000;
    if (loss.run_inherits > 0 && (horizon_.end - horizon_.start) / loss.run_length > kMostRuns) {
      diagnostics_.add({compute.value("length").where, "loss.compute.length",
                        "more than a thousand runs could follow each other, each the heir of those before it",
                        "all of them are followed", "Lengthen it, or leave inherits out."});
    }
    if (loss.run_length > horizon_.end - horizon_.start) {
      diagnostics_.add({compute.value("length").where, "loss.compute.length", "a run is longer than the horizon",
                        "no run would ever be completed", "Shorten it or lengthen the horizon."});
    }
    return loss;
  }

  void resolve_beside(const Spec& spec, LossAccounting& loss) {
    if (!spec.has("beside")) return;
    std::vector<std::string_view> known;
    for (const core::Entry* entry : models::loss_family().entries) known.push_back(entry->name);
    std::vector<std::string_view> taken{spec.entry->name};
    const core::Location& where = spec.value("beside").where;
    for (const std::string& name : spec.texts("beside")) {
      const core::Entry* entry = models::loss_family().find(name);
      if (entry == nullptr) {
        diagnostics_.add({where, "loss.beside", "there is no loss law \"" + core::printable(name) + '"',
                          "laws beside the scenario's own go by their names", core::suggest(name, known)});
      } else if (std::find(taken.begin(), taken.end(), entry->name) != taken.end()) {
        diagnostics_.add(
            {where, "loss.beside", name + " is there already", "each law is reported once", "Leave it out."});
      } else {
        taken.push_back(entry->name);
        loss.beside.push_back(
            {name, models::resolve_loss(models::loss_with_fit_of(spec, *entry), loss.reference.compute)});
      }
    }
  }

  void resolve_capabilities(const Spec& spec, LossAccounting& loss) {
    const double irreducible = loss.law.floor * loss.law.reference_loss;
    for (const Spec& each : spec.sections("capabilities")) {
      const std::string path = "loss.capabilities." + each.name;
      NamedCapability capability{each.name, models::resolve_capability(each), std::nullopt};
      if (capability.law.perfect < 0) capability.law.perfect = irreducible;
      if (each.has("target")) capability.target = each.number("target");
      if (loss.law.reference_loss == 0) {
        diagnostics_.add({each.where, path, "the loss law has no absolute scale",
                          "a capability is a curve of absolute loss",
                          "Choose another law, such as loss: {model: chinchilla}."});
      } else if (capability.law.is_threshold && capability.law.half <= irreducible) {
        diagnostics_.add({each.value("at").where, path + ".at",
                          "no compute brings the loss down to " + each.value("at").written,
                          core::format_real(irreducible) + " nats/token of it are irreducible by this law",
                          "Thresholds of another fit do not carry over: raise it."});
      }
      if (capability.target && capability.law.is_threshold && *capability.target <= capability.law.chance) {
        diagnostics_.add({each.value("target").where, path + ".target", "it is no more than chance",
                          "it would be reached without any ability", "Raise it, or lower chance."});
      }
      loss.capabilities.push_back(std::move(capability));
    }
  }

  /// Whether something was found at a path that begins like this: what follows from it need not be said.
  [[nodiscard]] bool found_below(const std::string& path) const {
    const auto& found = diagnostics_.found();
    return std::any_of(found.begin(), found.end(),
                       [&](const core::Diagnostic& each) { return each.path.substr(0, path.size()) == path; });
  }

  /// `root` is the scenario as this strategy changes it.
  Strategy resolve_strategy(const Spec& spec, const Spec& root, const Plant& plant) {
    const std::string path = "strategies." + spec.name;
    Strategy strategy;
    strategy.name = spec.name;
    strategy.buys = spec.entry->name;
    const std::size_t before = diagnostics_.size();
    strategy.plan = models::resolve_purchase(spec, purchase_request(root, path, plant), diagnostics_);
    const bool plan_is_fine = diagnostics_.size() == before;
    strategy.budget_covers_energy = spec.text("budget_covers") == "all";
    resolve_rented(spec, path, plant, strategy);
    strategy.power_limits_orders = spec.text("power_limits") == "orders";
    strategy.sites = used_sites(spec, path, plant, diagnostics_);
    if (strategy.plan.review != nullptr && root.section("hardware") == nullptr) {
      diagnostics_.add({spec.where, path, "there is nothing to buy", "the scenario has no hardware section",
                        "Add one, such as hardware: {model: trend}."});
      return strategy;
    }
    if (!found_below("hardware") && !found_below(path + ".with.hardware")) {
      resolve_choice(spec, path, plant, strategy);
      if (plan_is_fine) resolve_orders(spec, path, plant, strategy, diagnostics_);
    }
    if (plant.supply.cancellation_fee && strategy.budget_covers_energy) {
      diagnostics_.add({spec.value("budget_covers").where, path + ".budget_covers",
                        "supply.cancel leaves what was reserved for energy without hardware",
                        "energy is reserved at purchase", "Pay energy beside the budget (budget_covers: hardware)."});
    }
    if (plan_is_fine && !found_below("progress") && !found_below(path + ".with.progress"))
      resolve_budget(spec, path, plant, strategy);
    return strategy;
  }

  void resolve_rented(const Spec& spec, const std::string& path, const Plant& plant, Strategy& strategy) {
    strategy.rented = spec.number("rented");
    if (strategy.rented == 0 || plant.rental || found_below("rental") || found_below(path + ".with.rental")) return;
    diagnostics_.add({spec.value("rented").where, path + ".rented", "there is nothing to rent",
                      "the scenario has no rental section", "Add one, such as rental: {term: 3 months}."});
    strategy.rented = 0;
  }

  [[nodiscard]] models::PurchaseRequest purchase_request(const Spec& root, const std::string& path,
                                                         const Plant& plant) const {
    models::PurchaseRequest request{horizon_.start, horizon_.end, path};
    const models::Market& market = plant.market;
    // What is wrong with the hardware is said there, not again here.
    const bool is_known = root.section("hardware") != nullptr && !found_below("hardware") &&
                          !found_below(path + ".with.hardware");
    request.has_power = !is_known || !market.trend || market.trend->power_per_flops > 0;
    request.has_demand = plant.demand.has_value();
    request.has_releases = !is_known || market.releases.has_value();
    return request;
  }

  void resolve_choice(const Spec& spec, const std::string& path, const Plant& plant, Strategy& strategy) {
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
    diagnostics_.add({value.where, path + ".choose", '"' + wanted + "\" is not on sale",
                      "neither a rule nor an accelerator on sale", core::suggest(wanted, known)});
  }

  void resolve_budget(const Spec& spec, const std::string& path, const Plant& plant, Strategy& strategy) {
    const bool has_plan = strategy.plan.planned.has_value();
    const bool is_firm = has_plan && (strategy.plan.planned_is_firm || !spec.has("budget"));
    const core::Money amounts = is_firm ? *strategy.plan.planned : core::Money{};
    const double research = plant.progress.cost_per_year * horizon_.years_at(horizon_.end);
    const double energy = strategy.budget_covers_energy
                              ? initial_energy_usd(plant) + fixed_energy_usd(plant, strategy.sites, horizon_)
                              : 0;
    if (!(research + energy + amounts.usd() < kMostUsd)) {
      diagnostics_.add(
          {spec.where, path,
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
      diagnostics_.add({budget.where, path + ".budget", budget.written + " does not cover its sites",
                        "with research and energy they come to " + core::to_string(committed) + " USD over the horizon",
                        "Raise the budget, or pay them beside it (budget_covers: hardware)."});
      return;
    }
    const auto refuse = [&](const std::string& what, const std::string& reason, const std::string& suggestion) {
      diagnostics_.add(
          {budget.where, path + ".budget", budget.written + " does not cover " + what, reason, suggestion});
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

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  Draw draw_;
  const std::vector<Case>* before_;
  Horizon horizon_;
  LossAccounting loss_;
};

}  // namespace

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

std::vector<Case> resolve(const Scenario& scenario, Diagnostics& diagnostics, const Draw& draw,
                          const std::vector<Case>* before) {
  return Resolver(scenario, diagnostics, draw, before).resolve();
}

std::vector<Case> resolve(const Scenario& scenario, const Draw& draw, const std::vector<Case>* before) {
  Diagnostics diagnostics;
  // The replications of a study come with their values in place: no copy is made of those.
  std::vector<Case> cases = is_certain(scenario.root) ? resolve(scenario, diagnostics, draw, before)
                                                      : resolve(drawn(scenario, draw), diagnostics, draw, before);
  diagnostics.throw_if_any();
  return cases;
}

}  // namespace fleetrace::fleet
