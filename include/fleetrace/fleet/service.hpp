#pragma once

#include <limits>
#include <optional>

#include "fleetrace/core/sum.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/models/demand.hpp"

namespace fleetrace::fleet {

/// What serving is asked for and what it carries, integrated exactly: capacity is constant between changes, and the load is
/// exponential.
class Service {
 public:
  /// Empties it.
  void reset(const models::DemandLaw& law, core::Time start);
  /// From `now` on this serves.
  void change(const models::ServingFleet& fleet, core::Time now);

  [[nodiscard]] double load(core::Time at) const { return law_->load_at(years(at)); }
  /// The most load that is carried within the service that is owed, now [FLOP/s].
  [[nodiscard]] double carried() const { return carried_; }
  [[nodiscard]] double demanded_flop(core::Time at) const { return law_->demanded(0, years(at)); }
  [[nodiscard]] double unmet_flop(core::Time at) const {
    return unmet_.value() + law_->unmet(changed_, years(at), carried_);
  }
  /// The first time before `end` at which the load exceeded what was carried.
  [[nodiscard]] std::optional<core::Time> short_from(core::Time end) const;

 private:
  [[nodiscard]] double years(core::Time at) const { return (at - start_).years(); }

  const models::DemandLaw* law_ = nullptr;
  core::Time start_;
  models::ServingFleet fleet_;
  double carried_ = 0;
  double changed_ = 0;                                           ///< [yr]
  double short_from_ = std::numeric_limits<double>::infinity();  ///< [yr], by what was carried until `changed_`
  core::Sum unmet_;                                              ///< until then
};

}  // namespace fleetrace::fleet
