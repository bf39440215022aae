#include "sim/scenario/schema/initial_fleet_entry.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kInitialCohort{
    .name = "initial_fleet",
    .summary = "What stands there at the start: accelerators, or capacity that is useful at an MFU of 1.",
    .parameters = {
        {.name = "accelerator", .summary = "a name from the catalog, or of accelerators", .shape = Shape::text},
        {.name = "count", .summary = "how many", .dimension = Dimension::count, .range = core::between(1, 1e12)},
        {.name = "capacity",
         .summary =
             "capacity without devices, in the place of accelerators; on a trend it cost and draws what capacity does at the "
             "start, whenever it was installed",
         .dimension = Dimension::compute_rate,
         .range = core::above(0)},
        {.name = "installed",
         .summary =
             "since when; the start of the horizon where it is left out. Who was installed first is first to be given room. "
             "What is past its life is absent from the fleet, the books and C0, and what is past its hand-down age does "
             "not count in C0",
         .shape = Shape::date},
        {.name = "site",
         .summary =
             "where, by its name; on the first site with room, in the order of the scenario, where it is left out",
         .shape = Shape::text},
    }};
constexpr const core::Entry* kInitialEntries[] = {&kInitialCohort};

}  // namespace

const core::Family& initial_fleet_family() {
  static constexpr core::Family kFamily = core::plain_section("initial_fleet", kInitialEntries);
  return kFamily;
}

}  // namespace fleetrace::scenario
