#pragma once

#include <string>
#include <vector>

/// The table of milestones: how long it takes, at constant power, until efficiency gains alone bring a relative loss.
///   R(t) = (C(t)/C0)^-kappa,  C(t)/C0 = 1 + (2^(gamma t) - 1) / (gamma ln 2 * 1 yr)               Lu 2025, arXiv:2501.02156
/// It is the inversion of the mean field in fleetrace/models/loss.hpp.
namespace fleetrace::output {

struct MilestoneRequest {
  double kappa = 0;            ///< exponent of the loss [1], in (0, 1]
  std::vector<double> gammas;  ///< how often efficiency doubles [doublings/yr]
  std::vector<double> losses;  ///< relative losses to reach [1], in (0, 1]
};

/// One relative loss at one rate.
struct Milestone {
  double relative_loss = 0;
  double gamma = 0;
  /// Until the loss is reached [yr]; infinite where it is never reached, or not within the range of a double.
  double years = 0;
  /// Initial fleets that reach it in one year without progress, R^(-1/kappa) - 1, whatever gamma; may be infinite.
  double fleet_multiple = 0;
  /// Whether falling efficiency (gamma < 0) keeps it out of reach for good.
  bool never = false;
};

struct Milestones {
  double kappa = 0;
  std::vector<double> gammas;
  std::vector<double> losses;
  std::vector<Milestone> rows;  ///< by loss, then by gamma, in the order of the request
};

[[nodiscard]] Milestones milestones(const MilestoneRequest& request);

/// A sentence on what it is, a row a loss and a column a rate, and what follows from it. At most 100 columns wide: with
/// too many rates, a row a loss and rate.
[[nodiscard]] std::string milestones_table(const Milestones& milestones);
/// The table alone.
[[nodiscard]] std::string milestones_markdown(const Milestones& milestones);
/// {"fleetrace", "format", "kappa", "rows": [{"relative_loss", "gamma", "years", "fleet_multiple"}]}; null where infinite.
[[nodiscard]] std::string milestones_json(const Milestones& milestones);
/// The same rows; empty where infinite.
[[nodiscard]] std::string milestones_csv(const Milestones& milestones);

}  // namespace fleetrace::output
