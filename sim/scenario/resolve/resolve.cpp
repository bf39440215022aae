#include "sim/scenario/resolve/resolve.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "sim/core/schema/read_log.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/resolve/finance_check.hpp"
#include "sim/scenario/resolve/kept_by_strategies.hpp"
#include "sim/scenario/resolve/numeric_limits_check.hpp"
#include "sim/scenario/resolve/plan_purchases.hpp"
#include "sim/scenario/resolve/resolve_accounting.hpp"
#include "sim/scenario/resolve/resolve_actuals.hpp"
#include "sim/scenario/resolve/resolve_beliefs.hpp"
#include "sim/scenario/resolve/resolve_moves.hpp"
#include "sim/scenario/resolve/resolve_once.hpp"
#include "sim/scenario/resolve/resolve_orders.hpp"
#include "sim/scenario/resolve/resolve_plant.hpp"
#include "sim/scenario/resolve/resolve_power_tree.hpp"
#include "sim/scenario/resolve/resolve_rents.hpp"
#include "sim/scenario/resolve/resolve_retirements.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"
#include "sim/scenario/resolve/resolve_strategy.hpp"

namespace fleetrace::scenario {
using core::Diagnostics;
using core::Spec;

/// Resolves the strategies of a scenario against what they share, draw after draw.
class Resolver {
 public:
  /// Resolves in the place of another draw's setups, or of none.
  void resolve(const Scenario& scenario, const fleet::Draw& draw, std::vector<fleet::StrategySetup>& setups,
               Diagnostics& diagnostics) {
    scenario_ = &scenario;
    diagnostics_ = &diagnostics;
    draw_ = draw;
    const Spec& root = scenario.root();
    horizon_ = resolve_horizon(scenario, diagnostics);
    finance_ = models::resolve_finance(*root.section("finance"), diagnostics);
    resolve_plant(root, {horizon_, scenario.catalog.get(), "", draw}, base_, diagnostics);
    check_finance(root, finance_, base_, horizon_, diagnostics);
    resolve_accounting(*root.section("loss"), base_, horizon_, scenario.yardstick(), loss_, diagnostics);
    const std::vector<Spec>& specs = root.sections("strategies");
    if (!KeptByStrategies::has_room(specs, base_, diagnostics)) return setups.clear();
    setups.resize(specs.size());
    KeptByStrategies kept;
    for (std::size_t i = 0; i < specs.size(); ++i) {
      resolve_setup(specs[i], setups[i]);
      if (!kept.has_room(setups[i], specs[i].where, diagnostics)) return setups.resize(i);
    }
    resolve_actuals(root, setups, diagnostics);
    if (!is_told_) beliefs_ = resolve_beliefs(scenario, scenario, diagnostics);
    adopt_beliefs(specs, beliefs_, setups, diagnostics);
    plan_purchases(specs, beliefs_, setups, diagnostics);
  }

  /// Strategies believe this in all draws from now on.
  void believe(std::vector<StrategyBeliefs> beliefs) {
    beliefs_ = std::move(beliefs);
    is_told_ = true;
  }

 private:
  void resolve_setup(const Spec& spec, fleet::StrategySetup& one) {
    const Spec& root = scenario_->root();
    one.draw = draw_;
    one.horizon = horizon_;
    one.loss = loss_;
    one.finance = finance_;
    path_.assign("strategies.").append(spec.name);
    if (const Spec* changes = spec.section("with")) {
      const Spec own = merged(root, changes);
      resolve_changed_plant(own, path_ + ".with.", one.plant);
      resolve_strategy(spec, own, one.plant, one.strategy);
    } else {
      one.plant = base_;
      resolve_strategy(spec, root, one.plant, one.strategy);
    }
    if (!found_in("initial_fleet")) resolve_retirements(path_, one.strategy, one.plant, *diagnostics_);
    interrupt_by_outages(one.plant, one.strategy.sites);
    if (diagnostics_->empty()) check_numeric_limits(one, spec.where, path_, *diagnostics_);
  }

  /// The plant of a strategy with changes. What is wrong with the scenario already has been said.
  void resolve_changed_plant(const Spec& root, const std::string& prefix, fleet::Plant& plant) {
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
  void resolve_strategy(const Spec& spec, const Spec& root, const fleet::Plant& plant, fleet::Strategy& strategy) {
    // All but the memory of the draw before is forgotten.
    fleet::Strategy fresh;
    fresh.name = std::move(strategy.name);
    fresh.buys = std::move(strategy.buys);
    fresh.sites = std::move(strategy.sites);
    strategy = std::move(fresh);
    strategy.name = spec.name;
    strategy.buys = spec.entry->name;
    const std::size_t before = diagnostics_->size();
    ask(root, plant);
    strategy.policy = models::resolve_purchase(spec, purchase_, *diagnostics_);
    const bool plan_is_fine = diagnostics_->size() == before;
    {
      // Who buys nothing rents nothing, installs nothing, and has no orders that power could limit; without a budget nothing is
      // covered by one.
      const bool buys = strategy.policy.review != nullptr;
      std::optional<core::ReadLog::Pause> pause;
      if (!buys && !spec.has("budget")) pause.emplace();
      strategy.budget_covers_energy = spec.text("budget_covers") == "all";
      if (!buys && !strategy.budget_covers_energy) pause.emplace();
      resolve_strategy_sites(spec, path_, plant, strategy.sites, *diagnostics_);
      if (!buys) pause.emplace();
      resolve_rented(spec, plant, strategy);
      strategy.power_limits_orders = spec.text("power_limits") == "orders";
    }
    if (strategy.policy.review != nullptr && root.section("hardware") == nullptr) {
      diagnostics_->add({spec.where, path_, "there is nothing to buy", "the scenario has no hardware section",
                         "Add one, such as hardware: {model: trend}."});
      return;
    }
    if (!found_in("hardware") && !found_in("sites"))
      resolve_moves(spec, path_, plant, horizon_, strategy, *diagnostics_);
    if (!found_in("hardware") && !found_in("rental"))
      resolve_rents(spec, path_, plant, horizon_, strategy, *diagnostics_);
    if (!found_in("hardware")) {
      resolve_choice(spec, path_, plant, horizon_, strategy, *diagnostics_);
      // Of orders that contradict themselves nothing more is said; the others are looked at all the same.
      resolve_orders(spec, path_, plant, strategy, *diagnostics_);
    }
    const bool is_open = std::any_of(strategy.sites.begin(), strategy.sites.end(), [&plant](std::uint32_t site) {
      return plant.sites[site].cheapest_electricity() < 0 || !plant.sites[site].contracts.empty();
    });
    if (is_open && strategy.budget_covers_energy) {
      diagnostics_->add({spec.value("budget_covers").where, path_ + ".budget_covers",
                         "a budget cannot reserve energy with a negative price or a power contract",
                         "energy is reserved at purchase", "Pay energy beside the budget (budget_covers: hardware)."});
    }
    if (plant.supply.cancellation_fee && strategy.budget_covers_energy) {
      diagnostics_->add({spec.value("budget_covers").where, path_ + ".budget_covers",
                         "supply.cancel leaves what was reserved for energy without hardware",
                         "energy is reserved at purchase", "Pay energy beside the budget (budget_covers: hardware)."});
    }
    if (plan_is_fine && !found_in("progress")) resolve_budget(spec, path_, plant, horizon_, strategy, *diagnostics_);
  }

  void resolve_rented(const Spec& spec, const fleet::Plant& plant, fleet::Strategy& strategy) {
    strategy.rented = spec.number("rented");
    if (strategy.rented == 0 || plant.rental || found_in("rental")) return;
    diagnostics_->add({spec.value("rented").where, path_ + ".rented", "there is nothing to rent",
                       "the scenario has no rental section", "Add one, such as rental: {term: 3 months}."});
    strategy.rented = 0;
  }

  /// What the strategy is told of its market.
  void ask(const Spec& root, const fleet::Plant& plant) {
    const models::Market& market = plant.market;
    // What is wrong with the hardware is said there, not again here.
    const bool is_known = root.section("hardware") != nullptr && !found_in("hardware");
    purchase_.start = horizon_.start;
    purchase_.end = horizon_.end;
    purchase_.dates_until = horizon_.dates_until;
    purchase_.path = path_;
    purchase_.has_power = !is_known || !market.trend || market.trend->power_per_flops > 0;
    purchase_.has_demand = plant.demand.has_value();
    purchase_.has_releases = !is_known || market.releases.has_value();
  }

  const Scenario* scenario_ = nullptr;
  Diagnostics* diagnostics_ = nullptr;
  fleet::Draw draw_;
  fleet::Horizon horizon_;
  fleet::Plant base_;  ///< of strategies that change nothing
  fleet::LossAccounting loss_;
  models::Finance finance_;
  std::vector<StrategyBeliefs> beliefs_;
  bool is_told_ = false;  ///< whether strategies believe what was said; else it is made of each scenario itself
  std::string path_;      ///< of the strategy at hand, for messages
  models::PurchaseRequest purchase_;
};

namespace {

std::atomic<std::uint64_t> resolved_count = 0;

/// The setups of a draw of an uncertain scenario, whose strategies believe in its medians.
std::vector<fleet::StrategySetup> resolve_drawn(const Scenario& scenario, const fleet::Draw& draw,
                                                Diagnostics& diagnostics) {
  ++resolved_count;
  std::vector<fleet::StrategySetup> setups;
  Resolver resolver;
  resolver.believe(resolve_beliefs(scenario, scenario, diagnostics));
  resolver.resolve(drawn(scenario, draw), draw, setups, diagnostics);
  return setups;
}

/// Whether setups at the medians of all inputs are those of a draw, but for the draw that they name.
bool hold_for(const std::vector<fleet::StrategySetup>& setups, bool is_certain, const fleet::Draw& draw) {
  if (!is_certain && draw.inputs != fleet::InputDraw::medians) return false;
  return std::all_of(setups.begin(), setups.end(), [&draw](const fleet::StrategySetup& each) {
    const bool is_same_chance = each.draw.seed == draw.seed && each.draw.replication == draw.replication;
    return is_same_chance || !fleet::has_random_releases(each);
  });
}

}  // namespace

std::vector<fleet::StrategySetup> resolve_once(const Scenario& scenario, const fleet::Draw& draw,
                                               Diagnostics& diagnostics) {
  ++resolved_count;
  std::vector<fleet::StrategySetup> setups;
  Resolver().resolve(scenario, draw, setups, diagnostics);
  return setups;
}

std::uint64_t resolved_scenarios() { return resolved_count; }

std::vector<fleet::StrategySetup> resolve(const Scenario& scenario, const fleet::Draw& draw) {
  const bool is_certain = scenario::is_certain(scenario.root());
  if (scenario.setups() && hold_for(*scenario.setups(), is_certain, draw)) {
    std::vector<fleet::StrategySetup> setups = *scenario.setups();
    for (fleet::StrategySetup& each : setups) each.draw = draw;
    return setups;
  }
  Diagnostics diagnostics;
  std::vector<fleet::StrategySetup> setups = is_certain ? resolve_once(scenario, draw, diagnostics)
                                                        : resolve_drawn(scenario, draw, diagnostics);
  diagnostics.throw_if_any();
  return setups;
}

Resolution::Resolution() : resolver_(std::make_unique<Resolver>()) {}
Resolution::~Resolution() = default;
Resolution::Resolution(Resolution&&) noexcept = default;
Resolution& Resolution::operator=(Resolution&&) noexcept = default;

void Resolution::believe(const Scenario& at_medians, const Scenario& laws) {
  Diagnostics diagnostics;
  resolver_->believe(resolve_beliefs(at_medians, laws, diagnostics));
  diagnostics.throw_if_any();
}

std::vector<fleet::StrategySetup>& Resolution::resolve(const Scenario& scenario, const fleet::Draw& draw) {
  Diagnostics diagnostics;
  resolver_->resolve(scenario, draw, setups_, diagnostics);
  diagnostics.throw_if_any();
  return setups_;
}

}  // namespace fleetrace::scenario
