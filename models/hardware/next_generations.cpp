#include <algorithm>
#include <cmath>

#include "fleetrace/core/math.hpp"
#include "hardware_entries.hpp"

namespace fleetrace::models {

std::vector<AcceleratorType> next_generations(const AcceleratorType& base, const GenerationPlan& plan, core::Time end) {
  const double performance_jump = plan.performance_jump();
  const double power_jump = performance_jump / plan.efficiency_jump();
  std::vector<AcceleratorType> generations;
  AcceleratorType next = base;
  next.price.quotes = nullptr;  // nobody has quoted them
  for (std::uint64_t number = 1; number <= kMostGenerations + 1; ++number) {
    const core::Duration interval = release_interval(plan.cadence, plan.seed, plan.replication, number);
    const core::Time released = core::saturating_add(next.released, interval);
    if (released >= end) break;
    // The launch price belongs to the launch date; an offset between the two in the base stays.
    next.priced = core::saturating_add(next.priced, interval);
    next.released = released;
    next.name = base.name + '+' + std::to_string(number);
    next.peak *= performance_jump;
    next.nameplate_power *= power_jump;
    next.average_power *= power_jump;
    generations.push_back(next);
  }
  return generations;
}

namespace {

GenerationPlan plan_of(const core::Spec& spec, const MarketRequest& request) {
  GenerationPlan plan;
  plan.cadence = {spec.duration("cadence"), spec.number("regularity")};
  plan.price_performance_rate = spec.number("price_performance_doubling");
  plan.efficiency_rate = spec.number("energy_efficiency_doubling");
  plan.matched = spec.text("matched") == "mean" ? Matched::mean : Matched::log;
  plan.seed = request.seed;
  plan.replication = request.replication;
  return plan;
}

}  // namespace

void add_generations(Market& market, const core::Spec& spec, const MarketRequest& request, const std::string& path,
                     core::Diagnostics& diagnostics) {
  const AcceleratorType base = market.types.back();
  const GenerationPlan plan = plan_of(spec, request);
  const auto refuse_number = [&] {
    diagnostics.add({spec.value("cadence").where, path + ".cadence",
                     "more than 10 000 generations would be released before the end of the horizon",
                     "the cadence is too short for it", "Lengthen the cadence or shorten the horizon."});
  };
  for (const std::string_view key : {"price_performance_rate", "energy_efficiency_rate"}) {
    const double rate = spec.number(spec.entry->find(key)->name);
    if (rate >= 0 || std::isfinite(release_jump(plan.cadence, rate, plan.matched))) continue;
    diagnostics.add({spec.where, path + '.' + std::string(key), "no jump makes the mean fall that fast",
                     "at random releases it falls by less than regularity / cadence",
                     "Slow the decline down, write matched: log, or make releases more regular."});
    return;
  }
  market.releases = ReleaseLaw{plan.cadence.mean, plan.cadence.shape, plan.performance_jump(), plan.efficiency_jump(),
                               base.name};
  if (request.end <= base.released) return;
  const core::Duration span = request.end - base.released;
  if (span / plan.cadence.mean > static_cast<std::int64_t>(kMostGenerations)) return refuse_number();
  const double doublings = std::fabs(plan.price_performance_rate) + std::fabs(plan.efficiency_rate);
  const double years = plan.cadence.is_fixed() ? span.years() : std::max(span, plan.cadence.mean).years();
  if (doublings * years > 900) {
    diagnostics.add({spec.where, path, "performance would double more than 900 times",
                     "it would leave the range of numbers", "Slow the growth down or shorten the horizon."});
    return;
  }
  std::vector<AcceleratorType> generations = next_generations(base, plan, request.end);
  if (generations.size() > kMostGenerations) return refuse_number();
  for (AcceleratorType& type : generations) market.types.push_back(std::move(type));
}

}  // namespace fleetrace::models
