#pragma once

#include <optional>

#include "fleetrace/models/loss.hpp"

namespace fleetrace::models::theory {

/// The tokens on which N parameters reach a loss, (B/(L - E - A/N^alpha))^(1/beta); nullopt where no number of them does.
///                                                                                              docs/derivations.md 5o
[[nodiscard]] std::optional<double> tokens_for_loss(const Chinchilla& fit, double parameters, double loss);

/// The least compute with which any split reaches a loss [FLOP], the inverse of the frontier; infinite at the floor and below.
///                                                                                              docs/derivations.md 5p
[[nodiscard]] double least_compute(const Chinchilla& fit, double loss);

/// The longest sensible training run [yr]: one started now is overtaken by a later one when it lasts longer than
///   L = 1 / (g_H + g_S + g_I), growth of hardware, software and investment [1/yr].              docs/derivations.md 9a
/// Infinite where the sum is 0. Rates at least 0; else std::invalid_argument.
[[nodiscard]] double longest_training_run(double hardware, double software, double investment);

/// The share of a budget that goes to chips when compute is (s B) ((1 - s) B)^rr, rr the returns to research: 1 / (1 + rr).
/// The rest pays for research. rr at least 0; else std::invalid_argument.                        docs/derivations.md 3h
[[nodiscard]] double best_chip_share(double returns);

}  // namespace fleetrace::models::theory
