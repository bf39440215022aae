#include "models/theory/refresh.hpp"

#include <algorithm>
#include <vector>

#include "models/purchase/purchase_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr std::size_t kPower = 0;  // nameplate IT power of the whole fleet [W]
constexpr std::size_t kSlots = 1;
constexpr std::int64_t kMostOptimal = 1'000;

/// Renews one slot of the power at each interval: hardware that is `slots` intervals old retires and is replaced.
Decision review_staggered(const PurchasePolicy& policy, const Observation& seen) {
  Decision decision{seen.budget, next_regular(policy, seen)};
  const double slots = policy.coefficients[kSlots];
  decision.fleet_power = policy.coefficients[kPower];
  decision.order_power = policy.coefficients[kPower] / slots;
  decision.retire_ordered_by = seen.now - policy.every * static_cast<std::int64_t>(slots);
  return decision;
}

/// Renews the whole power at once, on the dates that are optimal for the believed growth of FLOP/s per W.
Decision review_optimal(const PurchasePolicy& policy, const Observation& seen) {
  double growth = seen.offer.efficiency;
  if (seen.outlook.releases) {
    const ReleaseLaw& law = seen.outlook.releases->law;
    growth += core::log(law.efficiency_jump) / law.cadence.years();
  }
  const std::vector<double> intervals = theory::refresh_intervals(
      std::max(0.0, growth), (seen.end - seen.start).years(), static_cast<int>(policy.coefficients[kSlots]));
  Decision decision{seen.budget, core::Time::latest()};
  decision.fleet_power = policy.coefficients[kPower];
  decision.retire_ordered_by = seen.now;
  double sum = 0;
  for (std::size_t i = 0; i + 1 < intervals.size(); ++i) {
    sum += intervals[i];
    const core::Time date = seen.start + core::Duration::from_years(sum);
    if (date > seen.now) {
      decision.next_review = date;
      break;
    }
  }
  return decision;
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (!check_has_power(spec, request, diagnostics)) return {};
  const auto refuse = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add({spec.value(key).where, request.path + '.' + key, std::move(problem), std::move(reason),
                     std::move(suggestion)});
    return PurchasePolicy{};
  };
  PurchasePolicy policy;
  const std::int64_t slots = spec.count("slots");
  const core::Duration length = request.end - request.start;
  policy.coefficients[kPower] = spec.number("power");
  policy.coefficients[kSlots] = static_cast<double>(slots);
  policy.first_review = request.start;
  if (spec.text("timing") == "optimal") {
    if (!spec.value("age").preset) {
      return refuse("age", "there is no age to retire at", "timing: optimal sets its own intervals",
                    "Leave it out, or write timing: staggered.");
    }
    if (slots > kMostOptimal) {
      return refuse("slots", "there are more than 1000 purchases to find dates for",
                    "each review works out all of them anew", "Use fewer, or timing: staggered.");
    }
    policy.review = review_optimal;
    policy.reviews = slots;
    policy.every = core::Duration::from_milliseconds(length.milliseconds() / slots);
    return policy;
  }
  const core::Duration age = spec.duration("age");
  policy.every = core::Duration::from_milliseconds(age.milliseconds() / slots);
  if (policy.every < core::kMillisecond) {
    return refuse("slots", "there are more slots than milliseconds in the age",
                  "each slot is reviewed once in that time", "Use fewer slots.");
  }
  policy.reviews = (length - core::kMillisecond) / policy.every + 1;
  if (policy.reviews > kMostReviews) {
    return refuse("age", "there would be " + std::to_string(policy.reviews) + " reviews",
                  "more than a million are not run", "Use fewer slots, a higher age or a shorter horizon.");
  }
  policy.review = review_staggered;
  return policy;
}

}  // namespace

const PurchaseEntry kRefresh{
    core::Entry{
        .name = "refresh",
        .summary =
            "Keeps a constant power of young hardware: retires it at an age, before the end of its life, and rebuys.",
        .parameters = with_beliefs({
            {.name = "power",
             .summary = "nameplate IT power of the fleet, orders included; without PUE, unlike the power of a site",
             .dimension = core::Dimension::power,
             .range = core::above_up_to(0, 1e12),
             .required = true},
            {.name = "age",
             .summary = "age since its order at which hardware is replaced (timing: staggered)",
             .dimension = core::Dimension::duration,
             .range = core::at_least(1),
             .preset = "5 yr",
             .source = "service life from 2023 on; Cottier et al. 2024, arXiv:2405.21015, cost model of Epoch AI"},
            {.name = "slots",
             .summary = "parts of the power that are bought in turn, or, with timing: optimal, how often all of it is",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e4),
             .preset = "4",
             .source = "the team's assumption",
             .verified = false},
            {.name = "timing",
             .summary = "staggered: a slot every age/slots; optimal: the whole power at the intervals D_i of "
                        "eta D_i = 1 - e^(-eta D_(i-1)), eta the believed growth of FLOP/s per W",
             .shape = core::Shape::choice,
             .preset = "staggered",
             .choices = {"staggered", "optimal"}},
        }),
        .scope =
            "A slot that could not buy all of its power, because no whole accelerator, lot or budget fitted, leaves the rest to the "
            "next. Old hardware leaves when its replacement is ordered, so a lead time leaves its slot empty, and it leaves whether "
            "or not the budget still pays for a replacement. It is sold where operations.resale says so. The optimal intervals maximise physical "
            "compute at constant power: they know of no price, no algorithmic progress and no lead time.",
    },
    resolve};

}  // namespace fleetrace::models
