#include <cmath>

#include "fleetrace/core/math.hpp"
#include "hardware_entries.hpp"

namespace fleetrace::models {

std::vector<AcceleratorType> next_generations(const AcceleratorType& base, const GenerationPlan& plan, core::Time end) {
  const double years = plan.cadence.years();
  const double performance_jump = core::exp2(plan.price_performance_rate * years);
  const double power_jump = performance_jump / core::exp2(plan.efficiency_rate * years);
  std::vector<AcceleratorType> generations;
  AcceleratorType next = base;
  for (int number = 1;; ++number) {
    const core::Time released = core::saturating_add(next.released, plan.cadence);
    if (released >= end) return generations;
    // The launch price belongs to the launch date; an offset between the two in the base stays.
    next.priced = core::saturating_add(next.priced, plan.cadence);
    next.released = released;
    next.name = base.name + '+' + std::to_string(number);
    next.peak *= performance_jump;
    next.nameplate_power *= power_jump;
    next.average_power *= power_jump;
    generations.push_back(next);
  }
}

ReleaseLaw release_law(const core::Spec& spec) {
  ReleaseLaw law;
  law.cadence = spec.duration("cadence");
  law.jump = core::exp2(spec.number("price_performance_doubling") * law.cadence.years());
  law.efficiency_jump = core::exp2(spec.number("energy_efficiency_doubling") * law.cadence.years());
  return law;
}

std::vector<AcceleratorType> generations_after(const AcceleratorType& base, const core::Spec& spec,
                                               const MarketRequest& request, const std::string& path,
                                               core::Diagnostics& diagnostics) {
  static constexpr std::int64_t kMostGenerations = 10'000;
  const GenerationPlan plan{spec.duration("cadence"), spec.number("price_performance_doubling"),
                            spec.number("energy_efficiency_doubling")};
  const auto refuse = [&](std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add(
        {spec.value("cadence").where, path + ".cadence", std::move(problem), std::move(reason), std::move(suggestion)});
    return std::vector<AcceleratorType>{};
  };
  if (request.end <= base.released) return {};
  const core::Duration span = request.end - base.released;
  if (span / plan.cadence > kMostGenerations) {
    return refuse("more than 10 000 generations would be released before the end of the horizon",
                  "the cadence is too short for it", "Lengthen the cadence or shorten the horizon.");
  }
  const double doublings = std::fabs(plan.price_performance_rate) + std::fabs(plan.efficiency_rate);
  if (doublings * span.years() > 900) {
    diagnostics.add({spec.where, path, "performance would double more than 900 times",
                     "it would leave the range of numbers", "Slow the growth down or shorten the horizon."});
    return {};
  }
  return next_generations(base, plan, request.end);
}

}  // namespace fleetrace::models
