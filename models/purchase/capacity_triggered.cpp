#include <algorithm>
#include <cmath>

#include "fleetrace/core/math.hpp"
#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

constexpr std::size_t kLoad = 0;   // useful FLOP/s at the start
constexpr std::size_t kTheta = 1;  // utilisation above which it buys
constexpr std::size_t kUpTo = 2;   // capacity after a purchase over load

double load_at(const PurchasePlan& plan, const Observation& seen) {
  return plan.coefficients[kLoad] * core::exp(plan.growth * (seen.now - seen.start).years());
}

/// Serving's load over what it carries, old accelerators that serve beside their share included: it buys what is missing.
Decision review_serving(const PurchasePlan& plan, const Observation& seen) {
  const ServingView& serving = *seen.serving;
  Decision decision{seen.budget, next_regular(plan, seen)};
  const bool buys = serving.load > plan.coefficients[kTheta] * serving.carried && serving.per_capacity > 0;
  const double missing = plan.coefficients[kUpTo] * serving.load - serving.carried;
  decision.fleet_capacity = buys ? seen.fleet.capacity + missing / serving.per_capacity : 0;
  return decision;
}

Decision review(const PurchasePlan& plan, const Observation& seen) {
  const double load = load_at(plan, seen);
  const double theta = plan.coefficients[kTheta];
  const double capacity = seen.fleet.capacity * seen.outlook.utilisation;
  const bool buys = load > theta * capacity;
  Decision decision{seen.budget, next_regular(plan, seen)};
  decision.fleet_capacity = buys ? plan.coefficients[kUpTo] * load / seen.outlook.utilisation : 0;
  // Demand is its own forecast, so the date of the next trigger is known; a review in time for it, a millisecond late so that
  // rounding does not miss it.
  const double margin = buys ? theta * plan.coefficients[kUpTo] : theta * capacity / load;
  const double years = plan.growth > 0 ? core::log(margin) / plan.growth : plan.every.years();
  if (years < plan.every.years()) {
    const core::Duration least = core::Duration::from_milliseconds((seen.end - seen.start).milliseconds() /
                                                                   kMostReviews);
    decision.next_review = seen.now + std::max(least, core::Duration::from_years(years)) + core::kMillisecond;
  }
  return decision;
}

PurchasePlan resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePlan plan = regular_reviews(spec, request, review, diagnostics);
  if (plan.review == nullptr) return plan;
  const bool is_serving = std::holds_alternative<std::string>(spec.value("load").data);
  plan.growth = spec.number("growth");
  plan.coefficients[kLoad] = is_serving ? 0 : spec.number("load");
  plan.coefficients[kTheta] = spec.number("theta");
  plan.coefficients[kUpTo] = spec.number("up_to");
  const auto refuse = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add({spec.value(key).where, request.path + '.' + key, std::move(problem), std::move(reason),
                     std::move(suggestion)});
    return PurchasePlan{};
  };
  const double margin = plan.coefficients[kTheta] * plan.coefficients[kUpTo];
  if (!(margin > 1)) {
    return refuse("up_to", "a purchase would leave load over capacity at theta or above",
                  "1/up_to must be below theta, or the next purchase would be due at once",
                  "Raise up_to above 1/theta.");
  }
  if (is_serving) {
    plan.review = review_serving;
    if (!request.has_demand) {
      return refuse("load", "there is no serving to buy for", "the scenario has no demand section",
                    "Add one, such as demand: {load: 1e18 FLOP/s, doubling: 1 yr}, or state a load.");
    }
    if (spec.value("growth").written != spec.entry->find("growth")->preset) {
      return refuse("growth", "the demand section says how the load grows", "it would be ignored", "Leave it out.");
    }
    return plan;
  }
  const double years = (request.end - request.start).years();
  const double last = plan.coefficients[kLoad] * core::exp(plan.growth * years);
  if (!(last < 1e100 && last > 1e-100)) {
    return refuse("growth", "the load would leave the range of numbers",
                  "it should stay between 1e-100 and 1e100 FLOP/s", "Slow its growth or shorten the horizon.");
  }
  const double purchases = std::max(0.0, plan.growth * years / core::log(margin));
  if (!(purchases + static_cast<double>(plan.reviews) <= static_cast<double>(kMostReviews))) {
    return refuse("up_to", "there would be more than a million reviews",
                  "load grows by theta x up_to between purchases",
                  "Raise up_to, slow the growth or lengthen the interval.");
  }
  plan.reviews += static_cast<std::int64_t>(purchases);
  return plan;
}

}  // namespace

const PurchaseEntry kCapacityTriggered{
    core::Entry{
        .name = "capacity_triggered",
        .summary = "Buys when load over capacity exceeds theta, up to a multiple of the load: an (s, S) rule.",
        .parameters = with_common_keys({
            load_or_serving(),
            load_growth(),
            {.name = "theta",
             .summary = "load over capacity above which it buys; capacity is what is useful, orders included",
             .range = core::above_up_to(0, 1),
             .preset = "0.85",
             .source = "the team's assumption",
             .verified = false},
            {.name = "up_to",
             .summary = "capacity after a purchase, as a multiple of the load then; above 1/theta",
             .range = core::above_up_to(1, 1e6),
             .preset = "2",
             .source = "the team's assumption",
             .verified = false},
            review_interval("1 months", "the team's assumption"),
        }),
        .scope =
            "Demand is a smooth exponential in useful FLOP/s at today's algorithms, and nothing happens to demand that is not "
            "met. Purchases are ln(theta x up_to)/growth apart while nothing retires and money lasts. It looks at each "
            "interval and when its own load will reach theta. With load: serving it buys for the scenario's demand, at reviews alone: "
            "load over what serving carries within its target, and of what it buys only serving's share helps. growth is not used "
            "then.",
    },
    resolve};

}  // namespace fleetrace::models
