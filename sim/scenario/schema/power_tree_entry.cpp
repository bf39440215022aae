#include "sim/scenario/schema/site_entry.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kElement{
    .name = "power_element",
    .summary = "A feed, transformer, hall, row or rack: identical copies that power goes through.",
    .parameters =
        {
            {.name = "capacity",
             .summary = "IT power that each copy carries",
             .dimension = Dimension::power,
             .range = core::above(0),
             .required = true},
            {.name = "count",
             .summary = "copies; side by side with those of what feeds them, in order",
             .dimension = Dimension::count,
             .range = core::between(1, 1e4),
             .preset = "1"},
            {.name = "from",
             .summary = "what feeds it, several where they are redundant; the grid where it is left out",
             .shape = Shape::texts},
            {.name = "mtbf",
             .summary = "mean time between outages of a copy, while it is up; exponential",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "unlimited",
             .unbounded = "unlimited"},
            {.name = "repair",
             .summary = "mean length of an outage; exponential",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .preset = "0 h"},
        },
    .scope =
        "What the tree delivers is a maximum flow from the grid to what feeds nothing else. Copies go out independently, each on "
        "its own clock; with several out at once the tree delivers what it does without all of them. What is installed is spread "
        "evenly over the tree: an outage leaves the share of it in service that the tree still delivers of what it delivers whole "
        "(nothing is lost where another element stands in), the rest counts as in repair, and a job on the fleet goes back to its "
        "last checkpoint. Where failures are expected, not drawn, the mean share counts, exact for one and for two copies out of at "
        "most 100 that fail; other losses add up. A job of a size below the fleet's is hit in proportion to what is lost. No more "
        "than 200 elements may have several sources, or feed such, where any of a site's fails."};
constexpr const core::Entry* kEntries[] = {&kElement};

}  // namespace

const core::Family& power_element_family() {
  static constexpr core::Family kFamily = core::plain_section("power_element", kEntries);
  return kFamily;
}

}  // namespace fleetrace::scenario
