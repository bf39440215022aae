#include "sim/study/fit/least_squares.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <unsupported/Eigen/NonLinearOptimization>

#include "sim/core/numeric/student.hpp"

namespace fleetrace::study {
namespace {

/// What stands for a residual that is no number: far from any minimum, and small enough to be squared.
constexpr double kBad = 1e100;
/// Step of the central differences for constants of the size of 1: the cube root of the rounding error.
constexpr double kStep = 6e-6;

/// The residuals as Eigen takes them.
class Functor {
 public:
  Functor(const Residuals& residuals, std::size_t count, std::size_t constants)
      : residuals_(residuals), count_(static_cast<int>(count)), constants_(static_cast<int>(constants)) {}

  [[nodiscard]] int inputs() const { return constants_; }
  [[nodiscard]] int values() const { return count_; }
  int operator()(const Eigen::VectorXd& x, Eigen::VectorXd& values) const {
    residuals_({x.data(), static_cast<std::size_t>(x.size())},
               {values.data(), static_cast<std::size_t>(values.size())});
    for (double& value : values) {
      if (!std::isfinite(value)) value = kBad;
    }
    return 0;
  }
  int df(const Eigen::VectorXd& x, Eigen::MatrixXd& jacobian) const {
    Eigen::VectorXd at = x;
    Eigen::VectorXd up(count_);
    Eigen::VectorXd down(count_);
    for (Eigen::Index i = 0; i < x.size(); ++i) {
      const double step = kStep * std::max(1.0, std::fabs(x[i]));
      at[i] = x[i] + step;
      (void)(*this)(at, up);
      at[i] = x[i] - step;
      (void)(*this)(at, down);
      at[i] = x[i];
      jacobian.col(i) = (up - down) / (2 * step);
    }
    return 0;
  }

 private:
  const Residuals& residuals_;
  int count_;
  int constants_;
};

/// The least sum of squares over all constants but one, which has that value.
double profiled(const Residuals& residuals, std::size_t count, std::vector<double>& others, std::size_t constant,
                double value) {
  std::vector<double> all(others.size() + 1);
  const Residuals rest = [&](std::span<const double> free, std::span<double> out) {
    for (std::size_t i = 0, j = 0; i < all.size(); ++i) all[i] = i == constant ? value : free[j++];
    residuals(all, out);
  };
  LeastSquares found = least_squares(rest, count, others);
  others = found.constants;
  return found.sum;
}

}  // namespace

LeastSquares least_squares(const Residuals& residuals, std::size_t count, std::vector<double> start,
                           std::size_t most_evaluations) {
  const Functor functor(residuals, count, start.size());
  Eigen::VectorXd x = Eigen::Map<const Eigen::VectorXd>(start.data(), static_cast<Eigen::Index>(start.size()));
  Eigen::LevenbergMarquardt<const Functor> search(functor);
  search.parameters.maxfev = static_cast<Eigen::Index>(most_evaluations);
  search.parameters.ftol = 1e-14;
  search.parameters.xtol = 1e-12;
  const auto status = search.minimize(x);
  LeastSquares found;
  found.constants.assign(x.begin(), x.end());
  found.sum = search.fnorm * search.fnorm;
  found.converged = status != Eigen::LevenbergMarquardtSpace::TooManyFunctionEvaluation &&
                    status != Eigen::LevenbergMarquardtSpace::ImproperInputParameters && std::isfinite(found.sum);
  return found;
}

Interval profile_interval(const Residuals& residuals, std::size_t count, const LeastSquares& best, std::size_t constant,
                          std::size_t freedom, double confidence, double reach) {
  const double t = core::student_two_sided(freedom, confidence);
  const double limit = best.sum * (1 + t * t / static_cast<double>(freedom));
  const double center = best.constants[constant];
  const auto end = [&](double direction) {
    std::vector<double> others = best.constants;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(constant));
    double inside = 0;
    double outside = 1e-3;
    while (profiled(residuals, count, others, constant, center + direction * outside) < limit) {
      inside = outside;
      outside *= 2;
      if (outside > reach) return direction * std::numeric_limits<double>::infinity();
    }
    std::uintmax_t most = 60;
    const auto beyond = [&](double off) {
      return profiled(residuals, count, others, constant, center + direction * off) - limit;
    };
    const double at_inside = beyond(inside);
    const double at_outside = beyond(outside);
    // Without scatter there is no interval.
    if (!(at_inside < 0 && at_outside > 0)) return center + direction * inside;
    const auto [a, b] = boost::math::tools::toms748_solve(beyond, inside, outside, at_inside, at_outside,
                                                          boost::math::tools::eps_tolerance<double>(24), most);
    return center + direction * (a + b) / 2;
  };
  const double low = end(-1);
  return {low, end(1)};
}

}  // namespace fleetrace::study
