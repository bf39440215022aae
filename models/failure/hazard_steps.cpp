#include "models/failure/hazard_steps.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/require.hpp"

namespace fleetrace::models {

HazardSteps::HazardSteps(std::vector<Step> steps) : steps_(std::move(steps)) {
  core::require(!steps_.empty() && steps_.front().from == 0, "the first step of a hazard begins at age 0");
  core::require(steps_.back().rate > 0, "the last step of a hazard is above 0");
  double hazard = 0;
  double survived_so_far = 0;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    hazard_.push_back(hazard);
    survived_.push_back(survived_so_far);
    if (i + 1 == steps_.size()) break;
    const double duration = steps_[i + 1].from - steps_[i].from;
    core::require(duration > 0 && steps_[i].rate >= 0, "steps of a hazard come by age, with rates of at least 0");
    survived_so_far += survived(i, duration);
    hazard += steps_[i].rate * duration;
  }
  mean_ = survived_so_far + core::exp(-hazard) / steps_.back().rate;
}

/// The integral of S over so much of a step [ms].
double HazardSteps::survived(std::size_t step, double duration) const {
  const double rate = steps_[step].rate;
  return core::exp(-hazard_[step]) * (rate > 0 ? -core::expm1(-rate * duration) / rate : duration);
}

double HazardSteps::cumulative(double x) const {
  const auto after = std::upper_bound(steps_.begin() + 1, steps_.end(), x,
                                      [](double age, const Step& each) { return age < each.from; });
  const auto i = static_cast<std::size_t>(after - steps_.begin()) - 1;
  return hazard_[i] + steps_[i].rate * (x - steps_[i].from);
}

double HazardSteps::age_at(double hazard) const {
  // The last step that begins below it: one without a rate ends nobody's life.
  const auto after = std::lower_bound(hazard_.begin() + 1, hazard_.end(), hazard);
  const auto i = static_cast<std::size_t>(after - hazard_.begin()) - 1;
  return steps_[i].rate > 0 ? steps_[i].from + (hazard - hazard_[i]) / steps_[i].rate : steps_[i].from;
}

double HazardSteps::age_at_share(double share) const {
  const double wanted = share * mean_;
  const auto after = std::upper_bound(survived_.begin() + 1, survived_.end(), wanted);
  const auto i = static_cast<std::size_t>(after - survived_.begin()) - 1;
  const double left = (wanted - survived_[i]) * core::exp(hazard_[i]);
  const double rate = steps_[i].rate;
  return steps_[i].from + (rate > 0 ? -core::log1p(-std::min(rate * left, 1 - 0x1p-53)) / rate : left);
}

HazardSteps HazardSteps::hurried(double factor) const {
  std::vector<Step> steps = steps_;
  for (Step& each : steps) each = {each.from / factor, each.rate * factor};
  return HazardSteps(std::move(steps));
}

}  // namespace fleetrace::models
