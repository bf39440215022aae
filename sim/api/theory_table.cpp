#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "sim/api/theory_values.hpp"

namespace fleetrace {
namespace {

constexpr std::array<std::string_view, 3> kAccountings = {"cumulative", "mean_loss", "best_run"};

/// The standard values and the user's own, which would otherwise be missed.
std::vector<double> with_own(std::vector<double> standard, double own) {
  const auto place = std::lower_bound(standard.begin(), standard.end(), own);
  if (std::none_of(standard.begin(), standard.end(),
                   [own](double each) { return std::fabs(each - own) < 1e-9 * own; })) {
    standard.insert(place, own);
  }
  return standard;
}

}  // namespace

TheoryTable theory_table(const TheoryRequest& request, const std::vector<double>& lifetimes) {
  if (request.volatility > 0 || request.opex > 0) {
    throw std::invalid_argument("break-even horizons have no closed form with volatility or running costs");
  }
  TheoryTable table;
  table.request = request;
  table.lifetimes = lifetimes;
  table.doublings = {1, 1.5, 2.07, 2.46, 2.95, 4.4};
  if (request.price_performance_rate > 0)
    table.doublings = with_own(table.doublings, 1 / request.price_performance_rate);
  table.algorithm_rates = with_own({0, 0.25, 0.5, 1, 1.5, 2}, request.algorithm_rate);
  for (const std::string_view accounting : kAccountings) {
    if (accounting == "best_run" && request.decay > 0) continue;
    for (const double lifetime : lifetimes) {
      for (const double doubling : table.doublings) {
        for (const double rate : table.algorithm_rates) {
          TheoryRequest one = request;
          one.lifetime = lifetime;
          one.price_performance_rate = 1 / doubling;
          one.algorithm_rate = rate;
          table.rows.push_back({accounting, lifetime, doubling, rate, theory_break_even(one, accounting)});
        }
      }
    }
  }
  return table;
}

}  // namespace fleetrace
