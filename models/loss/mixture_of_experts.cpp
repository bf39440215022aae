#include "models/loss/loss_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {

double effective_parameters(double active, double total, double weight) {
  return core::pow(active, 1 - weight) * core::pow(total, weight);
}

const LossEntry kMixtureOfExpertsLoss{
    core::Entry{
        .name = "mixture_of_experts",
        .summary =
            "Chinchilla for a sparse model that is as good as a dense one of N_active^(1-w) N_total^w parameters and costs "
            "what N_active cost.",
        .parameters = with_accounting(with_fit(
            {
                {.name = "total_over_active",
                 .summary = "parameters of the model over those that a token uses; 1 is dense",
                 .range = core::between(1, 1e4),
                 .preset = "18.1",
                 .source = "DeepSeek-AI 2024, DeepSeek-V3 Technical Report, arXiv:2412.19437: 671B over 37B",
                 .verified = false},
                {.name = "weight",
                 .summary = "w, what a parameter counts that a token does not use; 0 is dense",
                 .range = core::between(0, 1),
                 .preset = "0.4",
                 .source = "literature values of 0.3 to 0.5",
                 .verified = false},
            },
            kRefit)),
        .scope =
            "Compute-optimal, C = 6 N_active D, on fresh data; relative to the loss of a dense model at the reference compute, "
            "so that the loss at C0 is below 1. Memory, routing and load balance cost nothing, and the gain is the same at "
            "every scale; a scenario whose progress law holds field-wide gains counts part of it twice.",
    },
    [](const core::Spec& spec, double reference_flop) {
      const Chinchilla dense = fit_of(spec);
      Chinchilla sparse = dense;
      // The term A/N_eff^alpha with N_eff = N_active r^w, where r is total over active parameters.
      sparse.parameter_scale *= core::pow(
          effective_parameters(1, spec.number("total_over_active"), spec.number("weight")), -dense.alpha);
      return relative_to(optimal_loss(sparse, reference_flop), optimal_loss(dense, reference_flop).reference_loss);
    },
    check_fit};

}  // namespace fleetrace::models
