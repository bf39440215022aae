#include "sim/scenario/resolve/numeric_limits_check.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/fleet/reliability/may_batch_failures.hpp"

namespace fleetrace::scenario {
namespace {

// Sums of milliwatts stay in 64 bits, and products of a few figures in the range of double.
constexpr double kMostWatts = 4e15;
constexpr double kMost = 1e280;
constexpr double kLeast = 1e-200;
constexpr double kMostComparisons = 1e8;
// Of events and clocks that are kept: some hundred bytes each.
constexpr double kMostDraws = 2e6;
// Of failures that are settled together: nothing is kept of each, but each takes time.
constexpr double kMostGathered = 1e8;
constexpr double kMostYears = 5'000;  // of a horizon with a bucket for each 18.6 hours
constexpr double kMostSteps = 2e7;    // of batches that turn over: nothing is kept of each
constexpr double kMostDevices = 1e7;
constexpr double kMostDomains = 1e6;
constexpr double kMostBatches = 100;  ///< as far as their last domains and their steps are reckoned with
constexpr double kLeastGap = 10;      ///< between events [ms], far above the resolution of time

/// The most that a fleet can come to.
struct Extent {
  double watts = 0;         ///< nameplate
  double peak = 0;          ///< FLOP/s
  double accelerators = 0;  ///< over the whole horizon
};

core::Time last_review(const models::PurchasePolicy& setup, core::Time end) {
  if (!setup.installments.empty()) return setup.installments.back().at;
  if (!setup.orders.empty()) return setup.orders.back().at;
  return setup.reviews > 1 ? std::min(end, setup.first_review + setup.every * (setup.reviews - 1)) : setup.first_review;
}

Extent initial_extent(const fleet::Plant& plant) {
  Extent extent;
  for (const fleet::InitialCohort& cohort : plant.initial) {
    if (cohort.capacity > 0) {
      extent.peak += cohort.capacity;
      extent.watts += cohort.capacity * (plant.market.trend ? plant.market.trend->power_per_flops : 0);
    } else {
      const models::AcceleratorType& type = plant.market.types[cohort.type];
      extent.accelerators += static_cast<double>(cohort.count);
      extent.peak += static_cast<double>(cohort.count) * type.peak;
      extent.watts += static_cast<double>(cohort.count) * type.nameplate_power;
    }
  }
  return extent;
}

/// What a strategy rents by number, as if all of it at once.
Extent rented_extent(const fleet::StrategySetup& one) {
  Extent extent;
  for (const fleet::PlannedRent& rent : one.strategy.rents) {
    const models::AcceleratorType& type = one.plant.market.types[rent.type];
    const auto count = static_cast<double>(rent.count);
    extent.accelerators += count;
    extent.peak += count * type.peak;
    extent.watts += count * type.nameplate_power;
  }
  return extent;
}

/// How many FLOP/s are rented at once, at most, for what one costs.
double rented_for_one(const fleet::StrategySetup& one) {
  if (one.strategy.rented == 0) return 1;
  const models::RentalLaw& law = *one.plant.rental;
  double rate = law.rate;
  if (rate == 0) {
    // A price of a FLOP/s over what it costs to buy, at the ends of the horizon, which are extreme.
    const models::Market& market = one.plant.market;
    const double years = one.horizon.years_at(one.horizon.end);
    double dearest = 0;
    for (const core::Time at : {one.horizon.start, one.horizon.end}) {
      if (market.trend) dearest = std::max(dearest, 1 / market.trend->price_performance_at(at));
      for (std::size_t i = 0; i < market.on_sale; ++i)
        dearest = std::max(dearest, market.types[i].cost(at) / market.types[i].peak);
    }
    rate = law.per_flops * std::min(1.0, core::exp(-law.decline * years)) / dearest;
  }
  return std::max(1.0, 1 / (rate * law.term.years()));
}

/// What the whole budget buys of whatever gives most for it. Prices and trends are monotone: they are extreme at the
/// first or at the last purchase, or where they are quoted, on those dates.
Extent bought_extent(const fleet::StrategySetup& one) {
  const models::PurchasePolicy& setup = one.strategy.policy;
  const core::Time last = last_review(setup, one.horizon.end);
  const models::Market& market = one.plant.market;
  const double usd = one.strategy.budget ? one.strategy.budget->usd() : 0;
  const double by_rent = rented_for_one(one);
  Extent extent;
  const auto consider = [&extent, by_rent](double units, double watts, double peak) {
    extent.watts = std::max(extent.watts, units * watts);
    extent.peak = std::max(extent.peak, units * peak * by_rent);
  };
  if (market.trend) {
    for (const core::Time at : {setup.first_review, last}) {
      const double per_usd = market.trend->price_performance_at(at);
      if (!(per_usd > kLeast)) return {0, kMost};
      consider(usd * per_usd, market.trend->power_per_flops_at(at), 1);
    }
    return extent;
  }
  for (std::size_t i = 0; i < market.on_sale; ++i) {
    const models::AcceleratorType& type = market.types[i];
    if (type.released > last) continue;
    const core::Time first = std::max(setup.first_review, type.released);
    double affordable = std::max(type.affordable(usd, first), type.affordable(usd, last));
    if (type.price.quotes) {
      for (const double years : type.price.quotes->years)
        affordable = std::max(affordable, type.affordable(usd, type.priced + core::Duration::from_years(years)));
    }
    const double units = std::min(affordable, usd * 1e6);
    extent.accelerators = std::max(extent.accelerators, units * by_rent);
    consider(units, type.nameplate_power, type.peak);
  }
  return extent;
}

/// Where failures or interruptions are events, there must not be more than can be kept.
void check_draws(const fleet::StrategySetup& one, double accelerators, const core::Location& where,
                 const std::string& path, core::Diagnostics& diagnostics) {
  const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
    diagnostics.add({where, path, problem, reason, suggestion});
  };
  const fleet::Operations& operations = one.plant.operations;
  for (std::size_t i = 0; i < operations.failures.domains.size() && accelerators > 0; ++i) {
    if (static_cast<double>(operations.failures.domains[i].size) <= accelerators + 1) continue;
    refuse("a failure domain is larger than the fleet can come to be",
           "all of it would go out together, and the rest of the domain is not there",
           "Correct its size, or leave operations.failures.domains out.");
    break;
  }
  const auto length = static_cast<double>((one.horizon.end - one.horizon.start).milliseconds());
  if (const models::FailureLaw& law = operations.failures; law.drawn()) {
    static constexpr const char* kSuggestion =
        "Choose operations.failures.fidelity: expected, or a smaller fleet or a shorter horizon.";
    // Lemons fail oftener.
    const double cycle = law.lemons > 0 ? 1 / ((1 - law.lemons) / (law.good.life.mean + law.repair.mean) +
                                               law.lemons / (law.lemon.life.mean + law.repair.mean))
                                        : law.life.mean + law.repair.mean;
    // What is never repaired fails once.
    const double expected = accelerators * (std::isinf(law.repair.mean) ? 1 : length / cycle + law.repair.mean / cycle);
    const bool turns_over = law.fidelity == models::Fidelity::aggregate && law.domains.empty() && law.lemons == 0 &&
                            law.life.is_memoryless() && law.repair.is_memoryless() && law.repair.mean > 0;
    const double steps = 8 * length * (1 / law.life.mean + 1 / law.repair.mean);
    const double failures = turns_over && kMostBatches * steps < kMostSteps ? 0 : expected;
    double domains = 0;
    double outages = 0;
    for (const models::FailureDomain& each : law.domains) {
      // A batch ends with a smaller one.
      const double number = accelerators / static_cast<double>(each.size) + kMostBatches;
      domains += number;
      outages += number * (length / (each.life.mean + each.repair.mean) + 1);
    }
    if (law.fidelity == models::Fidelity::device && accelerators > kMostDevices) {
      refuse("more than 10 million accelerators could be bought", "each has a clock in memory (fidelity: device)",
             "Choose operations.failures.fidelity: aggregate, or a lower budget.");
    } else if (law.fidelity == models::Fidelity::device && one.horizon.years_at(one.horizon.end) > kMostYears) {
      refuse("the horizon is longer than 5,000 years",
             "the clocks of accelerators have a place for each 18.6 hours of it (fidelity: device)",
             "Choose operations.failures.fidelity: aggregate or expected, or a shorter horizon.");
    } else if (failures > kMostGathered) {
      refuse("more than 100 million failures could be drawn", "each is an event", kSuggestion);
    } else if (failures > kMostDraws && !may_batch_failures(one.plant)) {
      refuse("more than 2 million failures could be drawn",
             "each is an event that changes what the fleet does, and is kept", kSuggestion);
    } else if (domains > kMostDomains) {
      refuse("more than a million failure domains could be bought", "each has a clock in memory",
             "Choose operations.failures.fidelity: expected, larger domains or a lower budget.");
    } else if (outages > kMostDraws) {
      refuse("more than 2 million outages could be drawn", "each is an event that changes the fleet", kSuggestion);
    } else if (accelerators * kLeastGap > law.life.mean) {
      refuse("failures could come less than 10 ms apart", "time is counted in milliseconds", kSuggestion);
    }
  }
  if (!operations.job || !operations.job->drawn) return;
  static constexpr const char* kSuggestion = "Choose operations.job.fidelity: expected.";
  if (accelerators * length / operations.job->mtbf > kMostDraws) {
    refuse("more than 2 million interruptions could be drawn", "each is an event that changes what the fleet does",
           kSuggestion);
  } else if (accelerators * kLeastGap > operations.job->mtbf) {
    refuse("interruptions could come less than 10 ms apart", "time is counted in milliseconds", kSuggestion);
  }
}

}  // namespace

void check_numeric_limits(const fleet::StrategySetup& one, const core::Location& where, const std::string& path,
                          core::Diagnostics& diagnostics) {
  const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
    diagnostics.add({where, path, problem, reason, suggestion});
  };
  const models::PurchasePolicy& setup = one.strategy.policy;
  const Extent initial = initial_extent(one.plant);
  const Extent bought = setup.review == nullptr || setup.first_review >= one.horizon.end ? Extent{}
                                                                                         : bought_extent(one);
  const Extent rented = rented_extent(one);
  // Not-a-number fails every comparison, so each is written to be true where all is well.
  if (!(initial.watts + bought.watts + rented.watts < kMostWatts)) {
    return refuse("the fleet could come to draw more than 4e15 W", "power is counted in milliwatt up to that",
                  "Lower the budget, the initial fleet or the growth, or shorten the horizon.");
  }
  check_draws(one, initial.accelerators + bought.accelerators + rented.accelerators, where, path, diagnostics);
  const double years = one.horizon.years_at(one.horizon.end);
  const double compute = (initial.peak + bought.peak + rented.peak) * years * core::kYear.seconds() *
                         std::max(1.0, one.plant.final_multiplier(years));
  const fleet::Reference& reference = one.loss.reference;
  const double least = std::min({reference.compute, reference.useful_flop, reference.peak_flop});
  if (!(compute < kMost && compute / least < kMost)) {
    return refuse("compute could leave the range of numbers",
                  "FLOP, and their ratio to the reference, are counted from 1e-200 to 1e280",
                  "Change the growth or shorten the horizon.");
  }
  if (!(static_cast<double>(setup.reviews) * static_cast<double>(one.plant.market.on_sale) < kMostComparisons)) {
    refuse("prices would be compared more than 100 million times", "each review looks at everything on sale",
           "Lengthen the interval or the cadence.");
  }
}

}  // namespace fleetrace::scenario
