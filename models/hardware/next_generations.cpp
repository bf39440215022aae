#include <algorithm>
#include <cmath>

#include "models/hardware/hardware_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {

std::vector<AcceleratorType> next_generations(const AcceleratorType& base, const GenerationPlan& policy,
                                              core::Time end) {
  const double performance_jump = policy.performance_jump();
  const double power_jump = performance_jump / policy.efficiency_jump();
  std::vector<AcceleratorType> generations;
  AcceleratorType next = base;
  next.price.quotes = nullptr;  // there are no quotes of future generations
  for (std::uint64_t number = 1; number <= kMostGenerations + 1; ++number) {
    const core::Duration interval = release_interval(policy.cadence, policy.seed, policy.replication, number);
    const core::Time released = core::saturating_add(next.released, interval);
    if (released >= end) break;
    // The price keeps the offset between price date and release date that the base has.
    next.priced = core::saturating_add(next.priced, interval);
    next.released = released;
    next.off_sale = core::saturating_add(next.off_sale, interval);
    next.name = base.name + '+' + std::to_string(number);
    next.end_of_life = core::saturating_add(next.end_of_life, interval);
    next.peak *= performance_jump;
    next.h100s.bf16 *= performance_jump;
    next.h100s.eight_bit *= performance_jump;
    next.nameplate_power *= power_jump;
    next.average_power *= power_jump;
    generations.push_back(next);
  }
  return generations;
}

namespace {

GenerationPlan plan_of(const core::Spec& spec, const MarketRequest& request) {
  GenerationPlan policy;
  policy.cadence = {spec.duration("cadence"), spec.number("regularity")};
  policy.price_performance_rate = spec.number("price_performance_doubling");
  policy.efficiency_rate = spec.number("energy_efficiency_doubling");
  policy.matched = spec.text("matched") == "mean" ? Matched::mean : Matched::log;
  policy.seed = request.seed;
  policy.replication = request.replication;
  return policy;
}

}  // namespace

void add_generations(Market& market, const core::Spec& spec, const MarketRequest& request, const std::string& path,
                     core::Diagnostics& diagnostics) {
  const AcceleratorType base = market.types.back();
  const GenerationPlan policy = plan_of(spec, request);
  const auto refuse_number = [&] {
    diagnostics.add({spec.value("cadence").where, path + ".cadence",
                     "more than 10 000 generations would be released before the end of the horizon",
                     "the cadence is too short for it", "Lengthen the cadence or shorten the horizon."});
  };
  for (const std::string_view key : {"price_performance_rate", "energy_efficiency_rate"}) {
    const double rate = spec.number(spec.entry->find(key)->name);
    if (rate >= 0 || std::isfinite(release_jump(policy.cadence, rate, policy.matched))) continue;
    diagnostics.add({spec.where, path + '.' + std::string(key), "no jump makes the mean fall that fast",
                     "at random releases it falls by less than regularity / cadence",
                     "Slow the decline down, write matched: log, or make releases more regular."});
    return;
  }
  market.releases = ReleaseLaw{policy.cadence.mean, policy.cadence.shape, policy.performance_jump(),
                               policy.efficiency_jump(), base.name};
  if (request.end <= base.released) return;
  const core::Duration span = request.end - base.released;
  if (span / policy.cadence.mean > static_cast<std::int64_t>(kMostGenerations)) return refuse_number();
  const double doublings = std::fabs(policy.price_performance_rate) + std::fabs(policy.efficiency_rate);
  const double years = policy.cadence.is_fixed() ? span.years() : std::max(span, policy.cadence.mean).years();
  if (doublings * years > 900) {
    diagnostics.add({spec.where, path, "performance would double more than 900 times",
                     "it would leave the range of numbers", "Slow the growth down or shorten the horizon."});
    return;
  }
  std::vector<AcceleratorType> generations = next_generations(base, policy, request.end);
  if (generations.size() > kMostGenerations) return refuse_number();
  for (AcceleratorType& type : generations) market.types.push_back(std::move(type));
}

}  // namespace fleetrace::models
