#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/models/observation.hpp"

/// Purchase strategies: how much of the budget is released to buy hardware, and when.
namespace fleetrace::models {

struct OwnPurchase;

/// A step of a schedule: from `at` on, `released` of the budget is released, earlier amounts included.
struct Installment {
  core::Time at;
  core::Money released;
};

/// An order that is planned for a date: a number of accelerators of one type.
struct PlannedOrder {
  static constexpr std::uint32_t kAnywhere = 0xFFFF'FFFF;

  core::Time at;  ///< when it is placed; the start where that was before
  std::string accelerator;
  std::int64_t count = 0;
  core::Location where;       ///< place of the order in the input, for messages
  std::string site;           ///< name of the only site that may take it; empty where any site may
  core::Location site_where;  ///< place of `site` in the input, for messages
  std::size_t row = 0;        ///< index of the order in the list of the input
  std::size_t type = 0;  ///< index of the accelerator in Market::types; beyond its end if it is not released in time
  std::uint32_t place = kAnywhere;              ///< index of the site, or kAnywhere
  core::Time taken_out = core::Time::latest();  ///< when it is taken out of service early; latest() for never
  // Terms of its own, which make it a contract.
  bool is_contract = false;
  core::Time signed_at;                   ///< the date of the order, also before the start
  std::optional<core::Time> delivery;     ///< when it arrives; after the lead time where it is left out
  std::optional<core::Money> unit_price;  ///< all-in price of one; that of the day where it is left out
  double deposit = 1;                     ///< share of the price that is paid with the order
  std::optional<core::Time> payment;      ///< when the rest is paid; on delivery where it is left out

  /// Whether it was placed, and its deposit paid, before the start.
  [[nodiscard]] bool is_earlier() const { return is_contract && signed_at < at; }
};

/// What of the initial fleet is planned to be taken out of service before its life ends.
struct PlannedRetirement {
  core::Time at;
  std::string accelerator;
  std::int64_t count = 0;
  std::optional<core::Time> installed;  ///< only what was installed then; nullopt for any
  std::string site;                     ///< only what the scenario places there; empty for any
  core::Location where;                 ///< place of the row in the input, for messages
  std::size_t row = 0;                  ///< index of the row in the list of the input
};

/// A strategy resolved to coefficients. At each review it decides by what it can know then and nothing else: a pure
/// function, so that the same observation always gets the same decision. Released money that could not be spent (less
/// than the price of one accelerator, no power, no supply) stays in cash and is spent at the next review.
struct PurchasePolicy {
  using Review = Decision (*)(const PurchasePolicy&, const Observation&);

  Review review = nullptr;  ///< makes the decision at a review
  core::Time first_review = core::Time::latest();
  core::Duration every;        ///< interval between regular reviews
  std::int64_t reviews = 0;    ///< number of regular reviews over the horizon
  double growth = 0;           ///< growth of the amounts [1/yr]
  double believed_growth = 0;  ///< what a planning strategy takes `growth` to be from now on [1/yr]
  std::vector<Installment> installments;
  std::vector<PlannedOrder> orders;            ///< orders that are planned one by one, by date
  std::vector<PlannedRetirement> retirements;  ///< early ones of the initial fleet, by date
  std::array<double, 6> coefficients = {};     ///< coefficients of the rule, which each strategy names itself
  /// The amount that is released over the horizon where no budget is stated; nullopt for strategies that need a budget.
  std::optional<core::Money> planned;
  bool planned_is_firm = false;      ///< whether a budget below `planned` is an error rather than a cap
  const OwnPurchase* own = nullptr;  ///< the registered model, where it is one
};

/// What a strategy is resolved for. The defaults of the flags are those of a scenario without hardware.
struct PurchaseRequest {
  core::Time start;
  core::Time end;
  std::string path;           ///< path of the strategy, for messages
  bool has_power = false;     ///< whether the power of all hardware on sale is modelled
  bool has_releases = false;  ///< whether a law of hardware releases is known
  bool has_demand = false;    ///< whether the scenario states a demand on serving
  /// Where a future has a shorter horizon, the end of the one that dates were written for: purchases from `end` until then are not made.
  std::optional<core::Time> dates_until = {};
};

struct PurchaseEntry : core::Entry {
  PurchasePolicy (*resolve)(const core::Spec&, const PurchaseRequest&, core::Diagnostics&) = nullptr;
  /// Takes what of a policy is a belief from the same policy at the medians of the scenario; null where nothing is.
  void (*believe)(PurchasePolicy& policy, const PurchasePolicy& at_medians) = nullptr;
};

[[nodiscard]] const core::Family& purchase_family();
[[nodiscard]] PurchasePolicy resolve_purchase(const core::Spec& spec, const PurchaseRequest& request,
                                              core::Diagnostics& diagnostics);

/// The highest number of reviews of one strategy; more are an input error.
inline constexpr std::int64_t kMostReviews = 1'000'000;

}  // namespace fleetrace::models
