#include "fleetrace/models/theory/refresh.hpp"

#include <algorithm>
#include <vector>

#include "fleetrace/core/math.hpp"
#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

constexpr std::size_t kPower = 0;  // nameplate IT power of the whole fleet [W]
constexpr std::size_t kSlots = 1;
constexpr std::int64_t kMostOptimal = 1'000;

/// One slot an interval: what is `slots` intervals old leaves, and its share of the power is bought anew.
Decision review_staggered(const PurchasePlan& plan, const Observation& seen) {
  Decision decision{seen.budget, next_regular(plan, seen)};
  const double slots = plan.coefficients[kSlots];
  decision.fleet_power = plan.coefficients[kPower];
  decision.order_power = plan.coefficients[kPower] / slots;
  decision.retire_ordered_by = seen.now - plan.every * static_cast<std::int64_t>(slots);
  return decision;
}

/// The whole power at once, at the dates that are optimal if FLOP/s per W grows as it is known to.
Decision review_optimal(const PurchasePlan& plan, const Observation& seen) {
  double growth = seen.offer.efficiency;
  if (seen.outlook.releases) {
    const ReleaseLaw& law = seen.outlook.releases->law;
    growth += core::log(law.efficiency_jump) / law.cadence.years();
  }
  const std::vector<double> intervals = theory::refresh_intervals(
      std::max(0.0, growth), (seen.end - seen.start).years(), static_cast<int>(plan.coefficients[kSlots]));
  Decision decision{seen.budget, core::Time::latest()};
  decision.fleet_power = plan.coefficients[kPower];
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

PurchasePlan resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (!check_has_power(spec, request, diagnostics)) return {};
  const auto refuse = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add({spec.value(key).where, request.path + '.' + key, std::move(problem), std::move(reason),
                     std::move(suggestion)});
    return PurchasePlan{};
  };
  PurchasePlan plan;
  const std::int64_t slots = spec.count("slots");
  const core::Duration length = request.end - request.start;
  plan.coefficients[kPower] = spec.number("power");
  plan.coefficients[kSlots] = static_cast<double>(slots);
  plan.first_review = request.start;
  if (spec.text("timing") == "optimal") {
    if (!spec.value("age").preset) {
      return refuse("age", "there is no age to retire at", "timing: optimal sets its own intervals",
                    "Leave it out, or write timing: staggered.");
    }
    if (slots > kMostOptimal) {
      return refuse("slots", "there are more than 1000 purchases to find dates for",
                    "each review works out all of them anew", "Use fewer, or timing: staggered.");
    }
    plan.review = review_optimal;
    plan.reviews = slots;
    plan.every = core::Duration::from_milliseconds(length.milliseconds() / slots);
    return plan;
  }
  const core::Duration age = spec.duration("age");
  plan.every = core::Duration::from_milliseconds(age.milliseconds() / slots);
  if (plan.every < core::kMillisecond) {
    return refuse("slots", "there are more slots than milliseconds in the age",
                  "each slot is reviewed once in that time", "Use fewer slots.");
  }
  plan.reviews = (length - core::kMillisecond) / plan.every + 1;
  if (plan.reviews > kMostReviews) {
    return refuse("age", "there would be " + std::to_string(plan.reviews) + " reviews",
                  "more than a million are not run", "Use fewer slots, a higher age or a shorter horizon.");
  }
  plan.review = review_staggered;
  return plan;
}

}  // namespace

const PurchaseEntry kRefresh{
    core::Entry{
        .name = "refresh",
        .summary =
            "Keeps a constant power of young hardware: retires it at an age, before the end of its life, and rebuys.",
        .parameters = with_common_keys({
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
                        "eta D_i = 1 - e^(-eta D_(i-1)), eta the known growth of FLOP/s per W",
             .shape = core::Shape::choice,
             .preset = "staggered",
             .choices = {"staggered", "optimal"}},
        }),
        .scope =
            "Old hardware leaves when its replacement is ordered, so a lead time leaves its slot empty, and it leaves whether "
            "or not the budget still pays for a replacement. It is sold where operations.resale says so. The optimal intervals maximise physical "
            "compute at constant power: they know of no price, no algorithmic progress and no lead time.",
    },
    resolve};

}  // namespace fleetrace::models
