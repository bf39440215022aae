#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {

const PurchaseEntry kRolling{
    core::Entry{
        .name = "rolling",
        .summary = "Makes the best purchase plan anew at each review, and places the orders of that day.",
        .parameters = optimised_parameters(),
        .scope =
            "At each review it takes what it has ordered as given, replaces what it believed of prices, performance, releases, "
            "efficiency and algorithms by what is seen by then, and optimises what is left of its money to the end of the horizon as "
            "`optimal` does. It orders what that plan has for the day. Where nothing is seen that the plan before did not expect, it "
            "keeps to that plan, so that without uncertainty it does what `optimal` does. With dates: events it also looks when something "
            "is released, or a site opens otherwise than announced. What it has computed so far counts as it is expected by then, which a "
            "target and mean_loss depend on. With learns: true rates are updated by "
            "Bayes' rule as for the other strategies that plan. It plans as if what it believes were sure. Progress in jumps is refused "
            "unless it has hindsight.",
    },
    resolve_optimised};

}  // namespace fleetrace::models
