#pragma once

#include "fleetrace/models/purchase.hpp"

namespace fleetrace::models {

extern const PurchaseEntry kFrontLoaded;
extern const PurchaseEntry kIncremental;
extern const PurchaseEntry kNoPurchase;
extern const PurchaseEntry kOnce;
extern const PurchaseEntry kSchedule;

/// The keys that every strategy takes: budget and what it covers, choice of hardware, changes to other sections.
[[nodiscard]] std::vector<core::Parameter> with_common_keys(std::vector<core::Parameter> own,
                                                            bool budget_required = true);

/// Adds a diagnostic and returns false unless start <= when < end.
[[nodiscard]] bool check_within_horizon(core::Time when, const core::Location& where, const std::string& path,
                                        const PurchaseRequest& request, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
