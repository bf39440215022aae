#pragma once

#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Purchase strategies: when how much of the budget is released to buy hardware.
namespace fleetrace::models {

/// What a strategy knows at a review. It holds the past and the present only, so that no strategy can see the future.
struct Observation {
  core::Time now;
  core::Time start;      ///< of the horizon
  core::Time end;        ///< of the horizon
  core::Money budget;    ///< for hardware, over the whole horizon
  core::Money released;  ///< of it so far
};

/// What a strategy decides: how much of its budget is free to spend from now on, in total, and when it looks again.
struct Decision {
  core::Money released;
  core::Time next_review;  ///< Time::latest() for never
};

/// A step of a schedule: from `at` on, `released` of the budget is free to spend, earlier amounts included.
struct Installment {
  core::Time at;
  core::Money released;
};

/// A strategy resolved to coefficients. Released money that could not be spent (change, no power, no supply) stays in cash
/// and is spent at the next review.
struct PurchasePlan {
  using Review = Decision (*)(const PurchasePlan&, const Observation&);

  Review review = nullptr;
  core::Time first_review = core::Time::latest();
  core::Duration every;      ///< between reviews, where they are regular
  std::int64_t reviews = 0;  ///< how many, where they are regular
  double growth = 0;         ///< of the amounts [1/yr]
  std::vector<Installment> installments;
};

struct PurchaseRequest {
  core::Time start;
  core::Time end;
  std::string path;  ///< of the strategy, for messages
};

struct PurchaseEntry : core::Entry {
  PurchasePlan (*resolve)(const core::Spec&, const PurchaseRequest&, core::Diagnostics&) = nullptr;
};

[[nodiscard]] const core::Family& purchase_family();
[[nodiscard]] PurchasePlan resolve_purchase(const core::Spec& spec, const PurchaseRequest& request,
                                            core::Diagnostics& diagnostics);

/// More reviews of one strategy than this are an input error.
inline constexpr std::int64_t kMostReviews = 1'000'000;

}  // namespace fleetrace::models
