#include "models/finance/rate_of_return.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/sum.hpp"

namespace fleetrace::models {
namespace {

/// Payments of one date are one.
std::vector<CashFlow> joined(std::span<const CashFlow> flows) {
  std::vector<CashFlow> all;
  for (const CashFlow& flow : flows) {
    if (all.empty() || all.back().years != flow.years) {
      all.push_back(flow);
    } else {
      all.back().usd += flow.usd;
    }
  }
  all.erase(std::remove_if(all.begin(), all.end(), [](const CashFlow& flow) { return flow.usd == 0; }), all.end());
  return all;
}

/// How often a sequence changes sign; zeros do not count.
class SignChanges {
 public:
  void add(double value) {
    if (value == 0) return;
    if (last_ != 0 && (value > 0) != (last_ > 0)) ++count_;
    last_ = value;
  }
  [[nodiscard]] int count() const { return count_; }

 private:
  double last_ = 0;
  int count_ = 0;
};

/// Discounted at a continuous rate.
double present_value(const std::vector<CashFlow>& flows, double rate) {
  core::Sum sum;
  for (const CashFlow& flow : flows) sum.add(flow.usd * core::exp(-rate * flow.years));
  return sum.value();
}

int partial_sign_changes(const std::vector<CashFlow>& flows, double rate) {
  core::Sum sum;
  SignChanges changes;
  for (const CashFlow& flow : flows) {
    sum.add(flow.usd * core::exp(-rate * flow.years));
    changes.add(sum.value());
  }
  return changes.count();
}

/// The only rate above `low` at which the present value is 0, continuous.
std::optional<double> root_above(const std::vector<CashFlow>& flows, double low) {
  constexpr double kMost = 700;
  const bool is_above = present_value(flows, low) > 0;
  double high = std::max(1.0, low + 1);
  while ((present_value(flows, high) > 0) == is_above) {
    high *= 2;
    if (high > kMost) return std::nullopt;
  }
  for (int step = 0; step < 200; ++step) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    ((present_value(flows, middle) > 0) == is_above ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

RateOfReturn rate_of_return(std::span<const CashFlow> flows) {
  // Continuous rates of -99.99 %, -99 %, -90 %, -50 % and 0 a year.
  constexpr std::array kFrom = {-9.2103403719761836, -4.6051701859880914, -2.3025850929940457, -0.69314718055994531,
                                0.0};
  const std::vector<CashFlow> all = joined(flows);
  RateOfReturn result;
  SignChanges changes;
  for (const CashFlow& flow : all) changes.add(flow.usd);
  result.sign_changes = changes.count();
  if (result.sign_changes == 0) return result;
  for (const double low : kFrom) {
    if (partial_sign_changes(all, low) != 1) continue;
    if (const std::optional<double> rate = root_above(all, low)) result.rate = core::expm1(*rate);
    return result;
  }
  return result;
}

std::optional<double> payback_years(std::span<const CashFlow> flows, double rate) {
  core::Sum sum;
  double years = 0;
  double before = 0;
  bool is_owed = false;
  for (const CashFlow& flow : flows) {
    const double usd = flow.usd * discount_factor(rate, flow.years);
    const double last = sum.value();
    sum.add(usd);
    if (sum.value() < 0) {
      is_owed = true;
    } else if (is_owed) {
      const double share = flow.runs ? -last / usd : 1;
      years = before + share * (flow.years - before);
      is_owed = false;
    }
    before = flow.years;
  }
  return is_owed ? std::nullopt : std::optional(years);
}

}  // namespace fleetrace::models
