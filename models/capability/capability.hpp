#pragma once

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// The score on a task, as a function of absolute loss or of compute. A loss that falls smoothly may still make a score jump.
namespace fleetrace::models {

/// Score c + (1-c)/(1 + e^((L - L50)/s)), with the chance level c: half way between c and 1 at L = L50, with the slope
/// -(1-c)/(4 s) there.
[[nodiscard]] double threshold_score(double loss, double half, double width, double chance);
/// Score p^k of a task of k steps, each of which succeeds with probability p = e^-(L - perfect), at most 1. Where k is
/// large, a smooth change of p looks like a sudden one of the score.
///                                                                              Schaeffer et al. 2023, arXiv:2304.15004
[[nodiscard]] double steps_score(double loss, double steps, double perfect);

/// The length of the tasks that succeed half of the time, at `ratio` = C/C0 >= 1: h = h0 ratio^exponent, in the unit of `at_reference`.
[[nodiscard]] double task_horizon(double ratio, double at_reference, double exponent);
/// Share of tasks of a length that succeed where those of the length `horizon` succeed half of the time: 1/(1 + (length/horizon)^slope).
[[nodiscard]] double task_success(double length, double horizon, double slope);

/// The score of one capability, resolved to coefficients.
struct CapabilityLaw {
  enum class Kind { threshold, steps, horizon };  ///< threshold_score, steps_score or task_success
  Kind kind = Kind::threshold;
  double half = 0;     ///< L50, loss at a score half way between chance and 1 [nats/token]
  double width = 1;    ///< s, width of the threshold in loss [nats/token]
  double chance = 0;   ///< c, score of guessing, in [0, 1)
  double steps = 1;    ///< k, steps of the task
  double perfect = 0;  ///< loss at which a step always succeeds [nats/token]; below 0 for the floor of the loss law
  double task = 1;     ///< length of the task for a person [ms]
  double at_reference = 1;  ///< h0, length of tasks that succeed half of the time at C0 [ms]
  double exponent = 1;      ///< doublings of that length for a doubling of compute
  double slope = 1;         ///< how fast success falls with the length of a task

  /// Whether the score follows compute, and not loss.
  [[nodiscard]] bool follows_compute() const { return kind == Kind::horizon; }
  /// The score in [0, 1] at an absolute loss; it falls as the loss rises. Of a law that does not follow compute.
  [[nodiscard]] double score(double loss) const;
  /// The absolute loss at which a score in (chance, 1) is reached. Of a law that does not follow compute.
  [[nodiscard]] double loss(double score) const;
  /// The score in (0, 1) at C/C0 >= 1, and the C/C0 at which a score is reached, which may be below 1. Of a law that follows compute.
  [[nodiscard]] double score_at(double ratio) const {
    return task_success(task, task_horizon(ratio, at_reference, exponent), slope);
  }
  [[nodiscard]] double ratio(double score) const;
};

struct CapabilityEntry : core::Entry {
  CapabilityLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& capability_family();
[[nodiscard]] CapabilityLaw resolve_capability(const core::Spec& spec);

}  // namespace fleetrace::models
