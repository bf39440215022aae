#include "sim/scenario/resolve/plan_purchases.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>

#include "models/purchase/belief.hpp"
#include "sim/core/schema/read_log.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/scenario/resolve/purchase_planner.hpp"
#include "sim/scenario/resolve/resolve_once.hpp"

namespace fleetrace::scenario {
namespace {

std::atomic<const PurchasePlanner*> provided_planner = nullptr;
thread_local bool is_paused = false;

/// What was planned in the believed world, in the world of `setup`.
void follow(const models::PurchasePolicy& plan, fleet::StrategySetup& setup) {
  models::PurchasePolicy& policy = setup.strategy.policy;
  policy.first_review = plan.first_review;
  policy.reviews = plan.reviews;
  policy.installments = plan.installments;
  policy.orders = plan.orders;
  // What is not on sale in this world has an index beyond its types.
  const models::Market& market = setup.plant.market;
  for (models::PlannedOrder& order : policy.orders) {
    order.type = 0;
    while (order.type < market.on_sale && market.types[order.type].name != order.accelerator) ++order.type;
    if (order.type == market.on_sale) order.type = market.types.size();
  }
}

/// Makes a plan, or says why there is none. Whether there is one.
bool make_plan(const core::Spec& strategy, const fleet::StrategySetup* believed, models::Optimises when,
               fleet::StrategySetup& setup, core::Diagnostics& diagnostics) {
  const auto refuse = [&](std::string why) {
    diagnostics.add({strategy.where, "strategies." + strategy.name, "its purchases cannot be optimised", std::move(why),
                     "Change what stands in the way, or choose another strategy."});
    return false;
  };
  const PurchasePlanner* const planner = provided_planner;
  if (planner == nullptr) return refuse("this program has no planner");
  try {
    planner->plan(believed, when, setup);
    return true;
  } catch (const std::runtime_error& error) {
    return refuse(error.what());
  }
}

void plan_one(const core::Spec& strategy, const StrategyBeliefs& beliefs, fleet::StrategySetup& setup,
              core::Diagnostics& diagnostics) {
  const models::Optimises when = models::optimises(*strategy.entry);
  if (when == models::Optimises::never || setup.strategy.policy.review == nullptr) return;
  setup.strategy.policy.first_review = core::Time::latest();
  if (is_paused) return;
  if (setup.strategy.beliefs->is_hindsight) {
    (void)make_plan(strategy, nullptr, when, setup, diagnostics);
  } else if (beliefs.setup == nullptr) {
    // Nothing is uncertain but the dates of releases.
    const fleet::StrategySetup believed = setup;
    const bool is_known = !fleet::has_random_releases(setup) && setup.plant.progress.wait == nullptr;
    (void)make_plan(strategy, is_known ? nullptr : &believed, when, setup, diagnostics);
  } else if (when == models::Optimises::at_each_review) {
    (void)make_plan(strategy, beliefs.setup.get(), when, setup, diagnostics);
  } else {
    follow(beliefs.setup->strategy.policy, setup);
  }
}

}  // namespace

void provide_purchase_planner(const PurchasePlanner& planner) { provided_planner = &planner; }

std::vector<std::string> plan_doubts(const fleet::StrategySetup& setup) {
  const PurchasePlanner* const planner = provided_planner;
  return planner == nullptr || is_paused ? std::vector<std::string>() : planner->doubts(setup);
}

PlanningPause::PlanningPause() : outer_(is_paused) { is_paused = true; }
PlanningPause::~PlanningPause() { is_paused = outer_; }

std::shared_ptr<const fleet::StrategySetup> believed_setup(const Scenario& at_medians, const core::Spec& root,
                                                           const core::Spec& strategy,
                                                           const std::shared_ptr<const fleet::Beliefs>& beliefs,
                                                           core::Diagnostics& diagnostics) {
  const models::Optimises when = models::optimises(*strategy.entry);
  if (when == models::Optimises::never || is_paused) return nullptr;
  Scenario believed(root);
  believed.catalog = at_medians.catalog;
  believed.measure_against(at_medians.yardstick());
  // The believed world already has the changes of the strategy, and nothing else is to be believed of it.
  core::Spec own = strategy;
  own.value("with") = {};
  own.value(models::kBelieves) = {};
  own.value("observation_error") = {};
  own.value("learns").data = false;
  own.value("information").data = std::string("hindsight");
  believed.edit().value("strategies").data = std::vector<core::Spec>{std::move(own)};
  core::Diagnostics found;
  std::vector<fleet::StrategySetup> setups;
  {
    const PlanningPause pause;
    const core::ReadLog::Pause unread;
    setups = resolve_once(believed, {}, found);
  }
  if (!found.empty()) {
    diagnostics.add(found.found().front());
    return nullptr;
  }
  if (setups.empty()) return nullptr;
  auto setup = std::make_shared<fleet::StrategySetup>(std::move(setups.front()));
  setup->strategy.beliefs = beliefs;
  if (when == models::Optimises::in_advance) {
    const fleet::StrategySetup world = *setup;
    if (!make_plan(strategy, &world, when, *setup, diagnostics)) return nullptr;
  }
  return setup;
}

void plan_purchases(const std::vector<core::Spec>& strategies, const std::vector<StrategyBeliefs>& beliefs,
                    std::vector<fleet::StrategySetup>& setups, core::Diagnostics& diagnostics) {
  if (!diagnostics.empty()) return;
  for (std::size_t i = 0; i < setups.size(); ++i) plan_one(strategies[i], beliefs[i], setups[i], diagnostics);
}

}  // namespace fleetrace::scenario
