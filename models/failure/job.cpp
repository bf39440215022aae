#include "models/failure/job.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kJob{
    .name = "job",
    .summary = "A training job that is interrupted, restarts from its last checkpoint and does lost work again.",
    .parameters =
        {
            {.name = "interruption_mtbf",
             .summary = "accelerator time between interruptions; a job of N is interrupted N times as often",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "50677 h",
             .source =
                 "Llama Team 2024, The Llama 3 Herd of Models: 419 unexpected interruptions of 16 384 H100 in 54 days"},
            {.name = "checkpoint",
             .summary = "time that a checkpoint stops the job",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "20 s",
             .source = "the team's assumption for a tuned run; 10 to 120 s by secondary sources",
             .verified = false},
            {.name = "restart",
             .summary = "from the interruption until the job computes again",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .preset = "7 min",
             .source = "the team's assumption for a tuned run: 2 min of detection, 5 min of restart",
             .verified = false},
            {.name = "interval",
             .summary = "computing between checkpoints: the exact optimum, Young's or Daly's formula, or a time",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "optimal",
             .choices = {"optimal", "young", "daly"}},
            {.name = "size",
             .summary = "accelerators of one job: all that train, or the fleet is shared by jobs of so many",
             .dimension = Dimension::count,
             .range = core::between(1, 1e12),
             .preset = "fleet",
             .choices = {"fleet"}},
            {.name = "fidelity",
             .summary =
                 "how interruptions are simulated: expected multiplies by the goodput, aggregate draws each of them; both "
                 "have the same long-run mean",
             .shape = Shape::choice,
             .preset = "expected",
             .choices = {"expected", "aggregate"}},
        },
    .scope =
        "Interruptions come at a constant rate per accelerator, also during restarts, and repair no hardware: what is broken "
        "is replaced in the time of the restart (operations.failures is about the hardware). Power is drawn throughout. Work "
        "counts when it is first done, evenly over interval and checkpoint; between interruptions checkpoints are no events.",
};

constexpr const core::Entry* kEntries[] = {&kJob};

}  // namespace

const core::Family& job_family() {
  static constexpr core::Family kFamily = core::plain_section("job", kEntries);
  return kFamily;
}

JobLaw resolve_job(const core::Spec& spec) {
  JobLaw law;
  law.mtbf = spec.number("interruption_mtbf");
  law.checkpoint = spec.number("checkpoint");
  law.restart = spec.number("restart");
  law.drawn = spec.text("fidelity") == "aggregate";
  const core::Value& interval = spec.value("interval");
  if (const auto* rule = std::get_if<std::string>(&interval.data)) {
    law.rule = *rule == "young"  ? JobLaw::Interval::young
               : *rule == "daly" ? JobLaw::Interval::daly
                                 : JobLaw::Interval::optimal;
  } else {
    law.rule = JobLaw::Interval::fixed;
    law.fixed_interval = spec.number("interval");
  }
  if (!std::holds_alternative<std::string>(spec.value("size").data)) law.size = spec.number("size");
  return law;
}

}  // namespace fleetrace::models
