#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/accounting/loss_curve.hpp"

// The average of the loss in which later days weigh less.                                        docs/derivations.md 6n
namespace fleetrace::fleet {

// A weight that changes by a factor of e at most is an entire function as smooth as the loss is for ten nodes.
double LossCurve::integrate_discounted(const Piece& piece, const Point& from, const Point& to, double rate) const {
  using boost::math::quadrature::gauss;
  const auto weighted = [&](double years) { return loss_in(piece, years) * core::exp(-rate * years); };
  if (accounting_->law.timed) {
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(weighted, from.years, to.years, 12, 1e-11);
  }
  const double length = to.years - from.years;
  const double middle = 0.5 * (from.years + to.years);
  const double fall = std::fabs(rate) * length;
  const double rho = smoothness(piece, from, to);
  if (rho >= 4e5 && fall < 1e-6) {
    return length * accounting_->law.loss(0.5 * (from.ratio + to.ratio), middle) * core::exp(-rate * middle);
  }
  if (rho >= 80 && fall < 0.05) return gauss<double, 3>::integrate(weighted, from.years, to.years);
  if (rho >= 13 && fall < 0.5) return gauss<double, 5>::integrate(weighted, from.years, to.years);
  if ((rho >= 4 && fall < 1) || !(from.years < middle && middle < to.years))
    return gauss<double, 10>::integrate(weighted, from.years, to.years);
  const Point half{middle, ratio_in(piece, middle)};
  return integrate_discounted(piece, from, half, rate) + integrate_discounted(piece, half, to, rate);
}

double LossCurve::mean_loss_discounted(double rate) const {
  const Horizon& horizon = trajectory_->horizon();
  const auto weight = [rate](double from, double to) {
    return core::exp(-rate * from) * core::integral_of_exp(-rate, to - from);
  };
  core::Sum total;
  for (std::size_t i = 0; i < pieces(); ++i) {
    const core::Time end = from(i + 1);
    if (end <= from(i)) continue;
    const Piece here = piece(i);
    const Point first{horizon.years_at(here.from), here.first};
    const double end_years = horizon.years_at(end);
    if (here.kind == Kind::constant && !accounting_->law.timed) {
      total.add(accounting_->law.loss(here.first) * weight(first.years, end_years));
      continue;
    }
    // A piece of runs may end before a change of progress, with less than the next one begins with.
    const bool is_joined = i + 1 < pieces() && here.kind != Kind::run;
    total.add(integrate_discounted(here, first, {end_years, is_joined ? piece(i + 1).first : ratio_in(here, end_years)},
                                   rate));
  }
  return total.value() / weight(0, horizon.years_at(horizon.end));
}

}  // namespace fleetrace::fleet
