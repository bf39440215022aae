#include "models/failure/renewal.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/sum.hpp"

namespace fleetrace::models {
namespace {

/// Number of cycles of life and repair, or of lives of the part that wears, after which ages have mixed.
constexpr double kCycles = 30;

double first_life_survival(const LifeLaw& life, double aged, double x) {
  return life.survival(aged + x) / life.survival(aged);
}

}  // namespace

Renewal::Renewal(const LifeLaw& life, const RepairLaw& repair, double aged, double longest, std::size_t steps)
    : stationary_up_(life.mean / (life.mean + repair.mean)), stationary_hazard_(1 / life.mean) {
  const double length = std::min(longest, kCycles * (life.mean + repair.mean));
  step_ = length / static_cast<double>(steps);
  // Indexed by the number of steps since the event: F at the middle of a step, and G averaged over the step.
  std::vector<double> fails(steps);
  std::vector<double> mended(steps);
  for (std::size_t k = 0; k < steps; ++k) {
    const double from = step_ * static_cast<double>(k);
    fails[k] = 1 - life.survival(from + step_ / 2);
    mended[k] = 1 - (repair.survival_integral(from + step_) - repair.survival_integral(from)) / step_;
  }
  std::vector<double> failing{0};  // dM of each step
  std::vector<double> mending{0};  // dR of each step
  double mended_so_far = 0;
  for (std::size_t i = 1; i <= steps; ++i) {
    double m = 1 - first_life_survival(life, aged, step_ * static_cast<double>(i));
    double r = 0;
    for (std::size_t j = 1; j < i; ++j) {
      m += fails[i - j] * mending[j];
      r += mended[i - j] * failing[j];
    }
    // Failures and repairs of this very step depend on each other: two linear equations in M and R.
    const double f = fails[0];
    const double g = mended[0];
    const double before = failures_.back();
    r -= g * before;
    m -= f * mended_so_far;
    const double total = (m + f * r) / (1 - f * g);
    const double repaired = r + g * total;
    failing.push_back(total - before);
    mending.push_back(repaired - mended_so_far);
    mended_so_far = repaired;
    failures_.push_back(total);
    up_.push_back(std::clamp(1 - total + repaired, 1e-12, 1.0));
    const double average = 0.5 * (up_[i - 1] + up_[i]);
    up_time_.push_back(up_time_.back() + average * step_);
    hazard_.push_back(hazard_.back() + std::max(0.0, failing[i]) / average);
  }
}

double Renewal::interpolated(const std::vector<double>& values, double age) const {
  const double place = age / step_;
  const auto i = std::min(static_cast<std::size_t>(place), values.size() - 2);
  return values[i] + (place - static_cast<double>(i)) * (values[i + 1] - values[i]);
}

double Renewal::failures(double age) const {
  if (age < span()) return interpolated(failures_, age);
  return failures_.back() + (age - span()) * stationary_hazard_ * stationary_up_;
}

double Renewal::up(double age) const { return age < span() ? interpolated(up_, age) : stationary_up_; }

double Renewal::mean_up(double from, double to) const {
  const auto integral = [this](double age) {
    if (age < span()) return interpolated(up_time_, age);
    return up_time_.back() + (age - span()) * stationary_up_;
  };
  return (integral(to) - integral(from)) / (to - from);
}

double Renewal::wait(double age, double hazard) const {
  if (age >= span()) return hazard / stationary_hazard_;
  const double target = interpolated(hazard_, age) + hazard;
  if (target >= hazard_.back()) return span() - age + (target - hazard_.back()) / stationary_hazard_;
  const auto above = std::upper_bound(hazard_.begin(), hazard_.end(), target);
  const auto i = static_cast<std::size_t>(above - hazard_.begin()) - 1;
  const double inside = (target - hazard_[i]) / (hazard_[i + 1] - hazard_[i]);
  return std::max(0.0, step_ * (static_cast<double>(i) + inside) - age);
}

std::vector<double> Renewal::landmarks() const {
  std::vector<double> ages;
  for (std::size_t i = 1; i < up_.size() - 1; i *= 2) ages.push_back(step_ * static_cast<double>(i));
  ages.push_back(span());
  return ages;
}

}  // namespace fleetrace::models
