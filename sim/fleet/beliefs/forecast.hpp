#pragma once

#include <memory>

#include "fleetrace/models/observation.hpp"
#include "sim/fleet/beliefs/beliefs.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// What a strategy expects, by its beliefs and, where it learns, by what it has seen until now.
class Forecast {
 public:
  void reset(const StrategySetup& setup);
  /// Research is funded from now on by what is installed [peak FLOP/s], as Research::fund() has it.
  void fund(double installed_peak, core::Time now);

  [[nodiscard]] const Beliefs& beliefs() const { return *beliefs_; }
  /// Expected growth of algorithms now [1/yr]; `multiplier` is what they have come to.
  [[nodiscard]] double progress(double years, double multiplier) const;
  /// Fills in the growth rates of an offer on a trend.
  void expect(models::Offer& offer, const models::Trend& trend, core::Time now) const;
  /// Fills in the growth rate of an offer of accelerators, of which the first `released` of the market are on sale.
  void expect(models::Offer& offer, const models::Market& market, std::size_t released, core::Time now) const;
  /// The releases that are expected after the first `released` types; nullopt where none are.
  [[nodiscard]] std::optional<models::ReleaseNews> releases(const models::Market& market, std::size_t released) const;

 private:
  [[nodiscard]] models::ProgressLaw law_at(const models::ProgressLaw& law, double years) const;
  [[nodiscard]] models::ReleaseLaw release_law(const models::Market& market, std::size_t last) const;
  /// What is believed after a change was seen, to which chance adds so much variance in a year beside the observation error.
  [[nodiscard]] double learned(const models::Belief& belief, double change, double years, double chance = 0) const;

  const StrategySetup* setup_ = nullptr;
  std::shared_ptr<const Beliefs> beliefs_;
  // The laws as research has funded them so far.
  models::ProgressLaw progress_;
  models::ProgressLaw slower_;
  models::ProgressLaw faster_;
};

}  // namespace fleetrace::fleet
