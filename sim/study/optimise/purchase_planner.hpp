#pragma once

namespace fleetrace::study {

/// Lets strategies that optimise (`buy: optimal` and `buy: rolling`) make their plans in this process. Call it before the first
/// scenario is loaded; again, it does nothing more.                                            docs/derivations.md 8.6
void provide_purchase_planner();

}  // namespace fleetrace::study
