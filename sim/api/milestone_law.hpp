#pragma once

#include <string>

#include "fleetrace/core/spec.hpp"
#include "fleetrace/theory.hpp"

namespace fleetrace {

/// The law of loss of a request for milestones, of which one number may be uncertain.
class MilestoneLaw {
 public:
  /// Throws core::InputError for a text that is no law, and std::invalid_argument for what milestones cannot answer.
  explicit MilestoneLaw(const MilestoneRequest& request);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// The key of the uncertain number; empty where there is none.
  [[nodiscard]] const std::string& uncertain() const { return uncertain_; }
  /// Whether it is the relative law, whose exponent is then kappa_at().
  [[nodiscard]] bool is_relative() const { return name_ == "relative"; }
  /// The law where the uncertain number has the cumulated probability u in (0, 1).
  [[nodiscard]] models::LossLaw at(double u) const;
  /// The exponent of the relative law there.
  [[nodiscard]] double kappa_at(double u) const { return spec_at(u).number("kappa"); }

 private:
  [[nodiscard]] core::Spec spec_at(double u) const;

  core::Spec spec_;
  double reference_flop_;
  std::string name_;
  std::string uncertain_;
};

}  // namespace fleetrace
