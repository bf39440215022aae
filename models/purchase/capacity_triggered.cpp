#include <algorithm>
#include <cmath>

#include "models/purchase/purchase_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr std::size_t kLoad = 0;   // load at the start [useful FLOP/s]
constexpr std::size_t kTheta = 1;  // utilisation of capacity by load above which the strategy buys
constexpr std::size_t kUpTo = 2;   // capacity after a purchase over load

double load_at(const PurchasePolicy& policy, const Observation& seen) {
  return policy.coefficients[kLoad] * core::exp(policy.growth * (seen.now - seen.start).years());
}

/// By how much a load is believed to have grown when what is ordered now arrives.
double growth_until_arrival(const Observation& seen, double growth) {
  return core::exp(growth * seen.outlook.lead_time.years());
}

/// Compares the load on arrival with what serving carries, which includes old accelerators that were handed down to it, and buys
/// what is missing.
Decision review_serving(const PurchasePolicy& policy, const Observation& seen) {
  const ServingView& serving = *seen.serving;
  Decision decision{seen.budget, next_regular(policy, seen)};
  const double load = serving.load * growth_until_arrival(seen, serving.growth);
  const bool buys = load > policy.coefficients[kTheta] * serving.carried && serving.per_capacity > 0;
  const double missing = policy.coefficients[kUpTo] * load - serving.carried;
  decision.fleet_capacity = buys ? seen.fleet.capacity + missing / serving.per_capacity : 0;
  return decision;
}

Decision review(const PurchasePolicy& policy, const Observation& seen) {
  const double load = load_at(policy, seen) * growth_until_arrival(seen, policy.believed_growth);
  const double theta = policy.coefficients[kTheta];
  const double capacity = seen.fleet.capacity * seen.outlook.utilisation;
  const bool buys = load > theta * capacity;
  Decision decision{seen.budget, next_regular(policy, seen)};
  decision.fleet_capacity = buys ? policy.coefficients[kUpTo] * load / seen.outlook.utilisation : 0;
  // The load is known, and the date of the next trigger as far as its growth is. Reviews a millisecond after it, so that
  // rounding does not miss it.
  const double margin = buys ? theta * policy.coefficients[kUpTo] : theta * capacity / load;
  const double years = policy.believed_growth > 0 ? core::log(margin) / policy.believed_growth : policy.every.years();
  if (years < policy.every.years()) {
    const core::Duration least = core::Duration::from_milliseconds((seen.end - seen.start).milliseconds() /
                                                                   kMostReviews);
    decision.next_review = seen.now + std::max(least, core::Duration::from_years(years)) + core::kMillisecond;
  }
  return decision;
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePolicy policy = regular_reviews(spec, request, review, diagnostics);
  if (policy.review == nullptr) return policy;
  const bool is_serving = std::holds_alternative<std::string>(spec.value("load").data);
  policy.growth = policy.believed_growth = spec.number("growth");
  policy.coefficients[kLoad] = is_serving ? 0 : spec.number("load");
  policy.coefficients[kTheta] = spec.number("theta");
  policy.coefficients[kUpTo] = spec.number("up_to");
  const auto refuse = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add({spec.value(key).where, request.path + '.' + key, std::move(problem), std::move(reason),
                     std::move(suggestion)});
    return PurchasePolicy{};
  };
  const double margin = policy.coefficients[kTheta] * policy.coefficients[kUpTo];
  if (!(margin > 1)) {
    return refuse("up_to", "a purchase would leave load over capacity at theta or above",
                  "1/up_to must be below theta, or the next purchase would be due at once",
                  "Raise up_to above 1/theta.");
  }
  if (is_serving) {
    policy.review = review_serving;
    if (!request.has_demand) {
      return refuse("load", "there is no serving to buy for", "the scenario has no demand section",
                    "Add one, such as demand: {load: 1e18 FLOP/s, doubling: 1 yr}, or state a load.");
    }
    if (spec.value("growth").source_text != spec.entry->find("growth")->preset) {
      return refuse("growth", "the demand section says how the load grows", "it would be ignored", "Leave it out.");
    }
    return policy;
  }
  const double years = (request.end - request.start).years();
  const double last = policy.coefficients[kLoad] * core::exp(policy.growth * years);
  if (!(last < 1e100 && last > 1e-100)) {
    return refuse("growth", "the load would leave the range of numbers",
                  "it should stay between 1e-100 and 1e100 FLOP/s", "Slow its growth or shorten the horizon.");
  }
  const double purchases = std::max(0.0, policy.growth * years / core::log(margin));
  if (!(purchases + static_cast<double>(policy.reviews) <= static_cast<double>(kMostReviews))) {
    return refuse("up_to", "there would be more than a million reviews",
                  "load grows by theta x up_to between purchases",
                  "Raise up_to, slow the growth or lengthen the interval.");
  }
  policy.reviews += static_cast<std::int64_t>(purchases);
  return policy;
}

}  // namespace

const PurchaseEntry kCapacityTriggered{
    core::Entry{
        .name = "capacity_triggered",
        .summary =
            "Buys when the load by the time of arrival, over capacity, exceeds theta, up to a multiple of it: an (s, S) rule.",
        .parameters = with_beliefs({
            load_or_serving(),
            load_growth(),
            {.name = "theta",
             .summary =
                 "load on arrival over capacity above which it buys; capacity is what is useful, orders included",
             .range = core::above_up_to(0, 1),
             .preset = "0.85",
             .source = "the team's assumption",
             .verified = false},
            {.name = "up_to",
             .summary = "capacity after a purchase, as a multiple of the load on arrival; above 1/theta",
             .range = core::above_up_to(1, 1e6),
             .preset = "2",
             .source = "the team's assumption",
             .verified = false},
            review_interval("1 months", "the team's assumption"),
        }),
        .scope =
            "What it buys is rounded down to whole accelerators, with a lot up to whole lots. A review that its own load triggers "
            "starts the interval anew. Demand is a smooth exponential in useful FLOP/s at today's algorithms, and nothing happens to demand that is not "
            "met. Purchases are ln(theta x up_to)/growth apart while nothing retires and money lasts. It looks at each "
            "interval and when its own load will reach theta. With load: serving it buys for the scenario's demand, at reviews alone: "
            "load over what serving carries within its target, and of what it buys only serving's share helps. growth is not used "
            "then. It looks its believed lead time ahead, by the growth that it believes in; what retires until then it does not "
            "foresee.",
    },
    resolve, believe_growth};

}  // namespace fleetrace::models
