#include "sim/study/optimise/relaxation.hpp"

#include <algorithm>

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

  /// Production and power that hold units up. What comes later computes less, or at best as much as it does when it comes so that its
  /// life ends with the horizon.
  void ease_waiting() {
    fleet::Plant& plant = world_.setup.plant;
    const bool is_made = plant.supply.production.is_limited() && !plant.market.trend;
    const bool is_queued = !world_.setup.strategy.power_limits_orders;
    const bool retires = std::any_of(plant.market.types.begin(), plant.market.types.end(), [&](const auto& type) {
      return plant.retires(static_cast<std::size_t>(&type - plant.market.types.data()), world_.setup.horizon.start) <
             world_.setup.horizon.end;
    });
    if ((!is_made && !is_queued) || plant.market.trend || !is_plain(plant)) return;
    if (retires && request_.objective == fleet::Metric::mean_loss) return;
    world_.may_wait = true;
    if (is_made) {
      plant.supply.production = {};
      world_.eased.emplace_back("production holds nothing up");
    }
    if (is_queued) {
      world_.setup.strategy.power_limits_orders = true;
      world_.eased.emplace_back("power holds nothing up that has been ordered, but for what stands at the end");
    }
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

/// Integral of the algorithm's multiplier [s].
double multiplier(const fleet::Trajectory& trajectory, double from, double to) {
  const std::vector<fleet::Trajectory::Segment>& segments = trajectory.segments();
  double years = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const double begins = std::max(from, segments[i].from_years);
    const double ends = i + 1 < segments.size() ? std::min(to, segments[i + 1].from_years) : to;
    if (begins < ends) years += trajectory.elapsed(segments[i], begins, ends);
  }
  return years * core::kYear.seconds();
}

void ease_prices(PlanProblem& problem, const std::vector<models::AcceleratorType>& types) {
  for (PurchaseColumn& column : problem.columns) {
    const models::AcceleratorType& type = types[column.type];
    const double most = type.affordable(problem.money.usd(), problem.setup.horizon.end) * (1 + 1e-9);
    // Rounded down, so that rounding never makes it dearer than it can be.
    const core::Money least = core::Money::from_usd(type.cost(column.at, most) * (1 - 1e-9));
    column.price = std::max(core::Money::from_micros(1), std::min(column.price, least));
  }
}

void ease_arrivals(PlanProblem& problem) {
  const fleet::Horizon& horizon = problem.setup.horizon;
  const double end = horizon.years_at(horizon.end);
  problem.site_rows = SiteRows::last;
  for (PurchaseColumn& column : problem.columns) {
    if (column.leaves >= horizon.end) continue;
    problem.site_rows = SiteRows::none;
    double rate = 0;
    double most = 0;
    for (const RateChange& change : column.changes) most = std::max(most, rate += change.rate);
    const double latest = end - (column.leaves - column.arrives).years();
    column.effective = std::max(column.effective, most * multiplier(problem.base.trajectory, latest, end));
  }
}

}  // namespace

RelaxedWorld relaxed_world(const fleet::StrategySetup& setup, const PlanRequest& request) {
  return Easing(setup, request).ease();
}

void ease_columns(const RelaxedWorld& world, const fleet::StrategySetup& truth, PlanProblem& problem) {
  if (world.has_own_learning) ease_prices(problem, truth.plant.market.types);
  if (world.may_wait) ease_arrivals(problem);
}

}  // namespace fleetrace::study
