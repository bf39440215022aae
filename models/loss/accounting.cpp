#include "models/loss/accounting.hpp"

#include "models/capability/capability.hpp"
#include "models/loss/loss_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kCumulative{
    .name = "cumulative",
    .summary = "All useful compute since the start of the horizon, on top of the reference compute.",
    .parameters = {},
    .scope = "As in the paper. No laboratory trains one model for years: read it as the sum of what was learnt.",
};

const core::Entry kBestRun{
    .name = "best_run",
    .summary =
        "The compute of the best training run completed so far: a run of fixed length on a share of the fleet, with "
        "the algorithm frozen at its start.",
    .parameters =
        {
            {.name = "length",
             .summary = "duration of a run",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "0.5 yr",
             .source = "Erdil 2024, Epoch AI, Data movement bottlenecks: practical maximum duration of a run"},
            {.name = "share",
             .summary = "share of the training fleet that the run gets",
             .range = core::above_up_to(0, 1),
             .preset = "1"},
            {.name = "inherits",
             .summary =
                 "share of its predecessor's compute that a run starts from, warm: of the run that ended when it began, which "
                 "may itself have inherited; 0 for training from scratch. A run has the algorithms of the instant at which it begins, a "
                 "jump at that instant included",
             .range = core::between(0, 1),
             .why = "a run cannot start from more than its predecessor came to",
             .preset = "0"},
        },
    .scope =
        "Runs may start at any moment from the start of the horizon on. Until one beats the reference compute the "
        "relative loss stays 1. An heir counts what its predecessor's compute was worth with the predecessor's algorithm; "
        "nobody has measured how much of a model a larger successor can use. With embodied progress each accelerator keeps the algorithm of its purchase date.",
};

constexpr const core::Entry* kEntries[] = {&kBestRun, &kCumulative};

}  // namespace

const core::Family& accounting_family() {
  static constexpr core::Family kFamily{.name = "accounting",
                                        .summary = "What compute stands behind a loss.",
                                        .selector = "model",
                                        .entries = kEntries,
                                        .preset = "cumulative"};
  return kFamily;
}

std::vector<core::Parameter> with_accounting(std::vector<core::Parameter> own) {
  own.push_back({.name = "compute",
                 .summary = "what compute stands behind the loss",
                 .shape = Shape::section,
                 .preset = "cumulative",
                 .family = &accounting_family()});
  own.push_back(
      {.name = "reference",
       .summary = "compute at which the loss is 1: one year of the initial fleet of the scenario as it is written, "
                  "of each future, point or draw itself (own), or an amount",
       .dimension = Dimension::compute,
       .range = core::above(0),
       .preset = "initial-year",
       .choices = {"initial-year", "own"}});
  own.push_back({.name = "targets",
                 .summary = "relative losses whose dates are reported",
                 .shape = Shape::numbers,
                 .range = {0, 1, true, true}});
  own.push_back(
      {.name = "beside",
       .summary =
           "other laws that are reported for the same compute and reference: with the fit of this one where they "
           "have one, with their defaults else",
       .shape = Shape::texts});
  own.push_back({.name = "capabilities",
                 .summary = "scores on tasks as curves of absolute loss or of compute, by name",
                 .shape = Shape::table,
                 .family = &capability_family()});
  return own;
}

}  // namespace fleetrace::models
