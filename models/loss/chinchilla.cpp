#include <variant>

#include "models/loss/loss_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

core::Parameter tokens_per_parameter() {
  core::Parameter parameter;
  parameter.name = "tokens_per_parameter";
  parameter.summary = "how compute is split between model and data: the lowest loss, or so many tokens a parameter";
  parameter.range = {1e-3, 1e9, false, false};
  parameter.preset = "optimal";
  parameter.choices = {"optimal"};
  return parameter;
}

/// k of the rule D = k N^s such that the stated tokens_per_parameter hold at the stated number of parameters.
double rule_scale(const core::Spec& spec, double tokens) {
  return tokens * core::pow(spec.number("rule_at"), 1 - data_exponent(spec.value("data_exponent")));
}

LossLaw resolve(const core::Spec& spec, double reference_flop) {
  const Chinchilla fit = fit_of(spec);
  const core::Value& split = spec.value("tokens_per_parameter");
  if (const double* tokens = std::get_if<double>(&split.data))
    return ruled_loss(fit, rule_scale(spec, *tokens), data_exponent(spec.value("data_exponent")), reference_flop);
  return optimal_loss(fit, reference_flop);
}

void check(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  check_fit(spec, path, diagnostics);
  if (std::holds_alternative<double>(spec.value("tokens_per_parameter").data)) return;
  if (data_exponent(spec.value("data_exponent")) == 1) return;
  diagnostics.add({spec.value("data_exponent").where, path + ".data_exponent", "it belongs to a rule for data",
                   "tokens_per_parameter is optimal, so that compute is split for the lowest loss",
                   "Leave it out, or state tokens_per_parameter, such as 20."});
}

}  // namespace

double data_exponent(const core::Value& value) {
  if (const double* stated = std::get_if<double>(&value.data)) return *stated;
  const auto& rule = std::get<std::string>(value.data);
  if (rule == "kaplan") return 0.74;
  return rule == "hoffmann" ? 1 : core::log2(2.5);
}

const LossEntry kChinchillaLoss{
    core::Entry{
        .name = "chinchilla",
        .summary =
            "Chinchilla: L = E + A/N^alpha + B/D^beta with C = 6 N D, compute-optimal or at so many tokens a parameter.",
        .parameters = with_accounting(with_fit(
            {
                tokens_per_parameter(),
                {.name = "data_exponent",
                 .summary =
                     "s of a rule D proportional to N^s: tokens per parameter grow with N^(s-1). hoffmann is 1, kaplan 0.74, and 2.5x "
                     "is log2 2.5 = 1.32: twice the parameters, 2.5 times the data",
                 .range = core::between(0.1, 10),
                 .preset = "1",
                 .source =
                     "Hoffmann et al. 2022, arXiv:2203.15556; 0.74 Kaplan et al. 2020; 2.5x is a rule of thumb without a paper",
                 .choices = {"hoffmann", "kaplan", "2.5x"}},
                {.name = "rule_at",
                 .summary = "parameters at which tokens_per_parameter holds, where data_exponent is not 1",
                 .range = core::above(0),
                 .preset = "7e10",
                 .source = "Hoffmann et al. 2022, arXiv:2203.15556: Chinchilla, 70B"},
            },
            kRefit)),
        .scope =
            "Dense models on fresh data, fitted up to about 1e22 FLOP; data never run out and inference is free. Most of the "
            "loss at frontier compute is floor, so relative loss hardly moves: compare reducible losses, or the compute "
            "equivalent, not relative losses of different laws. Hoffmann et al. 2022 print E 1.69, A 406.4, B 410.7, alpha "
            "0.34, beta 0.28.",
    },
    resolve, check};

}  // namespace fleetrace::models
