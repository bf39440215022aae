#include "sim/study/optimise/relaxation.hpp"

#include <algorithm>

#include "sim/study/optimise/waiting.hpp"

namespace fleetrace::study {
namespace {

/// Whether the algorithm only ever gets better, whatever is bought, and hardware does nothing but train.
bool is_plain(const fleet::Plant& plant) {
  const models::ProgressLaw& progress = plant.progress;
  const std::optional<double> growth = progress.steady_growth();
  const bool is_steady = growth && *growth >= 0 && progress.wait == nullptr && progress.fund == nullptr &&
                         !progress.embodied && plant.adoptions.empty();
  const fleet::Operations& operations = plant.operations;
  return is_steady && operations.fleet_shares.empty() && !operations.hand_down && !operations.job && !plant.demand;
}

class Easing {
 public:
  Easing(const fleet::StrategySetup& setup, const PlanRequest& request) : request_(request) { world_.setup = setup; }

  RelaxedWorld ease() {
    ease_learning();
    ease_waiting();
    ease_scale();
    return std::move(world_);
  }

 private:
  void ease_learning() {
    for (models::AcceleratorType& type : world_.setup.plant.market.types) {
      if (!type.price.learns_from_own()) continue;
      type.price.volume = 0;
      world_.has_own_learning = true;
    }
    if (world_.has_own_learning)
      world_.eased.emplace_back("each accelerator costs what it would after all that the money buys of it");
  }

  /// Production and power that hold units up: a sum over when they come into service, whatever they waited for.
  void ease_waiting() {
    fleet::Plant& plant = world_.setup.plant;
    const bool is_made = plant.supply.production.is_limited() && !plant.market.trend;
    const bool is_queued = !world_.setup.strategy.power_limits_orders;
    if ((!is_made && !is_queued) || plant.market.trend || !is_plain(plant)) return;
    world_.may_wait = true;
    plant.supply.production = {};
    world_.setup.strategy.power_limits_orders = true;
    const std::string what = is_made ? is_queued ? "production or power" : "production" : "power";
    world_.eased.push_back(
        "what waits for " + what +
        " is counted by intervals, and each unit computes as if it came at the best instant of its own");
  }

  void ease_scale() {
    fleet::Plant& plant = world_.setup.plant;
    models::ThroughputLaw& law = plant.operations.throughput;
    const bool is_final = request_.objective == fleet::Metric::final_loss && request_.then == TieBreak::none;
    const bool has_capacity = std::any_of(plant.initial.begin(), plant.initial.end(),
                                          [](const fleet::InitialCohort& each) { return each.capacity > 0; });
    if (!law.active() || plant.market.trend || !is_plain(plant) || !is_final || has_capacity) return;
    world_.scale = models::power_of_scale(law);
    if (!world_.scale) return;
    law.relative = nullptr;
    world_.eased.emplace_back("utilisation falls with scale as if every accelerator were the best of all");
  }

  const PlanRequest& request_;
  RelaxedWorld world_;
};

void ease_prices(PlanProblem& problem, const std::vector<models::AcceleratorType>& types) {
  for (PurchaseColumn& column : problem.columns) {
    const models::AcceleratorType& type = types[column.type];
    const double most = type.affordable(problem.money.usd(), problem.setup.horizon.end) * (1 + 1e-9);
    // Rounded down, so that rounding never makes it dearer than it can be.
    const core::Money least = core::Money::from_usd(type.cost(column.at, most) * (1 - 1e-9));
    column.price = std::max(core::Money::from_micros(1), std::min(column.price, least));
  }
}

}  // namespace

RelaxedWorld relaxed_world(const fleet::StrategySetup& setup, const PlanRequest& request) {
  return Easing(setup, request).ease();
}

void ease_columns(const RelaxedWorld& world, const fleet::StrategySetup& truth, PlanProblem& problem,
                  PlanProblem& raced) {
  if (world.has_own_learning) ease_prices(problem, truth.plant.market.types);
  if (world.may_wait) split_by_arrival(truth, problem, raced);
}

}  // namespace fleetrace::study
