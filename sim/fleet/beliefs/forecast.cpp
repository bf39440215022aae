#include "sim/fleet/beliefs/forecast.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/fleet/research/research.hpp"

namespace fleetrace::fleet {

void Forecast::reset(const StrategySetup& setup) {
  setup_ = &setup;
  beliefs_ = setup.strategy.beliefs;
  if (!beliefs_) beliefs_ = std::make_shared<const Beliefs>(beliefs_of(setup.plant));
  progress_ = beliefs_->progress;
  slower_ = beliefs_->slower_progress;
  faster_ = beliefs_->faster_progress;
}

void Forecast::fund(double installed_peak, core::Time now) {
  for (models::ProgressLaw* law : {&progress_, &slower_, &faster_}) fund_by_fleet(*law, *setup_, installed_peak, now);
}

double Forecast::learned(const models::Belief& belief, double change, double years, double chance) const {
  if (!beliefs_->learns) return belief.mean;
  const double error = beliefs_->observation_error;
  return belief.after(change, years, std::sqrt(error * error + chance)).mean;
}

/// The law with the adoptions that are believed to have begun by then.
models::ProgressLaw Forecast::law_at(const models::ProgressLaw& law, double years) const {
  models::ProgressLaw result = law;
  const auto later = std::find_if(beliefs_->adoptions.begin(), beliefs_->adoptions.end(),
                                  [years](const models::AdoptionStep& step) { return step.years > years; });
  if (later != beliefs_->adoptions.begin()) std::prev(later)->apply(result);
  return result;
}

// Rates are learned together, in standard deviations of all: progress that is seen to be ahead of what was believed says that
// whatever is uncertain of it grows faster than was believed.                                        docs/derivations.md 1o
double Forecast::progress(double years, double multiplier) const {
  const models::ProgressLaw law = law_at(progress_, years);
  const double growth = law.expected_growth(years);
  if (!beliefs_->learns || !(years > 0)) return growth;
  const models::ProgressLaw slower = law_at(slower_, years);
  const models::ProgressLaw faster = law_at(faster_, years);
  const models::Belief average = models::belief_of(slower.expected_log(years) / years, law.expected_log(years) / years,
                                                   faster.expected_log(years) / years);
  if (average.sd == 0) return growth;
  const double seen = learned(average, core::log(multiplier), years, law.log_variance);
  return growth +
         (seen - average.mean) / average.sd * (faster.expected_growth(years) - slower.expected_growth(years)) / 2;
}

void Forecast::expect(models::Offer& offer, const models::Trend& trend, core::Time now) const {
  offer.growth = beliefs_->price_performance.mean;
  offer.efficiency = trend.power_per_flops > 0 ? beliefs_->efficiency.mean : 0;
  if (!beliefs_->learns) return;
  const core::Time start = setup_->horizon.start;
  const double years = (now - start).years();
  offer.growth = learned(beliefs_->price_performance,
                         core::log(trend.price_performance_at(now) / trend.price_performance_at(start)), years);
  if (!(trend.power_per_flops > 0)) return;
  offer.efficiency = learned(beliefs_->efficiency,
                             core::log(trend.power_per_flops_at(start) / trend.power_per_flops_at(now)), years);
}

// Of all prices, the one that was quoted longest tells most. A price that own purchases move tells nothing.
void Forecast::expect(models::Offer& offer, const models::Market& market, std::size_t released, core::Time now) const {
  offer.growth = beliefs_->price_decline.mean;
  if (!beliefs_->learns) return;
  double longest = 0;
  double fall = 0;
  for (std::size_t i = 0; i < released; ++i) {
    const models::AcceleratorType& type = market.types[i];
    const core::Time until = std::min(now, type.off_sale);
    const double years = (until - type.priced).years();
    if (type.price.learns_from_own() || years <= longest) continue;
    longest = years;
    fall = core::log(type.cost(type.priced) / type.cost(until));
  }
  offer.growth = learned(beliefs_->price_decline, fall, longest);
}

std::optional<models::ReleaseNews> Forecast::releases(const models::Market& market, std::size_t released) const {
  if (!beliefs_->releases || released == 0) return std::nullopt;
  const models::AcceleratorType& last = market.types[released - 1];
  models::ReleaseNews news{release_law(market, released - 1),
                           last.released,
                           last.peak / last.cost(last.released),
                           last.peak / last.nameplate_power,
                           {}};
  if (beliefs_->is_hindsight)
    news.next = released < market.on_sale ? market.types[released].released : core::Time::latest();
  return news;
}

/// The law of releases, learned from the launches after the accelerator that the law begins with.
models::ReleaseLaw Forecast::release_law(const models::Market& market, std::size_t last) const {
  models::ReleaseLaw law = *beliefs_->releases;
  const models::AcceleratorType* base = beliefs_->learns ? market.find(law.base) : nullptr;
  const models::AcceleratorType& latest = market.types[last];
  if (base == nullptr || base->released >= latest.released) return law;
  const double years = (latest.released - base->released).years();
  const auto jump = [&](const models::Belief& belief, double from, double to, double believed) {
    // The number of releases in a year varies by 1/(k D), k the shape of the cadence and D its mean; not at a fixed one.
    const double one = core::log(believed);
    const double chance = one * one / (law.shape * law.cadence.years());
    const double rate = learned(belief, core::log(to / from), years, chance);
    return belief.sd == 0 ? believed : core::exp(rate * law.cadence.years());
  };
  law.jump = jump(beliefs_->price_performance, base->peak / base->cost(base->released),
                  latest.peak / latest.cost(latest.released), law.jump);
  law.efficiency_jump = jump(beliefs_->efficiency, base->peak / base->nameplate_power,
                             latest.peak / latest.nameplate_power, law.efficiency_jump);
  return law;
}

}  // namespace fleetrace::fleet
