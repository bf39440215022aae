#pragma once

namespace fleetrace::models::theory {

/// The longest sensible training run [yr]: one started now is overtaken by a later one when it lasts longer than
///   L = 1 / (g_H + g_S + g_I), growth of hardware, software and investment [1/yr].              docs/derivations.md 9a
/// Infinite where the sum is 0. Rates at least 0; else std::invalid_argument.
[[nodiscard]] double longest_training_run(double hardware, double software, double investment);

/// The share of a budget that goes to chips when compute is (s B) ((1 - s) B)^rr, rr the returns to research: 1 / (1 + rr).
/// The rest pays for research. rr at least 0; else std::invalid_argument.                        docs/derivations.md 3h
[[nodiscard]] double best_chip_share(double returns);

}  // namespace fleetrace::models::theory
