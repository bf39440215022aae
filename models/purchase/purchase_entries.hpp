#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "models/purchase/purchase.hpp"

namespace fleetrace::models {

extern const PurchaseEntry kCapacityTriggered;
extern const PurchaseEntry kConstantBudget;
extern const PurchaseEntry kConstantPower;
extern const PurchaseEntry kExponentialGrowth;
extern const PurchaseEntry kFrontLoaded;
extern const PurchaseEntry kIncremental;
extern const PurchaseEntry kLeapfrog;
extern const PurchaseEntry kLookahead;
extern const PurchaseEntry kLotSizing;
extern const PurchaseEntry kNoPurchase;
extern const PurchaseEntry kOnce;
extern const PurchaseEntry kOptimal;
extern const PurchaseEntry kOrders;
extern const PurchaseEntry kRealOption;
extern const PurchaseEntry kRefresh;
extern const PurchaseEntry kRolling;
extern const PurchaseEntry kSchedule;

/// Adds the keys that every strategy takes: budget and what it covers, choice of hardware, changes to other sections.
[[nodiscard]] std::vector<core::Parameter> with_common_keys(std::vector<core::Parameter> own,
                                                            bool budget_required = true);

/// Adds the keys of strategies that plan: what they believe, whether they learn, and the usual ones with a required budget.
[[nodiscard]] std::vector<core::Parameter> with_beliefs(std::vector<core::Parameter> own);
/// What a policy takes from the same one at the medians: the growth of its load, or all coefficients of its rule.
void believe_growth(PurchasePolicy& policy, const PurchasePolicy& at_medians);
void believe_coefficients(PurchasePolicy& policy, const PurchasePolicy& at_medians);

/// The key `every`, the interval between reviews.
[[nodiscard]] core::Parameter review_interval(std::string_view preset, std::string_view source);
/// The keys `load` and `growth` of strategies that buy for a load which grows by the factor e^growth a year.
[[nodiscard]] core::Parameter load();
[[nodiscard]] core::Parameter load_growth();
/// The key `load`, which may also be the word `serving`: the load of the scenario's demand on serving.
[[nodiscard]] core::Parameter load_or_serving();
/// `at`, the one date of a purchase or of a row in a list of dated purchases; required.
[[nodiscard]] core::Parameter purchase_date();
/// One row of a list of dated purchases.
struct DatedRow {
  core::Time at;
  const core::Spec* row = nullptr;
  std::size_t index = 0;  ///< position in the list of the input, from 0
};
/// The rows under `list` that lie within the horizon, by date and for equal dates in the order of the input. Every other row
/// adds a diagnostic. `spec` must outlive the result.
[[nodiscard]] std::vector<DatedRow> dated_rows(const core::Spec& spec, std::string_view list,
                                               const PurchaseRequest& request, core::Diagnostics& diagnostics);
/// A strategy with reviews at the start and then at the interval `every` until the end of the horizon. Adds a
/// diagnostic if the interval is longer than the horizon or there would be more than `most` reviews.
[[nodiscard]] PurchasePolicy regular_reviews(const core::Spec& spec, const PurchaseRequest& request,
                                             PurchasePolicy::Review review, core::Diagnostics& diagnostics,
                                             std::int64_t most = kMostReviews);
/// Adds a diagnostic and returns false if the hardware on sale draws no power, so that no amount of power can be bought.
[[nodiscard]] bool check_has_power(const core::Spec& spec, const PurchaseRequest& request,
                                   core::Diagnostics& diagnostics);

/// The time of the next regular review.
[[nodiscard]] core::Time next_regular(const PurchasePolicy& policy, const Observation& seen);
/// Whether the whole budget is released and too little of it is left to buy anything on sale now.
[[nodiscard]] bool is_spent(const Observation& seen);

/// Places the orders of the policy that are planned for now.
[[nodiscard]] Decision place_orders_due(const PurchasePolicy& policy, const Observation& seen);
/// Releases what the installments of the policy come to by now, of which there is one at least.
[[nodiscard]] Decision release_money_due(const PurchasePolicy& policy, const Observation& seen);
/// A key that every strategy takes and this one ignores, why, and what to do about it.
struct IgnoredKey {
  const char* key;
  const char* problem;
  const char* suggestion;
};
/// Adds a diagnostic for each of these keys that is stated with another value than its preset.
void refuse_ignored(const core::Spec& spec, const PurchaseRequest& request, std::span<const IgnoredKey> keys,
                    core::Diagnostics& diagnostics);

/// The keys of strategies that optimise, and their policy, which lacks the plan.
[[nodiscard]] std::vector<core::Parameter> optimised_parameters();
[[nodiscard]] PurchasePolicy resolve_optimised(const core::Spec& spec, const PurchaseRequest& request,
                                               core::Diagnostics& diagnostics);

/// A strategy that spends first * e^(growth t) a year, the money of each interval at its start.
[[nodiscard]] PurchasePolicy growing_spend(const core::Spec& spec, const PurchaseRequest& request, double first,
                                           double growth, core::Diagnostics& diagnostics);

/// Adds a diagnostic about the key `at` under `path` and returns false unless start <= when < end.
[[nodiscard]] bool check_within_horizon(core::Time when, const core::Location& where, const std::string& path,
                                        const PurchaseRequest& request, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
