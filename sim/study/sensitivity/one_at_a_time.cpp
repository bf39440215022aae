#include "sim/study/sensitivity/one_at_a_time.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/require.hpp"
#include "sim/core/numeric/special.hpp"

namespace fleetrace::study {
namespace {

double checked(double value) {
  core::require(!std::isnan(value), "a result must be a number");
  return value;
}

int sign(double value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

}  // namespace

double TornadoBar::width() const { return at_low == at_high ? 0 : std::fabs(at_high - at_low); }

Tornado tornado(std::size_t inputs, const ResultAt& result, double low, double high) {
  core::require(0 < low && low < 0.5 && 0.5 < high && high < 1,
                "a tornado's quantiles must lie on either side of the median");
  std::vector<double> row(inputs, 0.5);
  Tornado tornado;
  tornado.at_medians = checked(result(row));
  for (std::size_t i = 0; i < inputs; ++i) {
    row[i] = low;
    const double at_low = checked(result(row));
    row[i] = high;
    const double at_high = checked(result(row));
    row[i] = 0.5;
    tornado.bars.push_back({i, at_low, at_high});
  }
  std::stable_sort(tornado.bars.begin(), tornado.bars.end(),
                   [](const TornadoBar& a, const TornadoBar& b) { return a.width() > b.width(); });
  return tornado;
}

std::vector<double> break_evens(std::size_t inputs, std::size_t input, const ResultAt& difference,
                                const BreakEvenSearch& search) {
  core::require(input < inputs, "there is no such input");
  core::require(0 < search.low && search.low < search.high && search.high < 1,
                "break-evens are looked for between quantiles");
  core::require(search.cells >= 1, "a scan needs a cell");
  std::vector<double> row(inputs, 0.5);
  const auto sign_at = [&row, &difference, input](double z) {
    row[input] = core::normal_cdf(z);
    return sign(checked(difference(row)));
  };

  const double from = core::inverse_normal_cdf(search.low);
  const double step = (core::inverse_normal_cdf(search.high) - from) / static_cast<double>(search.cells);
  std::vector<double> found;
  int side = 0;       // the last sign that was not 0
  double end = from;  // where it was seen last
  for (std::size_t i = 0; i <= search.cells; ++i) {
    const double z = from + step * static_cast<double>(i);
    const int now = sign_at(z);
    if (now == 0) continue;
    if (side != 0 && now != side) {
      double beyond = z;
      while (beyond - end > 1e-12) {
        const double middle = end + 0.5 * (beyond - end);
        (sign_at(middle) == side ? end : beyond) = middle;
      }
      found.push_back(core::normal_cdf(end + 0.5 * (beyond - end)));
    }
    side = now;
    end = z;
  }
  return found;
}

}  // namespace fleetrace::study
