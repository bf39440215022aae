#include "sim/scenario/schema/site_entry.hpp"

#include "models/finance/finance.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Shape;

const Entry kPhase{
    .name = "phase",
    .summary = "A phase of the grid connection.",
    .parameters = {
        {.name = "from",
         .summary = "announced date; grid_delay comes on top of it",
         .shape = Shape::instant,
         .dimension = Dimension::duration,
         .required = true},
        {.name = "power",
         .summary =
             "what the site can draw from the grid from then on, earlier phases included; less than before where a lease ends or power "
             "is curtailed. While an earlier phase is late, strategies count on what this phase changes alone",
         .dimension = Dimension::power,
         .range = core::at_least(0),
         .required = true},
    }};
constexpr const Entry* kPhaseEntries[] = {&kPhase};
constexpr Family kPhaseFamily = core::plain_section("phase", kPhaseEntries);

const Entry kTariff{.name = "tariff",
                    .summary = "What changes about the electricity at a date; what it leaves out stays as it was.",
                    .parameters = {
                        {.name = "from",
                         .summary = "from when on",
                         .shape = Shape::instant,
                         .dimension = Dimension::duration,
                         .required = true},
                        {.name = "electricity",
                         .summary = "price of electricity, below 0 where who draws power is paid for it",
                         .dimension = Dimension::energy_price,
                         .range = core::at_least(-10),
                         .usual = core::between(1e-3, 1),
                         .usual_why = "7 ct a kWh are 0.07 USD/kWh"},
                        {.name = "intensity",
                         .summary = "carbon dioxide equivalent of the electricity",
                         .dimension = Dimension::carbon_intensity,
                         .range = core::between(0, 10)},
                    }};
constexpr const Entry* kTariffEntries[] = {&kTariff};
constexpr Family kTariffFamily = core::plain_section("tariff", kTariffEntries);

const Entry kContract{
    .name = "power_contract",
    .summary =
        "A contract for power, settled month by month from the start of the horizon. Those of a site do not overlap.",
    .parameters = {
        {.name = "from",
         .summary = "from when on; the start of the horizon where it is left out",
         .shape = Shape::instant,
         .dimension = Dimension::duration},
        {.name = "until",
         .summary = "until when; the end of the horizon where it is left out",
         .shape = Shape::instant,
         .dimension = Dimension::duration},
        {.name = "take_or_pay",
         .summary = "draw from the grid, averaged over a month, that is paid for whether it is drawn or not",
         .dimension = Dimension::power,
         .range = core::at_least(0),
         .preset = "0 W"},
        {.name = "price",
         .summary =
             "of energy that is paid for and not drawn; that of the electricity at the end of the month where it is left out",
         .dimension = Dimension::energy_price,
         .range = core::between(0, 10),
         .usual = core::between(1e-3, 1),
         .usual_why = "7 ct a kWh are 0.07 USD/kWh"},
        {.name = "demand_charge",
         .summary = "for a month, of each W of the most nameplate power in it, with the overhead of the site",
         .dimension = Dimension::power_cost,
         .range = core::between(0, 10),
         .preset = "0 USD/W",
         .usual = core::between(0, 0.1),
         .usual_why = "12 USD a kW are 0.012 USD/W"},
    }};
constexpr const Entry* kContractEntries[] = {&kContract};
constexpr Family kContractFamily = core::plain_section("power_contract", kContractEntries);

const Entry kTask{.name = "task",
                  .summary = "A task of a project.",
                  .parameters = {
                      {.name = "duration",
                       .summary = "how long it takes",
                       .dimension = Dimension::duration,
                       .range = core::between(0, 1000 * static_cast<double>(core::kYear.milliseconds())),
                       .required = true},
                      {.name = "after",
                       .summary = "tasks that must have ended before it begins; with the project where it is left out",
                       .shape = Shape::texts},
                  }};
constexpr const Entry* kTaskEntries[] = {&kTask};
constexpr Family kTaskFamily = core::plain_section("task", kTaskEntries);

const Entry kProject{
    .name = "project",
    .summary = "What is built on a site. All of it is there when the last task ends.",
    .parameters = {
        {.name = "start",
         .summary = "when its first tasks begin; the start of the horizon where it is left out",
         .shape = Shape::instant,
         .dimension = Dimension::duration},
        {.name = "announced",
         .summary = "completion that strategies count on until it has passed; before completion they count on nothing "
                    "where it is left out",
         .shape = Shape::instant,
         .dimension = Dimension::duration},
        {.name = "power",
         .summary = "power from the grid that it adds",
         .dimension = Dimension::power,
         .range = core::at_least(0),
         .preset = "0 W"},
        {.name = "cooling",
         .summary = "IT power whose heat it takes away in addition",
         .dimension = Dimension::power,
         .range = core::at_least(0),
         .preset = "0 W"},
        {.name = "racks",
         .summary = "racks that it adds",
         .dimension = Dimension::count,
         .range = core::between(0, 1e12),
         .preset = "0"},
        {.name = "facility_cost",
         .summary = "of each W of IT power that it adds; that of the site where it is left out",
         .dimension = Dimension::power_cost,
         .range = core::at_least(0),
         .usual = core::between(0.1, 100),
         .usual_why = "12 million USD a MW are 12 USD/W"},
        {.name = "tasks",
         .summary = "its tasks, by name",
         .shape = Shape::table,
         .required = true,
         .family = &kTaskFamily},
    }};
constexpr const Entry* kProjectEntries[] = {&kProject};
constexpr Family kProjectFamily = core::plain_section("project", kProjectEntries);

const Entry kSite{
    .name = "site",
    .summary = "A place with power.",
    .parameters =
        {
            {.name = "power",
             .summary =
                 "what the site can draw from the grid; nameplate power times PUE stays below it. Nothing until a "
                 "phase or a project brings some, where one does and this is unlimited",
             .dimension = Dimension::power,
             .range = core::above(0),
             .preset = "unlimited",
             .unbounded = "unlimited",
             .usual = core::between(1e3, 1e10),
             .usual_why = "a large hall takes some 100 MW, a campus some GW"},
            {.name = "grid",
             .summary = "phases of the grid connection, by date",
             .shape = Shape::list,
             .family = &kPhaseFamily},
            {.name = "grid_delay",
             .summary =
                 "by how much every phase that adds power comes later than announced; strategies learn of it when the "
                 "announced date has passed",
             .dimension = Dimension::duration,
             .range = core::between(0, 1000 * static_cast<double>(core::kYear.milliseconds())),
             .preset = "0 days"},
            {.name = "displaced",
             .summary =
                 "what becomes of hardware for which a phase leaves no power: it waits for power on this site and does not age, or "
                 "retires and is sold where it can be sold",
             .shape = Shape::choice,
             .preset = "waits",
             .choices = {"waits", "retires"}},
            {.name = "redundancy",
             .summary = "grid power that is built over grid power that may be used: 1 for N, 2 for 2N, 4/3 for 3+1",
             .range = core::between(1, 10),
             .why = "no plant delivers more than it is built for",
             .preset = "1",
             .usual = core::between(1, 3)},
            {.name = "power_tree",
             .summary =
                 "how power gets from the grid to the racks: feeds, transformers, halls, rows, racks by name; without "
                 "bounds where it is left out",
             .shape = Shape::table,
             .family = &power_element_family()},
            {.name = "cooling",
             .summary = "IT power whose heat can be taken away; left out, as power",
             .dimension = Dimension::power,
             .range = core::above(0),
             .preset = "unlimited",
             .unbounded = "unlimited"},
            {.name = "racks",
             .summary = "racks that the halls hold; left out, as power",
             .dimension = Dimension::count,
             .range = core::between(0, 1e12),
             .preset = "unlimited",
             .unbounded = "unlimited"},
            {.name = "accelerators_per_rack",
             .summary =
                 "accelerators in one rack: 72 of a GB200 NVL72, 32 where four servers of eight share one; must be "
                 "given where racks are limited",
             .dimension = Dimension::count,
             .range = core::between(1, 1e6)},
            {.name = "pue",
             .summary = "power usage effectiveness: site power over IT power, at full load",
             .range = core::between(1, 10),
             .preset = "1",
             .usual = core::between(1, 3)},
            {.name = "fixed_overhead",
             .summary =
                 "share of the overhead at full load that is drawn whatever the load, so that the PUE rises as the "
                 "site empties",
             .range = core::between(0, 1),
             .preset = "0"},
            {.name = "electricity",
             .summary = "price of electricity, below 0 where who draws power is paid for it",
             .dimension = Dimension::energy_price,
             .range = core::at_least(-10),
             .preset = "0 USD/kWh",
             .usual = core::between(1e-3, 1),
             .usual_why = "7 ct a kWh are 0.07 USD/kWh"},
            {.name = "tariffs",
             .summary = "later prices and carbon intensities of the electricity, by date",
             .shape = Shape::list,
             .family = &kTariffFamily},
            {.name = "contracts",
             .summary = "contracts for its power, by date: take or pay, demand charges",
             .shape = Shape::list,
             .family = &kContractFamily},
            {.name = "facility_cost",
             .summary =
                 "of each W of IT power that fits (critical load), paid on the day when it opens, at the start for "
                 "what is there then",
             .dimension = Dimension::power_cost,
             .range = core::at_least(0),
             .preset = "0 USD/W",
             .usual = core::between(0.1, 100),
             .usual_why = "12 million USD a MW are 12 USD/W"},
            {.name = "facility_life",
             .summary =
                 "over which what was built loses its value in a straight line, each part from when it opens; what is left "
                 "at the end of the horizon counts in the net present value. Nothing is left where it is left out",
             .dimension = Dimension::duration,
             .range = core::at_least(8.64e7),
             .unbounded = "unlimited",
             .usual = core::between(5 * 3.15576e10, 60 * 3.15576e10),
             .usual_why = "buildings last 30 to 40 years, their power and cooling plant 15 to 20"},
            {.name = "carbon",
             .summary = "what it emits; a single value is the intensity: carbon: 0 kg/kWh states none of electricity",
             .shape = Shape::section,
             .preset = "carbon",
             .family = &models::carbon_family()},
            {.name = "water",
             .summary = "water usage effectiveness (WUE): water that the site uses for each kWh of IT energy",
             .dimension = Dimension::water_intensity,
             .range = core::between(0, 100),
             .preset = "0.36 L/kWh",
             .source =
                 "average of data centers in the US in 2023; LBNL 2024, United States Data Center Energy Usage Report",
             .verified = false,
             .usual = core::between(0.01, 10),
             .usual_why = "the average of data centers in the US is 0.36 L/kWh"},
            {.name = "projects",
             .summary = "what is built there, by name",
             .shape = Shape::table,
             .family = &kProjectFamily},
        },
    .scope =
        "What fits is the least of grid power over redundancy and PUE, what the power tree delivers, cooling, and places in racks. "
        "Where a phase takes power away, hardware leaves service at once until the rest fits: first what has the fewest useful FLOP/s "
        "per W of nameplate, of equals the oldest, and of the last batch as many stay as fit. An order does not count on room that a "
        "phase announced for its arrival takes away. Power that comes back is not built again. "
        "Whoever arrives takes what fits on the first of its sites, then on the next, and stays where it is; capacity of a trend "
        "is never split. What fits nowhere waits, paid for. Whenever there may be more room, all that waits is asked in the order in "
        "which it came, and what fits nowhere holds up nobody: who needs less may get ahead. An order counts on the room that it will "
        "find if all goes as is known today: sites open as announced, what comes to the end of its life leaves, what is on its way "
        "comes after burn-in and mean lead time and stands where it fits. Overhead grows in proportion to the load but for its fixed share, (PUE - 1) x share x "
        "IT power that fits, drawn from the day on when it opens. Facility cost is paid by who uses the site, whether it "
        "is filled or not, beside the budget unless that covers all; none of it is sold, and no book writes it off. Contracts "
        "are paid by who uses the site: where the average draw of a month stays below take_or_pay, for what is missing, and for the "
        "peak of each month by nameplate power. No losses over distance. Water is that of the site, averaged over the year, "
        "by the definition of The Green Grid (white paper 35): nothing of the plants that make its electricity."};
constexpr const Entry* kSiteEntries[] = {&kSite};

}  // namespace

const Family& site_family() {
  static constexpr Family kFamily = core::plain_section("site", kSiteEntries);
  return kFamily;
}

}  // namespace fleetrace::scenario
