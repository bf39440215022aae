#include "failure_entries.hpp"
#include "fleetrace/core/math.hpp"
#include "fleetrace/core/samplers.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kExponentialRepair{
    .name = "exponential",
    .summary = "Repairs end at a constant rate.",
    .parameters = {},
    .scope = "Without memory: however long a repair has taken, it takes as long again on average.",
};

const core::Entry kLognormalRepair{
    .name = "lognormal",
    .summary = "Most repairs are short and few are very long; `repair` is their mean.",
    .parameters =
        {
            {.name = "sigma",
             .summary = "standard deviation of the logarithm; at 0 all repairs take the same time",
             .range = core::between(0, 5),
             .preset = "1",
             .source = "the team's assumption (lognormal: Schroeder and Gibson 2006)",
             .verified = false},
        },
    .scope = "Repairs are independent of each other, of age and of how many are under way.",
};

constexpr const core::Entry* kEntries[] = {&kExponentialRepair, &kLognormalRepair};

}  // namespace

const core::Family& repair_family() {
  static constexpr core::Family kFamily{.name = "repair_law",
                                        .summary = "How long repairs take.",
                                        .selector = "model",
                                        .entries = kEntries,
                                        .preset = "exponential"};
  return kFamily;
}

double RepairLaw::draw(core::Stream& stream) const {
  return sigma < 0 ? core::exponential(stream, mean) : mean == 0 ? 0 : core::lognormal(stream, median, sigma);
}

// A repair drawn in proportion to its length is lognormal again, e^(sigma^2) times longer.
double RepairLaw::draw_residual(core::Stream& stream) const {
  if (sigma < 0 || mean == 0) return core::exponential(stream, mean);
  const double share = stream.uniform();
  return share * core::lognormal(stream, median * core::exp(sigma * sigma), sigma);
}

std::vector<core::Parameter> with_repairs(std::vector<core::Parameter> own) {
  own.push_back({.name = "repair",
                 .summary = "mean time out of service",
                 .dimension = Dimension::duration,
                 .range = core::at_least(0),
                 .preset = "72 h",
                 .source = "replacement takes 3 to 5 days by secondary sources; 72 h is the team's value",
                 .verified = false});
  own.push_back({.name = "repair_law",
                 .summary = "how long repairs take",
                 .shape = Shape::section,
                 .preset = "exponential",
                 .family = &repair_family()});
  own.push_back({.name = "spares",
                 .summary = "share of what is installed together that stands by, powered, for what is in repair",
                 .range = {0, 1, false, true},
                 .preset = "0"});
  own.push_back(
      {.name = "fidelity",
       .summary =
           "how failures are simulated: expected multiplies by the availability, aggregate draws the failures of "
           "each batch, device those of each accelerator; all with the same means",
       .shape = Shape::choice,
       .preset = "expected",
       .choices = {"expected", "aggregate", "device"}});
  return own;
}

FailureLaw resolve_repairs(const core::Spec& spec, const LifeLaw& life) {
  FailureLaw law;
  law.life = life;
  law.repair.mean = spec.number("repair");
  if (const core::Spec& repair = *spec.section("repair_law"); repair.entry == &kLognormalRepair) {
    law.repair.sigma = repair.number("sigma");
    law.repair.median = law.repair.mean * core::exp(-law.repair.sigma * law.repair.sigma / 2);
  }
  law.availability = life.mean / (life.mean + law.repair.mean);
  law.failures_per_up_year = static_cast<double>(core::kYear.milliseconds()) / life.mean;
  law.spares = spec.number("spares");
  const std::string& fidelity = spec.text("fidelity");
  law.fidelity = fidelity == "device"      ? Fidelity::device
                 : fidelity == "aggregate" ? Fidelity::aggregate
                                           : Fidelity::expected;
  return law;
}

}  // namespace fleetrace::models
