#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/models/observation.hpp"

/// Purchase strategies: when how much of the budget is released to buy hardware.
namespace fleetrace::models {

/// What a strategy decides: how much of its budget is free to spend from now on, in total, how much hardware that may buy
/// at this review, what leaves service first, and when it looks again.
struct Decision {
  core::Money released;
  core::Time next_review = core::Time::latest();  ///< latest() for never
  /// What this purchase may make of the fleet, orders included and what retires excluded, at most: nameplate IT power [W] and
  /// peak FLOP/s. Whole accelerators are rounded down; 0 buys nothing.
  double fleet_power = std::numeric_limits<double>::infinity();
  double fleet_capacity = std::numeric_limits<double>::infinity();
  /// The most nameplate IT power that this purchase alone may order [W].
  double order_power = std::numeric_limits<double>::infinity();
  /// Where orders are planned one by one: those of PurchasePlan::orders from the first up to the last, which is not one of them.
  std::size_t first_order = 0;
  std::size_t last_order = 0;
  /// Everything that was ordered by then leaves service now, before anything is bought: earlier than its life would end.
  core::Time retire_ordered_by = core::Time::earliest();

  bool operator==(const Decision&) const = default;
};

/// A step of a schedule: from `at` on, `released` of the budget is free to spend, earlier amounts included.
struct Installment {
  core::Time at;
  core::Money released;
};

/// So many accelerators of a type, ordered on a date.
struct PlannedOrder {
  static constexpr std::uint32_t kAnywhere = 0xFFFF'FFFF;

  core::Time at;
  std::string accelerator;
  std::int64_t count = 0;
  core::Location where;  ///< in the input, for messages
  std::string site;      ///< the only one that they may stand on, by its name; empty where any will do
  core::Location site_where;
  std::size_t row = 0;   ///< in the list of the input
  std::size_t type = 0;  ///< the accelerator's index in Market::types; beyond it where it does not come in time
  std::uint32_t place = kAnywhere;  ///< index of the site
};

/// A strategy resolved to coefficients. It is asked at each review with what it can know then and decides by that alone: a
/// pure function, so that the same observation always gets the same decision. Released money that could not be spent (change,
/// no power, no supply) stays in cash and is spent at the next review.
struct PurchasePlan {
  using Review = Decision (*)(const PurchasePlan&, const Observation&);

  Review review = nullptr;
  core::Time first_review = core::Time::latest();
  core::Duration every;      ///< between reviews, where they are regular
  std::int64_t reviews = 0;  ///< how many, where they are regular
  double growth = 0;         ///< of the amounts [1/yr]
  std::vector<Installment> installments;
  std::vector<PlannedOrder> orders;         ///< by date
  std::array<double, 6> coefficients = {};  ///< of the rule; each model names its own
  /// What it releases over the horizon where no budget says so; nullopt for strategies that need a budget.
  std::optional<core::Money> planned;
  bool planned_is_firm = false;  ///< whether a budget below `planned` is an error rather than a cap
};

struct PurchaseRequest {
  core::Time start;
  core::Time end;
  std::string path;  ///< of the strategy, for messages
  /// What its market is like; the defaults are those of a scenario without hardware.
  bool has_power = false;     ///< whether everything on sale draws power
  bool has_releases = false;  ///< whether a law of releases is known
  bool has_demand = false;    ///< whether there is a demand on serving
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
