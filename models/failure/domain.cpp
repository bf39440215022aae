#include "models/failure/failure_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kDomain{
    .name = "domain",
    .summary = "Accelerators that go out of service together: a rack, a power feed, a pump.",
    .parameters =
        {
            {.name = "size",
             .summary =
                 "accelerators in it; a batch is cut into so many at a time in order, the last one holds the rest",
             .dimension = Dimension::count,
             .range = core::between(1, 1e9),
             .required = true},
            {.name = "mtbf",
             .summary = "mean time between its outages, while it is up",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .required = true},
            {.name = "shape",
             .summary = "of the Weibull law of that time: 1 for a constant rate",
             .range = core::between(0.1, 20),
             .why = "towards 0 nearly all lives end at once and a few never, above 20 all end together",
             .preset = "1"},
            {.name = "repair",
             .summary = "mean length of an outage",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .required = true},
            {.name = "repair_law",
             .summary = "how long outages are",
             .shape = Shape::section,
             .preset = "exponential",
             .family = &repair_family()},
        },
    .scope =
        "Domains go out independently of each other and of their accelerators, whose own clocks run on: P(up) is the product "
        "of availabilities. They are cut from what is installed together, so that one never spans two batches; the stationary "
        "regime holds from installation on. What is out draws no power and keeps its place.",
};
constexpr const core::Entry* kEntries[] = {&kDomain};

}  // namespace

const core::Family& domain_family() {
  static constexpr core::Family kFamily = core::plain_section("domain", kEntries);
  return kFamily;
}

FailureDomain resolve_domain(const core::Spec& spec) {
  FailureDomain domain;
  domain.size = spec.count("size");
  domain.life.add(spec.number("shape"), spec.number("mtbf"));
  domain.life.resolve_mean();
  domain.repair = resolve_repair(spec);
  domain.availability = domain.life.mean / (domain.life.mean + domain.repair.mean);
  return domain;
}

}  // namespace fleetrace::models
