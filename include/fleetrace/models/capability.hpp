#pragma once

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// What a loss is good for: the score on a task as a curve of absolute loss. Loss falls smoothly; ability need not.
namespace fleetrace::models {

/// c + (1-c)/(1 + e^((L - L50)/s)): chance level c, half way at L50, slope (1-c)/(4 s) there.
[[nodiscard]] double threshold_score(double loss, double half, double width, double chance);
/// p^k: a task of k steps each of which goes well with p = e^-(L - perfect), at most 1. Smooth p looks sudden where k is large.
///                                                                              Schaeffer et al. 2023, arXiv:2304.15004
[[nodiscard]] double steps_score(double loss, double steps, double perfect);

/// A capability, resolved.
struct CapabilityLaw {
  bool is_threshold = true;
  double half = 0;    ///< loss half way between chance and 1 [nats/token]
  double width = 1;   ///< [nats/token]
  double chance = 0;  ///< score without any ability
  double steps = 1;
  double perfect = 0;  ///< loss at which a step always goes well [nats/token]; below 0 for the floor of the loss law

  /// In [0, 1], falling with the absolute loss.
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
