#include <algorithm>

#include "fleetrace/fleet/case.hpp"
#include "resolve_plant.hpp"

namespace fleetrace::fleet {
namespace {

using core::Diagnostics;
using core::Spec;

/// Resolves the strategies of one scenario against what they share.
class Resolver {
 public:
  Resolver(const Scenario& scenario, Diagnostics& diagnostics) : scenario_(scenario), diagnostics_(diagnostics) {}

  std::vector<Case> resolve() {
    const Spec& root = scenario_.root;
    horizon_ = resolve_horizon(root, diagnostics_);
    const Plant base = resolve_plant(root, {horizon_, scenario_.catalog.get(), ""}, diagnostics_);
    loss_ = resolve_accounting(*root.section("loss"), base);
    std::vector<Case> cases;
    for (const Spec& spec : root.sections("strategies")) {
      Case one;
      one.horizon = horizon_;
      one.loss = loss_;
      one.discount_rate = root.section("finance")->number("discount_rate");
      const Spec* changes = spec.section("with");
      one.plant = changes == nullptr
                      ? base
                      : resolve_plant(merged(root, *changes),
                                      {horizon_, scenario_.catalog.get(), "strategies." + spec.name + ".with."}, diagnostics_);
      one.strategy = resolve_strategy(spec, one.plant);
      cases.push_back(std::move(one));
    }
    return cases;
  }

 private:
  LossAccounting resolve_accounting(const Spec& spec, const Plant& base) {
    LossAccounting loss;
    loss.law = models::resolve_loss(spec);
    loss.reference = resolve_reference(spec, base, horizon_, diagnostics_);
    if (spec.has("targets")) loss.targets = spec.numbers("targets");
    const Spec& compute = *spec.section("compute");
    if (compute.entry->name != "best_run") return loss;
    loss.accounting = Accounting::best_run;
    loss.run_length = compute.duration("length");
    loss.run_share = compute.number("share");
    if (loss.run_length > horizon_.end - horizon_.start) {
      diagnostics_.add({compute.where, "loss.compute.length", "a run is longer than the horizon",
                        "no run would ever be completed", "Shorten it or lengthen the horizon."});
    }
    return loss;
  }

  Strategy resolve_strategy(const Spec& spec, const Plant& plant) {
    const std::string path = "strategies." + spec.name;
    Strategy strategy;
    strategy.name = spec.name;
    strategy.buys = spec.entry->name;
    strategy.plan = models::resolve_purchase(spec, {horizon_.start, horizon_.end, path}, diagnostics_);
    strategy.budget_covers_energy = spec.text("budget_covers") == "all";
    strategy.power_limits_orders = spec.text("power_limits") == "orders";
    if (strategy.plan.review != nullptr && plant.market.on_sale == 0 && !plant.market.trend) {
      diagnostics_.add({spec.where, path, "there is nothing to buy", "the scenario has no hardware section, or an empty one",
                        "Add one, such as hardware: {model: trend}."});
    }
    if (plant.market.trend && plant.supply.yearly_limit >= 0) {
      diagnostics_.add({spec.where, path, "a yearly limit counts accelerators", "trend hardware has none",
                        "Leave supply.yearly_limit out, or choose other hardware."});
    }
    resolve_choice(spec, path, plant, strategy);
    resolve_budget(spec, path, plant, strategy);
    return strategy;
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
    diagnostics_.add({value.where, path + ".choose", '"' + wanted + "\" is not on sale", "neither a rule nor an accelerator on sale",
                      core::suggest(wanted, known)});
  }

  void resolve_budget(const Spec& spec, const std::string& path, const Plant& plant, Strategy& strategy) {
    const double years = horizon_.years_at(horizon_.end);
    const double research = plant.progress.cost_per_year * years;
    if (!(research < 9e12)) {
      diagnostics_.add({spec.where, path, "its research costs more than 9 trillion USD", "money is counted exactly up to that", ""});
      return;
    }
    strategy.research = core::Money::from_usd(research);
    const bool scheduled = !strategy.plan.installments.empty();
    const core::Money amounts = scheduled ? strategy.plan.installments.back().released : core::Money{};
    if (spec.has("budget")) {
      strategy.budget = spec.money("budget");
    } else if (scheduled) {
      strategy.budget = amounts + strategy.research;
    } else {
      return;
    }
    const core::Value& budget = spec.value("budget");
    if (strategy.budget_covers_energy) strategy.initial_energy = initial_energy(plant);
    if (strategy.research + strategy.initial_energy > *strategy.budget && strategy.initial_energy > core::Money{}) {
      diagnostics_.add({budget.where, path + ".budget", budget.written + " does not cover research and the energy of the initial fleet",
                        "they come to " + core::to_string(strategy.research + strategy.initial_energy) + " USD over the horizon",
                        "Raise the budget, or pay energy beside it (budget_covers: hardware)."});
    } else if (strategy.research > *strategy.budget) {
      diagnostics_.add({budget.where, path + ".budget", budget.written + " does not cover research",
                        "progress.cost is " + core::to_string(strategy.research) + " USD over the horizon", "Raise the budget."});
    } else if (amounts > *strategy.budget - strategy.research - strategy.initial_energy) {
      diagnostics_.add({budget.where, path + ".budget", budget.written + " does not cover the scheduled purchases",
                        "they and research come to " + core::to_string(amounts + strategy.research) + " USD", "Raise the budget."});
    }
  }

  /// What the energy of the initial fleet costs at most. Units that wait for power start a whole life when they get it.
  core::Money initial_energy(const Plant& plant) const {
    const models::Market& market = plant.market;
    double nameplate = 0;
    for (const InitialCohort& cohort : plant.initial) {
      nameplate += cohort.capacity > 0 ? cohort.capacity * (market.trend ? market.trend->power_per_flops : 0)
                                       : static_cast<double>(cohort.count) * market.types[cohort.type].nameplate_power;
    }
    const bool all_powered =
        plant.site.it_power_limit_mw < 0 || nameplate * 1e3 < static_cast<double>(plant.site.it_power_limit_mw) - 1;
    double usd = 0;
    for (const InitialCohort& cohort : plant.initial) {
      const core::Time since = all_powered ? cohort.installed : horizon_.start;
      const core::Time until = std::min(horizon_.end, core::saturating_add(since, plant.operations.lifetime));
      if (until <= horizon_.start) continue;
      const double watts = cohort.capacity > 0 ? cohort.capacity * (market.trend ? market.trend->power_per_flops : 0)
                                               : static_cast<double>(cohort.count) * market.types[cohort.type].average_power;
      usd += watts / 1e3 * plant.operations.failures.availability * plant.site.pue * (until - horizon_.start).hours() *
             plant.site.electricity;
    }
    return core::Money::from_usd(usd * (1 + 1e-12) + (usd > 0 ? 2e-6 : 0));
  }

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  Horizon horizon_;
  LossAccounting loss_;
};

}  // namespace

std::vector<Case> resolve(const Scenario& scenario, Diagnostics& diagnostics) { return Resolver(scenario, diagnostics).resolve(); }

std::vector<Case> resolve(const Scenario& scenario) {
  Diagnostics diagnostics;
  std::vector<Case> cases = resolve(scenario, diagnostics);
  diagnostics.throw_if_any();
  return cases;
}

}  // namespace fleetrace::fleet
