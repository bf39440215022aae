#pragma once

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// The score on a task as a function of absolute loss. A loss that falls smoothly may still make a score jump.
namespace fleetrace::models {

/// Score c + (1-c)/(1 + e^((L - L50)/s)), with the chance level c: half way between c and 1 at L = L50, with the slope
/// -(1-c)/(4 s) there.
[[nodiscard]] double threshold_score(double loss, double half, double width, double chance);
/// Score p^k of a task of k steps, each of which succeeds with probability p = e^-(L - perfect), at most 1. Where k is
/// large, a smooth change of p looks like a sudden one of the score.
///                                                                              Schaeffer et al. 2023, arXiv:2304.15004
[[nodiscard]] double steps_score(double loss, double steps, double perfect);

/// The score of one capability, resolved to coefficients: threshold_score or steps_score.
struct CapabilityLaw {
  bool is_threshold = true;  ///< whether it is threshold_score, not steps_score
  double half = 0;           ///< L50, loss at a score half way between chance and 1 [nats/token]
  double width = 1;          ///< s, width of the threshold in loss [nats/token]
  double chance = 0;         ///< c, score of guessing, in [0, 1)
  double steps = 1;          ///< k, steps of the task
  double perfect = 0;  ///< loss at which a step always succeeds [nats/token]; below 0 for the floor of the loss law

  /// The score in [0, 1] at an absolute loss; it falls as the loss rises.
  [[nodiscard]] double score(double loss) const;
  /// The absolute loss at which a score in (chance, 1) is reached.
  [[nodiscard]] double loss(double score) const;
};

struct CapabilityEntry : core::Entry {
  CapabilityLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& capability_family();
[[nodiscard]] CapabilityLaw resolve_capability(const core::Spec& spec);

}  // namespace fleetrace::models
