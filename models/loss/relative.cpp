#include <limits>

#include "models/loss/loss_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// By exp and log, which costs a third of core::pow and loses no digits where the exponent is small.
double loss_at(const LossLaw& law, double ratio, double) {
  return core::exp(-law.terms[0].exponent * core::log(ratio));
}
double ratio_at(const LossLaw& law, double loss, double) { return core::pow(loss, -1 / law.terms[0].exponent); }

}  // namespace

LossLaw relative_loss(double kappa) {
  LossLaw law;
  law.loss_at = loss_at;
  law.ratio_at = ratio_at;
  law.terms[0] = {1, kappa};
  return law;
}

const LossEntry kRelativeLoss{
    core::Entry{
        .name = "relative",
        .summary = "Relative loss of one model family: R = (C/C0)^-kappa.",
        .parameters = with_accounting({
            {.name = "kappa",
             .summary = "exponent of compute",
             .range = core::above_up_to(0, 1),
             .why = "at 0 or below compute would lower no loss, and no law is steeper than 1",
             .preset = "0.05",
             .source =
                 "Kaplan et al. 2020, arXiv:2001.08361 (total loss without a floor); used by Lu 2025, arXiv:2501.02156"},
        }),
        .scope =
            "Compute-optimal training without an irreducible loss, so far above the reference it promises too much: at "
            "frontier compute the local exponent of laws with a floor is below 0.02. Doubling compute moves R by 3.4 %.",
    },
    [](const core::Spec& spec, double) { return relative_loss(spec.number("kappa")); }};

double mean_field_ratio(double gamma, double years) { return 1 + core::integral_of_exp(gamma * core::kLn2, years); }

double mean_field_years(double gamma, double ratio) {
  const double needed = ratio - 1;
  const double eta = gamma * core::kLn2;
  // log1p(eta x)/eta tends to x; below this product the difference is under half an ulp.
  const double product = eta * needed;
  if (eta == 0 || (product < 1e-16 && product > -1e-16)) return needed;
  if (product <= -1) return std::numeric_limits<double>::infinity();
  return core::log1p(product) / eta;
}

}  // namespace fleetrace::models
