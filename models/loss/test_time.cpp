#include <algorithm>
#include <variant>

#include "models/loss/loss_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {

double test_time_worth(double inference, double exchange, double cap) {
  return core::pow(std::min(inference, core::pow(10, cap)), 1 / exchange);
}

const LossEntry kTestTimeLoss{
    core::Entry{
        .name = "test_time",
        .summary =
            "Chinchilla with answers that compute longer: a share of compute goes into them instead of training, and is worth "
            "training compute up to a cap.",
        .parameters = with_accounting(with_fit(
            {
                {.name = "share",
                 .summary = "of compute that goes into longer answers, and not into training",
                 .range = {0, 1, false, true},
                 .preset = "0.3",
                 .source = "assumption",
                 .verified = false},
                {.name = "serving",
                 .summary =
                     "share of compute that serves answers of ordinary length; longer ones take 1 + share/serving times that",
                 .range = core::above_up_to(0, 1),
                 .preset = "0.03",
                 .source = "assumption",
                 .verified = false},
                {.name = "answers",
                 .summary =
                     "compute of an answer over that of one of ordinary length, where demand pays for it (`demand.difficulty`, by the "
                     "accelerators that serve) and training keeps all of its own; or shared: `share` and `serving` say both",
                 .range = core::between(1, 1e12),
                 .preset = "shared",
                 .choices = {"shared"}},
                {.name = "exchange",
                 .summary = "decades of inference compute that stand for one decade of training compute",
                 .range = core::between(1, 10),
                 .preset = "1.5",
                 .source =
                     "Villalobos and Atkinson 2023, Epoch AI, Trading off compute in training and inference: 1 to 2"},
                {.name = "cap",
                 .summary = "decades of inference compute beyond which longer answers are no better",
                 .range = core::between(0, 10),
                 .preset = "2.5",
                 .source =
                     "Villalobos and Atkinson 2023, Epoch AI, Trading off compute in training and inference: 2 to 3"},
                {.name = "parallel",
                 .summary = "samples of an answer that are computed at the same time; the rest is its latency",
                 .range = core::at_least(1),
                 .preset = "1"},
            },
            kRefit)),
        .scope =
            "Compute-optimal training on fresh data, relative to the loss without test-time compute at the reference compute; a "
            "share that is too large makes it worse than 1. The number of answers stays in proportion to the fleet. The exchange "
            "holds over the span of one technique; the worth is that of tasks whose answers can be checked or voted on. An "
            "answer's latency grows with its compute over `parallel`: read it in the notes.",
    },
    [](const core::Spec& spec, double reference_flop) {
      const Chinchilla fit = fit_of(spec);
      const double* answers = std::get_if<double>(&spec.value("answers").data);
      const double share = answers != nullptr ? 0 : spec.number("share");
      const double inference = answers != nullptr ? *answers : 1 + share / spec.number("serving");
      const double worth = test_time_worth(inference, spec.number("exchange"), spec.number("cap"));
      // The law without test-time compute, at (1 - share) x worth times the compute.
      LossLaw law = relative_to(optimal_loss(fit, reference_flop * ((1 - share) * worth)),
                                optimal_loss(fit, reference_flop).reference_loss);
      law.test_time_worth = worth;
      law.latency = std::max(1.0, inference / spec.number("parallel"));
      return law;
    },
    check_fit};

}  // namespace fleetrace::models
