#include <algorithm>
#include <array>

#include "fleetrace/fleet/measures.hpp"
#include "fleetrace/fleet/scenario.hpp"
#include "fleetrace/models/demand.hpp"
#include "fleetrace/models/failure.hpp"
#include "fleetrace/models/finance.hpp"
#include "fleetrace/models/job.hpp"
#include "fleetrace/models/loss.hpp"
#include "fleetrace/models/progress.hpp"
#include "fleetrace/models/purchase.hpp"
#include "fleetrace/models/rental.hpp"
#include "fleetrace/models/resale.hpp"
#include "fleetrace/models/throughput.hpp"
#include "resolve_sites.hpp"
#include "supply_entry.hpp"

namespace fleetrace::fleet {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Shape;

/// A section that is always the same is a family of one entry.
constexpr Family plain(std::string_view name, std::span<const Entry* const> entries) {
  return {.name = name, .summary = {}, .selector = {}, .entries = entries, .preset = name};
}

const Entry kHorizon{
    .name = "horizon",
    .summary = "When the race starts and how long it lasts.",
    .parameters = {
        {.name = "start", .summary = "first instant, 00:00 UTC", .shape = Shape::date, .required = true},
        {.name = "length",
         .summary = "how long the race lasts; nothing happens at its end or later",
         .dimension = Dimension::duration,
         .range = core::between(1, 1.5e6 * static_cast<double>(core::kYear.milliseconds())),
         .required = true},
        {.name = "sample_every",
         .summary = "interval of the series; a 96th of the length where it is left out",
         .dimension = Dimension::duration,
         .range = core::at_least(1)},
    }};
constexpr const Entry* kHorizonEntries[] = {&kHorizon};
constexpr Family kHorizonFamily = plain("horizon", kHorizonEntries);

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
        {.name = "serving", .summary = "share that serves", .range = core::between(0, 1), .preset = "0"},
        {.name = "research",
         .summary = "share that does research, and neither trains nor serves",
         .range = core::between(0, 1),
         .preset = "0"},
    }};
constexpr const Entry* kSharesEntries[] = {&kShares};
constexpr Family kSharesFamily = plain("shares", kSharesEntries);

const Entry kOperations{
    .name = "operations",
    .summary = "How the fleet is run.",
    .parameters = {
        {.name = "lifetime",
         .summary = "service life, counted from installation",
         .dimension = Dimension::duration,
         .range = core::at_least(1),
         .preset = "unlimited",
         .unbounded = "unlimited"},
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
             "the same over time, with what serves and does research: a list of {from, training, serving, research}, or "
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
constexpr Family kOperationsFamily = plain("operations", kOperationsEntries);

const Entry kInitialCohort{
    .name = "initial_fleet",
    .summary = "What stands there at the start: accelerators, or capacity that is useful at an MFU of 1.",
    .parameters = {
        {.name = "accelerator", .summary = "a name from the catalog", .shape = Shape::text},
        {.name = "count", .summary = "how many", .dimension = Dimension::count, .range = core::between(1, 1e12)},
        {.name = "capacity",
         .summary = "capacity without devices, in the place of accelerators",
         .dimension = Dimension::compute_rate,
         .range = core::above(0)},
        {.name = "installed",
         .summary = "since when; the start of the horizon where it is left out",
         .shape = Shape::date},
        {.name = "site",
         .summary =
             "where, by its name; on the first site with room, in the order of the scenario, where it is left out",
         .shape = Shape::text},
    }};
constexpr const Entry* kInitialEntries[] = {&kInitialCohort};
constexpr Family kInitialFamily = plain("initial_fleet", kInitialEntries);

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
constexpr Family kCorrelationFamily = plain("correlation", kCorrelationEntries);

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
constexpr Family kCaseFamily = plain("case", kCaseEntries);

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
         .summary = "what is compared",
         .shape = Shape::choice,
         .preset = "final_loss",
         .choices = objective_names()},
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
constexpr Family kStudyFamily = plain("study", kStudyEntries);

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
           .family = &kHorizonFamily},
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
           .family = &kInitialFamily},
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
      }};
  return kScenario;
}

bool may_be_uncertain(std::string_view section) {
  return section != "fleetrace" && section != "cases" && section != "horizon" && section != "study";
}

bool may_differ_by_strategy(std::string_view section) {
  static constexpr std::array<std::string_view, 8> kSections = {"demand",   "hardware", "initial_fleet", "operations",
                                                                "progress", "rental",   "sites",         "supply"};
  return std::find(kSections.begin(), kSections.end(), section) != kSections.end();
}

}  // namespace fleetrace::fleet
