#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {

const PurchaseEntry kNoPurchase{
    core::Entry{
        .name = "none",
        .summary = "Buys nothing: the initial fleet is all there is.",
        .parameters = with_common_keys({}, false),
        .scope = "Research may still cost money; without a budget it is paid beside.",
    },
    [](const core::Spec&, const PurchaseRequest&, core::Diagnostics&) { return PurchasePolicy{}; }};

}  // namespace fleetrace::models
