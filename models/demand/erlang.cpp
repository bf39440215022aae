#include <algorithm>
#include <cmath>
#include <limits>

#include "models/demand/demand.hpp"

namespace fleetrace::models {
namespace {

constexpr std::int64_t kMostServers = 1'000'000;

}  // namespace

double erlang_b(std::int64_t servers, double offered) {
  if (offered <= 0) return 0;
  // The recursion in closed form: 1/B = sum over j of c (c - 1) ... (c - j + 1) / a^j. Terms rise until c - j < a and
  // then fall like a bell curve, so that about sqrt(c) of them matter.
  double sum = 1;
  double term = 1;
  for (std::int64_t left = servers; left > 0; --left) {
    const double ratio = static_cast<double>(left) / offered;
    term *= ratio;
    sum += term;
    if (sum > 1e300) return 0;
    if (ratio < 1 && term < 1e-18 * sum) break;
  }
  return 1 / sum;
}

double erlang_c(std::int64_t servers, double offered) {
  const double use = offered / static_cast<double>(servers);
  if (use >= 1) return 1;
  const double b = erlang_b(servers, offered);
  return b / (1 - use * (1 - b));
}

double mean_wait(std::int64_t servers, double offered) {
  if (offered >= static_cast<double>(servers)) return std::numeric_limits<double>::infinity();
  return erlang_c(servers, offered) / (static_cast<double>(servers) - offered);
}

double most_offered(std::int64_t servers, double wait) {
  if (servers <= 0) return 0;
  if (servers > kMostServers) return most_offered(kMostServers, wait) / kMostServers * static_cast<double>(servers);
  double low = 0;
  auto high = static_cast<double>(servers);
  // Where nothing may wait, nothing is offered: halving ends far from the least number there is.
  while (high - low > std::max(1e-12 * high, 1e-300)) {
    const double middle = 0.5 * (low + high);
    (mean_wait(servers, middle) <= wait ? low : high) = middle;
  }
  return low;
}

}  // namespace fleetrace::models
