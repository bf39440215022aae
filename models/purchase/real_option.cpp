#include "models/theory/real_option.hpp"

#include "models/purchase/purchase_entries.hpp"
#include "sim/core/numeric/fit.hpp"

namespace fleetrace::models {
namespace {

constexpr double kMostPatience = 1e6;
constexpr std::size_t kWanted = 0;  // FLOP/s per USD at which the strategy invests

Decision review(const PurchasePolicy& policy, const Observation& seen) {
  if (is_spent(seen)) return {seen.released};
  Decision decision{seen.released, next_regular(policy, seen)};
  if (core::fits(policy.coefficients[kWanted], seen.offer.flops_per_usd)) decision.released = seen.budget;
  return decision;
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePolicy policy = regular_reviews(spec, request, review, diagnostics);
  const double threshold = theory::option_threshold(
      {spec.number("interest"), spec.number("payout"), spec.number("volatility")});
  policy.coefficients[kWanted] = spec.number("break_even") * threshold;
  if (threshold < kMostPatience) return policy;
  diagnostics.add({spec.value("payout").where, request.path + ".payout", "it would never invest",
                   "value over cost would have to exceed a million", "Raise the payout or lower the volatility."});
  return {};
}

}  // namespace

const PurchaseEntry kRealOption{
    core::Entry{
        .name = "real_option",
        .summary =
            "Keeps the option to invest until value over cost reaches beta/(beta - 1), then spends the whole budget.",
        .parameters = with_beliefs({
            {.name = "break_even",
             .summary =
                 "FLOP/s per USD at which hardware is worth just what it costs (V = I); value over cost grows with what "
                 "is on sale",
             .dimension = core::Dimension::price_performance,
             .range = core::above_up_to(0, 1e60),
             .required = true},
            {.name = "interest",
             .summary = "r, risk-free and continuous",
             .dimension = core::Dimension::decline,
             .range = core::above_up_to(0, 10),
             .preset = "0.08 /yr",
             .source = "the team's assumption",
             .verified = false},
            {.name = "payout",
             .summary = "d, what a running project earns a year over its value, and waiting forgoes",
             .dimension = core::Dimension::decline,
             .range = core::above_up_to(0, 10),
             .preset = "0.1 /yr",
             .source = "the team's assumption",
             .verified = false},
            {.name = "volatility",
             .summary = "s of value over cost, per square root of a year",
             .range = core::between(0, 5),
             .preset = "0.3",
             .source = "the team's assumption",
             .verified = false},
            review_interval("1 months", "the team's assumption"),
        }),
        .scope =
            "Dixit and Pindyck's rule: V/I >= beta/(beta - 1), beta = 1/2 - (r - d)/s^2 + sqrt(((r - d)/s^2 - 1/2)^2 + 2r/s^2). "
            "It is optimal for one investment that cannot be undone, an option that never ends, and V/I a geometric Brownian "
            "motion that grows by r - d; here V/I follows the FLOP/s per USD on sale, steps and all, and the horizon does end: "
            "what is not bought by then is worth nothing. The threshold rises with volatility; it does not know the price path. "
            "Resale proceeds are spent while it waits. It is no longer asked once all money is released and what is left does not buy "
            "one unit.",
    },
    resolve, believe_coefficients};

}  // namespace fleetrace::models
