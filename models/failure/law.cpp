#include <algorithm>
#include <cmath>

#include "models/failure/renewal.hpp"
#include "models/failure/spares.hpp"
#include "sim/core/numeric/special.hpp"

namespace fleetrace::models {
namespace {

/// E min(target, healthy) given that all domains of kinds before `kind` are up for `up` of `installed` accelerators.
double working_below(const FailureLaw& law, std::size_t kind, std::int64_t installed, std::int64_t up,
                     std::int64_t target, double own) {
  if (kind == law.domains.size()) return expected_working(up, std::min(target, up), own);
  const FailureDomain& domain = law.domains[kind];
  const std::int64_t number = domain.number(installed);
  const double out = 1 - domain.availability;
  const double odds = out / domain.availability;
  const auto working = [&](std::int64_t down) {
    const double left = 1 - static_cast<double>(down) / static_cast<double>(number);
    const bool is_whole = kind == 0 && installed % domain.size == 0;
    const std::int64_t still_up = is_whole ? installed - down * domain.size
                                           : std::llround(static_cast<double>(up) * left);
    return working_below(law, kind + 1, installed, still_up, target, own);
  };
  // Sums over the number of domains that are down, from the likeliest number outwards. The probability of each number
  // follows from that of its neighbour.
  const auto mode = std::min(static_cast<std::int64_t>(static_cast<double>(number + 1) * out), number);
  const double likeliest = core::binomial_mass(mode, number, out);
  double sum = 0;
  double mass = likeliest;
  for (std::int64_t down = mode; down <= number && mass >= 1e-17; ++down) {
    sum += mass * working(down);
    mass *= odds * static_cast<double>(number - down) / static_cast<double>(down + 1);
  }
  mass = likeliest;
  for (std::int64_t down = mode; down > 0;) {
    mass *= static_cast<double>(down) / static_cast<double>(number - down + 1) / odds;
    --down;
    if (mass < 1e-17) break;
    sum += mass * working(down);
  }
  return sum;
}

}  // namespace

std::int64_t FailureLaw::spares_of(std::int64_t installed) const {
  if (spares == 0 || installed <= 1) return 0;
  return std::min<std::int64_t>(std::llround(spares * static_cast<double>(installed)), installed - 1);
}

double FailureLaw::expected_working(std::int64_t installed, std::int64_t target, double own) const {
  if (target == installed) return static_cast<double>(installed) * own * (availability / own_availability);
  return working_below(*this, 0, installed, installed, target, own);
}

double FailureLaw::fresh_availability(double from, double to) const {
  const double bad = installed_lemons();
  const double others = bad > 0 ? bad * lemon.ages->mean_up(from, to) : 0;
  return others + (1 - bad) * good.ages->mean_up(from, to);
}

double FailureLaw::fresh_failures(double age) const {
  const double bad = installed_lemons();
  return (bad > 0 ? bad * lemon.ages->failures(age) : 0) + (1 - bad) * good.ages->failures(age);
}

void FailureLaw::tabulate(double span, const FailureLaw* before) {
  if (!fresh || !(life.mean > 0)) return;
  tabulated = span;
  if (before != nullptr && before->tabulated == span && before->repair == repair && before->burn_in == burn_in &&
      before->good.life == good.life && (lemons == 0 || before->lemon.life == lemon.life)) {
    good.ages = before->good.ages;
    lemon.ages = before->lemon.ages;
    if (lemons == 0 || lemon.ages != nullptr) return;
  }
  good.ages = std::make_shared<const Renewal>(good.life, repair, burn_in, span);
  if (lemons > 0) lemon.ages = std::make_shared<const Renewal>(lemon.life, repair, burn_in, span);
}

}  // namespace fleetrace::models
