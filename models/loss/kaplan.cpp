#include "models/loss/loss_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {

const LossEntry kKaplanLoss{
    core::Entry{
        .name = "kaplan",
        .summary = "Kaplan's absolute loss of compute-optimal training without a floor: L = (Cc/C)^alpha.",
        .parameters = with_accounting({
            {.name = "exponent",
             .summary = "alpha of the compute that a run takes at the least",
             .range = core::above_up_to(0, 1),
             .preset = "0.05",
             .source = "Kaplan et al. 2020, arXiv:2001.08361, L(Cmin)"},
            {.name = "scale",
             .summary = "compute at which the law gives a loss of 1 nat per token",
             .dimension = core::Dimension::compute,
             .range = core::above(0),
             .preset = "3.1e8 PF-days",
             .source = "Kaplan et al. 2020, arXiv:2001.08361, Cc of L(Cmin)"},
        }),
        .scope =
            "Relative losses are those of the law relative with the same exponent; what it adds is the absolute loss. It has no "
            "floor and was fitted up to about 1e22 FLOP: at frontier compute it promises too much.",
    },
    [](const core::Spec& spec, double reference_flop) {
      const double exponent = spec.number("exponent");
      return absolute_loss(0, {core::pow(spec.number("scale"), exponent), exponent}, {}, reference_flop);
    }};

}  // namespace fleetrace::models
