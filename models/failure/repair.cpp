#include <algorithm>
#include <cmath>

#include "models/failure/failure_entries.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/random/samplers.hpp"

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

const core::Entry kLemons{
    .name = "lemons",
    .summary =
        "A share of accelerators, such as those of bad nodes, that fail more often than the mean time of the others.",
    .parameters =
        {
            {.name = "share",
             .summary = "of all accelerators: each is one or not, whatever the others are",
             .range = core::above_up_to(0, 0.5),
             .why = "lemons are the exception; where most are bad, that is the mtbf",
             .preset = "0.012",
             .source =
                 "Kokolis et al. 2025 (HPCA), Revisiting Reliability in Large-Scale ML Research Clusters: 1.2 % lemon nodes"},
            {.name = "factor",
             .summary = "how many times as often they fail",
             .range = core::between(1, 1e4),
             .why = "below 1 they would be the better ones",
             .preset = "10",
             .source = "the team's assumption",
             .verified = false},
        },
    .scope =
        "Lemons stay what they are: repairs do not cure them and nobody takes them out, but a burn-in finds more of them than "
        "of the others. Each accelerator is one by itself; that those of one node are lemons together is not modelled.",
};
constexpr const core::Entry* kLemonEntries[] = {&kLemons};
constexpr core::Family kLemonFamily = core::plain_section("lemons", kLemonEntries);

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
  if (std::isinf(mean)) return mean;
  return sigma < 0 ? core::exponential(stream, mean) : mean == 0 ? 0 : core::lognormal(stream, median, sigma);
}

// A repair drawn in proportion to its length is lognormal again, e^(sigma^2) times longer.
double RepairLaw::draw_residual(core::Stream& stream) const {
  if (std::isinf(mean)) return mean;
  if (sigma < 0 || mean == 0) return core::exponential(stream, mean);
  const double share = stream.uniform();
  return share * core::lognormal(stream, median * core::exp(sigma * sigma), sigma);
}

double RepairLaw::survival(double x) const {
  if (mean == 0) return 0;
  if (std::isinf(mean)) return 1;
  if (sigma < 0) return core::exp(-x / mean);
  if (sigma == 0) return x < mean ? 1 : 0;
  return x > 0 ? core::normal_cdf(-core::log(x / median) / sigma) : 1;
}

// E min(X, x): the part of the mean below x, and x where the repair is longer.
double RepairLaw::survival_integral(double x) const {
  if (mean == 0 || x <= 0) return 0;
  if (std::isinf(mean)) return x;
  if (sigma < 0) return -mean * core::expm1(-x / mean);
  if (sigma == 0) return std::min(x, mean);
  return mean * core::normal_cdf(core::log(x / median) / sigma - sigma) + x * survival(x);
}

core::Parameter hardware_mtbf(std::string_view summary) {
  return {
      .name = "mtbf",
      .summary = summary,
      .dimension = Dimension::duration,
      .range = core::at_least(1),
      .preset = "96517 h",
      .source =
          "Llama Team 2024, The Llama 3 Herd of Models, table 5: 148 GPU + 72 HBM failures of 16 384 H100 in 54 days",
      .usual = core::between(500 * 3.6e6, 1e8 * 3.6e6),
      .usual_why = "it is of one accelerator, not of the fleet"};
}

std::vector<core::Parameter> with_repairs(std::vector<core::Parameter> own) {
  own.push_back(
      {.name = "repair",
       .summary =
           "mean time out of service; never for failures that are final: what fails is dead, keeps its place and its share of "
           "nameplate power, draws none, and leaves with its batch at the end of its life",
       .dimension = Dimension::duration,
       .range = core::at_least(0),
       .preset = "72 h",
       .source = "replacement takes 3 to 5 days by secondary sources; 72 h is the team's value",
       .verified = false,
       .unbounded = "never",
       .usual = core::between(0, 720 * 3.6e6),
       .usual_why = "a replacement takes days"});
  own.push_back({.name = "repair_law",
                 .summary = "how long repairs take",
                 .shape = Shape::section,
                 .preset = "exponential",
                 .family = &repair_family()});
  own.push_back({.name = "spares",
                 .summary = "share of what is installed together that stands by, powered, for what is in repair",
                 .range = {0, 1, false, true},
                 .why = "some must work",
                 .preset = "0"});
  own.push_back(
      {.name = "fidelity",
       .summary =
           "how failures are simulated: expected multiplies by the availability, aggregate draws the failures of "
           "each batch, device those of each accelerator. All have the same means of what works and of what fails, and of energy where "
           "start is stationary; where it is fresh, expected counts energy at the stationary availability",
       .shape = Shape::choice,
       .preset = "expected",
       .choices = {"expected", "aggregate", "device"}});
  own.push_back(
      {.name = "start",
       .summary =
           "ages of a new batch: stationary for a mixture of all, fresh for lives that begin together, with the infant "
           "mortality and the wear that they share",
       .shape = Shape::choice,
       .preset = "stationary",
       .choices = {"stationary", "fresh"}});
  own.push_back(
      {.name = "burn_in",
       .summary = "how long the supplier runs each accelerator before it is sent; those that fail are lost, paid all "
                  "the same",
       .dimension = Dimension::duration,
       .range = core::at_least(0),
       .preset = "0 h"});
  own.push_back({.name = "lemons",
                 .summary = "accelerators that fail more often than the others; none where it is left out",
                 .shape = Shape::section,
                 .family = &kLemonFamily});
  own.push_back({.name = "domains",
                 .summary = "racks, power feeds and whatever else takes its accelerators along when it goes out",
                 .shape = Shape::list,
                 .family = &domain_family()});
  return own;
}

RepairLaw resolve_repair(const core::Spec& spec) {
  RepairLaw law;
  law.mean = spec.number("repair");
  if (const core::Spec& repair = *spec.section("repair_law"); repair.entry == &kLognormalRepair) {
    law.sigma = repair.number("sigma");
    law.median = law.mean * core::exp(-law.sigma * law.sigma / 2);
  }
  return law;
}

FailureLaw resolve_weibull_lives(const core::Spec& spec, double shape) {
  LifeLaw life;
  life.add(shape, spec.number("mtbf"));
  life.resolve_mean();
  return resolve_repairs(spec, life);
}

FailureLaw resolve_repairs(const core::Spec& spec, const LifeLaw& life) {
  FailureLaw law;
  law.life = life;
  law.repair = resolve_repair(spec);
  law.fresh = spec.text("start") == "fresh";
  law.burn_in = spec.number("burn_in");
  if (const core::Spec* lemons = spec.section("lemons")) {
    law.lemons = lemons->number("share");
    law.lemon_factor = lemons->number("factor");
  }
  const auto kind = [&law](const LifeLaw& of) {
    // Where nothing is repaired there is no stationary regime; the tables of fresh batches have what is left of them.
    const double availability = std::isinf(law.repair.mean) ? 1 : of.mean / (of.mean + law.repair.mean);
    return FailureKind{of, availability, law.burn_in > 0 ? of.survival(law.burn_in) : 1, {}};
  };
  law.good = kind(life);
  law.lemon = law.lemons > 0 ? kind(life.hurried(law.lemon_factor)) : law.good;
  const double bad = law.installed_lemons();
  law.own_availability = bad > 0 ? (1 - bad) * law.good.availability + bad * law.lemon.availability
                                 : law.good.availability;
  law.failures_per_up_year = static_cast<double>(core::kYear.milliseconds()) / life.mean;
  if (bad > 0) {
    // The mean rate of an accelerator that is up weights good ones and lemons by how often each is up.
    law.failures_per_up_year *= ((1 - bad) * law.good.availability + bad * law.lemon_factor * law.lemon.availability) /
                                law.own_availability;
  }
  law.availability = law.own_availability;
  for (const core::Spec& each : spec.sections("domains")) {
    law.domains.push_back(resolve_domain(each));
    law.availability *= law.domains.back().availability;
  }
  law.spares = spec.number("spares");
  const std::string& fidelity = spec.text("fidelity");
  law.fidelity = fidelity == "device"      ? Fidelity::device
                 : fidelity == "aggregate" ? Fidelity::aggregate
                                           : Fidelity::expected;
  return law;
}

}  // namespace fleetrace::models
