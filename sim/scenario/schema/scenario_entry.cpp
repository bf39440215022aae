#include <algorithm>
#include <array>

#include "fleetrace/models/loss.hpp"
#include "models/demand/demand.hpp"
#include "models/failure/failure.hpp"
#include "models/failure/job.hpp"
#include "models/finance/finance.hpp"
#include "models/hardware/own_accelerators.hpp"
#include "models/hardware/rental.hpp"
#include "models/hardware/resale.hpp"
#include "models/progress/progress.hpp"
#include "models/purchase/purchase.hpp"
#include "models/throughput/throughput.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/schema/actuals_entry.hpp"
#include "sim/scenario/schema/horizon_entry.hpp"
#include "sim/scenario/schema/initial_fleet_entry.hpp"
#include "sim/scenario/schema/money_entry.hpp"
#include "sim/scenario/schema/site_entry.hpp"
#include "sim/scenario/schema/supply_entry.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Shape;

const Entry kShares{
    .name = "shares",
    .summary = "What the fleet does from a date on.",
    .parameters = {
        {.name = "from",
         .summary = "a date, or a duration from the start of the horizon, which is meant where it is left out",
         .shape = Shape::instant,
         .dimension = Dimension::duration,
         .range = core::at_least(0)},
        {.name = "training",
         .summary = "share that trains; what serving and research leave where it is left out",
         .range = core::between(0, 1)},
        {.name = "serving",
         .summary =
             "share that serves; as_needed: what demand asks for, up to all but research, and training has the rest",
         .range = core::between(0, 1),
         .preset = "0",
         .choices = {"as_needed"}},
        {.name = "every",
         .summary =
             "how often the share of serving as_needed is set anew, each time for the highest load until the next; a month where it "
             "is left out. It also follows each change of what works",
         .dimension = Dimension::duration,
         .range = core::at_least(3.6e6)},
        {.name = "research",
         .summary = "share that does research, and neither trains nor serves",
         .range = core::between(0, 1),
         .preset = "0"},
    }};
constexpr const Entry* kSharesEntries[] = {&kShares};
constexpr Family kSharesFamily = core::plain_section("shares", kSharesEntries);

const Entry kOperations{
    .name = "operations",
    .summary = "How the fleet is run.",
    .parameters = {
        {.name = "lifetime",
         .summary = "service life, counted from installation",
         .dimension = Dimension::duration,
         .range = core::at_least(1),
         .preset = "unlimited",
         .unbounded = "unlimited",
         .usual = core::between(0.5 * static_cast<double>(core::kYear.milliseconds()),
                                30 * static_cast<double>(core::kYear.milliseconds()))},
        {.name = "mfu",
         .summary = "model FLOP utilisation: useful over peak FLOP/s; must be given for accelerators, 1 for capacity",
         .range = core::above_up_to(0, 1),
         .why = "no accelerator does more than its peak"},
        {.name = "throughput",
         .summary = "what a training run keeps of its MFU when it grows",
         .shape = Shape::section,
         .preset = "constant",
         .family = &models::throughput_family()},
        {.name = "training_share",
         .summary = "share of the fleet that trains",
         .range = core::above_up_to(0, 1),
         .why = "at 0 nothing trains, above 1 more than there is",
         .preset = "1"},
        {.name = "shares",
         .summary =
             "the same over time, with what serves and does research: a list of {from, training, serving, every, research}, or "
             "the name of a CSV file with these columns; training_share trains and the rest serves where it is left out",
         .shape = Shape::list,
         .family = &kSharesFamily},
        {.name = "failures",
         .summary = "hardware failures and repairs",
         .shape = Shape::section,
         .preset = "none",
         .family = &models::failure_family()},
        {.name = "job",
         .summary =
             "the training job on the fleet, its interruptions and checkpoints; never interrupted where it is left out",
         .shape = Shape::section,
         .family = &models::job_family()},
        {.name = "hand_down",
         .summary = "when hardware leaves training for serving; never where it is left out",
         .shape = Shape::section,
         .family = &models::hand_down_family()},
        {.name = "resale",
         .summary = "what hardware fetches when it leaves; nothing where it is left out",
         .shape = Shape::section,
         .family = &models::resale_family()},
    }};
constexpr const Entry* kOperationsEntries[] = {&kOperations};
constexpr Family kOperationsFamily = core::plain_section("operations", kOperationsEntries);

const Entry kCorrelation{
    .name = "correlation",
    .summary = "Two uncertain inputs that move together.",
    .parameters = {
        {.name = "between", .summary = "the paths of two uncertain inputs", .shape = Shape::texts, .required = true},
        {.name = "rank",
         .summary = "Spearman's rank correlation of the two, by a Gaussian copula",
         .range = {-1, 1, true, true},
         .required = true},
    }};
constexpr const Entry* kCorrelationEntries[] = {&kCorrelation};
constexpr Family kCorrelationFamily = core::plain_section("correlation", kCorrelationEntries);

const Entry kCase{.name = "case",
                  .summary = "A changed future that `fleetrace whatif` sets beside the scenario as it stands.",
                  .parameters = {
                      {.name = "summary", .summary = "what it stands for", .shape = Shape::text},
                      {.name = "set",
                       .summary = "what it changes: path=value each, as --set takes it",
                       .shape = Shape::texts,
                       .required = true},
                  }};
constexpr const Entry* kCaseEntries[] = {&kCase};
constexpr Family kCaseFamily = core::plain_section("case", kCaseEntries);

const Entry kStudy{
    .name = "study",
    .summary = "How a study of many replications is made; a single run does not use it.",
    .parameters = {
        {.name = "replications",
         .summary = "how many",
         .dimension = Dimension::count,
         .range = core::between(1, 1e9),
         .preset = "400"},
        {.name = "objective",
         .summary =
             "what is compared; a race that does not reach the target has no time or cost to it and is worse than any that "
             "does, and cost_per_effective_compute is of the compute that the purchases added",
         .shape = Shape::choice,
         .preset = "final_loss",
         .choices = fleet::objective_names()},
        {.name = "target",
         .summary =
             "relative loss that time_to_target and cost_to_target mean; the first of loss.targets where it is left out",
         .range = {0, 1, true, true}},
        {.name = "correlations",
         .summary = "uncertain inputs that move together; all others are independent",
         .shape = Shape::list,
         .family = &kCorrelationFamily},
        {.name = "confidence", .summary = "of the intervals", .range = {0, 1, true, true}, .preset = "0.95"},
    }};
constexpr const Entry* kStudyEntries[] = {&kStudy};
constexpr Family kStudyFamily = core::plain_section("study", kStudyEntries);

}  // namespace

const Entry& scenario_entry() {
  static const Entry kScenario{
      .name = "scenario",
      .summary = "A race of purchase strategies.",
      .parameters = {
          {.name = "fleetrace",
           .summary = "format version",
           .dimension = Dimension::count,
           .range = core::between(1, 1),
           .required = true},
          {.name = "name", .summary = "name of the scenario", .shape = Shape::text, .required = true},
          {.name = "description", .summary = "what it shows", .shape = Shape::text},
          {.name = "horizon",
           .summary = "when the race starts and how long it lasts",
           .shape = Shape::section,
           .required = true,
           .family = &horizon_family()},
          {.name = "money",
           .summary =
               "what amounts are written in beside USD, and of which year prices are; USD alone where it is left out",
           .shape = Shape::section,
           .family = &money_family()},
          {.name = "accelerators",
           .summary =
               "accelerators of your own by name, and numbers of those in the catalog that are others for you; each may be named "
               "wherever one of the catalog may",
           .shape = Shape::table,
           .family = &models::own_accelerator_family()},
          {.name = "hardware",
           .summary = "what is on sale",
           .shape = Shape::section,
           .family = &models::hardware_family()},
          {.name = "supply",
           .summary = "how orders are delivered",
           .shape = Shape::section,
           .preset = "supply",
           .family = &supply_family()},
          {.name = "progress",
           .summary = "how algorithms improve",
           .shape = Shape::section,
           .preset = "none",
           .family = &models::progress_family()},
          {.name = "operations",
           .summary = "how the fleet is run",
           .shape = Shape::section,
           .preset = "operations",
           .family = &kOperationsFamily},
          {.name = "demand",
           .summary = "what serving is asked for; nothing where it is left out",
           .shape = Shape::section,
           .family = &models::demand_family()},
          {.name = "sites",
           .summary =
               "where it stands, by name, filled in this order; unlimited power and free energy where it is left out",
           .shape = Shape::table,
           .family = &site_family()},
          {.name = "rental",
           .summary = "what can be rented; nothing where it is left out",
           .shape = Shape::section,
           .family = &models::rental_family()},
          {.name = "loss",
           .summary = "what compute buys",
           .shape = Shape::section,
           .preset = "relative",
           .family = &models::loss_family()},
          {.name = "finance",
           .summary = "how money over time is compared",
           .shape = Shape::section,
           .preset = "finance",
           .family = &models::finance_family()},
          {.name = "initial_fleet",
           .summary = "what stands there at the start",
           .shape = Shape::list,
           .family = &initial_fleet_family()},
          {.name = "actuals",
           .summary =
               "what the fleet of a strategy really was on some dates: a list of {strategy, date, site, accelerator, count, power, "
               "spend, expected}, or the name of a CSV file with these columns",
           .shape = Shape::list,
           .family = &actuals_family()},
          {.name = "strategies",
           .summary = "who races, by name",
           .shape = Shape::table,
           .required = true,
           .family = &models::purchase_family()},
          {.name = "study",
           .summary = "how a study of many replications is made",
           .shape = Shape::section,
           .preset = "study",
           .family = &kStudyFamily},
          {.name = "cases",
           .summary = "changed futures by name, for whatif",
           .shape = Shape::table,
           .family = &kCaseFamily},
          {.name = "live",
           .summary =
               "paths of the numbers that become the controls of the live page, at most 12, in their order; the page chooses them "
               "where it is left out",
           .shape = Shape::texts},
      }};
  return kScenario;
}

bool may_be_uncertain(std::string_view section) {
  return section != "fleetrace" && section != "actuals" && section != "cases" && section != "horizon" &&
         section != "money" && section != "study";
}

bool may_be_believed(std::string_view section) {
  return may_differ_by_strategy(section) && section != "initial_fleet" && section != "rental";
}

bool may_differ_by_strategy(std::string_view section) {
  static constexpr std::array<std::string_view, 9> kSections = {
      "accelerators", "demand", "hardware", "initial_fleet", "operations", "progress", "rental", "sites", "supply"};
  return std::find(kSections.begin(), kSections.end(), section) != kSections.end();
}

}  // namespace fleetrace::scenario
