#pragma once

#include "fleetrace/models/purchase.hpp"

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
extern const PurchaseEntry kOrders;
extern const PurchaseEntry kRealOption;
extern const PurchaseEntry kRefresh;
extern const PurchaseEntry kSchedule;

/// The keys that every strategy takes: budget and what it covers, choice of hardware, changes to other sections.
[[nodiscard]] std::vector<core::Parameter> with_common_keys(std::vector<core::Parameter> own,
                                                            bool budget_required = true);

/// `every`, the interval between reviews.
[[nodiscard]] core::Parameter review_interval(std::string_view preset, std::string_view source);
/// `load` and `growth`, of strategies that buy for a load that grows by e^growth a year.
[[nodiscard]] core::Parameter load();
[[nodiscard]] core::Parameter load_growth();
/// The same, or the word serving: the load that the scenario's demand puts on serving.
[[nodiscard]] core::Parameter load_or_serving();
/// A plan that is reviewed at the start and then every so often until the end of the horizon. A diagnostic where `every` does
/// not fit into the horizon, or fits more than `most` times.
[[nodiscard]] PurchasePlan regular_reviews(const core::Spec& spec, const PurchaseRequest& request,
                                           PurchasePlan::Review review, core::Diagnostics& diagnostics,
                                           std::int64_t most = kMostReviews);
/// Adds a diagnostic and returns false where nothing on sale draws power, so that no amount of power can be bought.
[[nodiscard]] bool check_has_power(const core::Spec& spec, const PurchaseRequest& request,
                                   core::Diagnostics& diagnostics);

/// The next regular review.
[[nodiscard]] core::Time next_regular(const PurchasePlan& plan, const Observation& seen);
/// Whether the whole budget is released and what is left of it buys nothing on sale now.
[[nodiscard]] bool is_spent(const Observation& seen);

/// A plan that spends first * e^(growth t) a year, each interval's money at its start.
[[nodiscard]] PurchasePlan growing_spend(const core::Spec& spec, const PurchaseRequest& request, double first,
                                         double growth, core::Diagnostics& diagnostics);

/// Adds a diagnostic about the key `at` there and returns false unless start <= when < end.
[[nodiscard]] bool check_within_horizon(core::Time when, const core::Location& where, const std::string& path,
                                        const PurchaseRequest& request, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
