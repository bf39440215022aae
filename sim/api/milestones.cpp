#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/theory.hpp"
#include "sim/api/milestone_law.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Values of an uncertain number, equally likely, that show whether years rise or fall with it.
constexpr int kStrata = 99;

/// Years until C/C0 = e^log_ratio, for a ratio so large that the 1 in log1p(eta (ratio - 1)) does not count unless eta is
/// tiny: works where the ratio itself would overflow. gamma > 0.
double years_to_huge_ratio(double gamma, double log_ratio) {
  const double eta = gamma * core::kLn2;
  const double log_product = core::log(eta) + log_ratio;
  return (log_product > 100 ? log_product : core::log1p(core::exp(log_product))) / eta;
}

/// A law, its exponent if it is the relative one, else 0, and the relative loss that no compute gets below.
struct Drawn {
  models::LossLaw law;
  double kappa = 0;
  double floor = 0;
};

/// A stock of data that does not grow holds the loss above the floor of the law itself.
double floor_of(const models::LossLaw& law) {
  return law.timed && law.pace <= 0 ? law.loss(core::exp(600), 0) : law.floor;
}

/// Years until a law that changes with time is at a loss, by bisection: the loss falls with time and with compute.
double years_of_timed(const models::LossLaw& law, double relative_loss, double gamma) {
  const auto reached = [&](double years) {
    return law.loss(models::mean_field_ratio(gamma, years), years) <= relative_loss;
  };
  // Beyond these, compute or the stock of data leaves the range of numbers.
  double high = 1e6;
  if (gamma > 0) high = std::min(high, 990 / gamma);
  if (law.pace > 0) high = std::min(high, 600 / law.pace);
  if (reached(0)) return 0;
  if (!reached(high)) return kInfinity;
  double low = 0;
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    (reached(middle) ? high : low) = middle;
  }
}

double years_to(const Drawn& drawn, double relative_loss, double gamma) {
  // From here on the closed form goes through logarithms; they agree with it to the last digits.
  constexpr double kHugeLogRatio = 600;
  if (relative_loss <= drawn.floor) return kInfinity;
  if (drawn.law.timed) return years_of_timed(drawn.law, relative_loss, gamma);
  if (drawn.kappa > 0) {
    const double log_ratio = -core::log(relative_loss) / drawn.kappa;
    if (gamma > 0 && log_ratio > kHugeLogRatio) return years_to_huge_ratio(gamma, log_ratio);
  }
  return models::mean_field_years(gamma, drawn.law.ratio(relative_loss));
}

/// Answers for one law, which may have an uncertain number.
class Answers {
 public:
  explicit Answers(const MilestoneRequest& request) : request_(&request), law_(request), median_(draw(0.5)) {
    if (law_.uncertain().empty()) return;
    for (int i = 0; i < kStrata; ++i) strata_.push_back(draw((i + 0.5) / kStrata));
    const double tail = (1 - request.range) / 2;
    for (const double u : {tail, 1 - tail}) tails_.push_back(draw(u));
  }

  [[nodiscard]] Milestone milestone(double relative_loss, double gamma) const {
    Milestone row{.relative_loss = relative_loss, .gamma = gamma};
    const models::LossLaw& law = median_.law;
    row.below_floor = relative_loss <= median_.floor;
    row.fleet_multiple = row.below_floor ? kInfinity : law.ratio(relative_loss, law.timed ? 1 : 0) - 1;
    row.years = years_to(median_, relative_loss, gamma);
    if (!strata_.empty()) set_range(row);
    row.never = gamma < 0 && row.years == kInfinity;
    return row;
  }

  void describe(Milestones& result) const {
    result.law = law_.name();
    result.uncertain = law_.uncertain();
    result.kappa = median_.kappa;
    result.floor = median_.floor;
    if (median_.law.reference_loss > 0) result.reference_flop = request_->reference_flop;
    for (const double loss : request_->losses) {
      if (loss > result.floor) continue;
      result.warnings.push_back("a relative loss of " + core::format_real(loss) + " lies below the floor of " +
                                result.law + ": " + core::format_real(std::round(result.floor * 1e4) / 1e4) +
                                " of the loss at C0 is irreducible, and no compute removes it");
    }
  }

 private:
  [[nodiscard]] Drawn draw(double u) const {
    models::LossLaw law = law_.at(u);
    const double floor = floor_of(law);
    return {std::move(law), law_.is_relative() ? law_.kappa_at(u) : 0, floor};
  }

  /// Where years rise or fall with the uncertain number throughout, their quantiles are the years at its quantiles.
  void set_range(Milestone& row) const {
    std::vector<double> years;
    for (const Drawn& each : strata_) years.push_back(years_to(each, row.relative_loss, row.gamma));
    const double ends[] = {years_to(tails_[0], row.relative_loss, row.gamma),
                           years_to(tails_[1], row.relative_loss, row.gamma)};
    if (std::is_sorted(years.begin(), years.end())) {
      row.years_low = ends[0];
      row.years_high = ends[1];
    } else if (std::is_sorted(years.begin(), years.end(), std::greater<>())) {
      row.years_low = ends[1];
      row.years_high = ends[0];
    } else {
      std::sort(years.begin(), years.end());
      const double tail = (1 - request_->range) / 2;
      row.years_low = quantile(years, tail);
      row.years_high = quantile(years, 1 - tail);
      row.years = quantile(years, 0.5);
    }
  }

  /// Linear between sorted values that stand in the middles of equal parts.
  static double quantile(const std::vector<double>& sorted, double p) {
    const double place = std::clamp(p * kStrata - 0.5, 0.0, kStrata - 1.0);
    const auto below = static_cast<std::size_t>(place);
    const double within = place - static_cast<double>(below);
    if (within == 0 || sorted[below] == sorted[below + 1]) return sorted[below];
    return sorted[below] + within * (sorted[below + 1] - sorted[below]);
  }

  const MilestoneRequest* request_;
  MilestoneLaw law_;
  Drawn median_;
  std::vector<Drawn> strata_;
  std::vector<Drawn> tails_;
};

}  // namespace

Milestones milestones(const MilestoneRequest& request) {
  const Answers answers(request);
  Milestones result{.request = request, .gammas = request.gammas, .losses = request.losses};
  answers.describe(result);
  for (const double loss : request.losses) {
    for (const double gamma : request.gammas) result.rows.push_back(answers.milestone(loss, gamma));
  }
  return result;
}

}  // namespace fleetrace
