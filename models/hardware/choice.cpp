#include "models/hardware/choice.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace fleetrace::models {
namespace {

constexpr double kEqual = 1e-9;

/// 1 where a is more than b, -1 where it is less, 0 where they are equal.
int compare(double a, double b) {
  if (a == b || std::fabs(a - b) <= kEqual * std::max(a, b)) return 0;
  return a > b ? 1 : -1;
}

int compare(core::Time a, core::Time b) { return a > b ? 1 : a < b ? -1 : 0; }

}  // namespace

bool is_better(Choice rule, const Merits& a, const Merits& b) {
  const int price = compare(a.flops_per_usd, b.flops_per_usd);
  const int efficiency = compare(a.flops_per_watt, b.flops_per_watt);
  const int age = compare(a.released, b.released);
  std::array<int, 3> order{price, efficiency, age};
  if (rule == Choice::flop_per_watt) order = {efficiency, price, age};
  if (rule == Choice::newest) order = {age, price, efficiency};
  const auto* decides = std::find_if(order.begin(), order.end(), [](int each) { return each != 0; });
  return decides != order.end() && *decides > 0;
}

}  // namespace fleetrace::models
