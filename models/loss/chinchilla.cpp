#include <variant>

#include "fleetrace/core/math.hpp"
#include "loss_entries.hpp"

namespace fleetrace::models {
namespace {

constexpr std::string_view kSource = "Besiroglu et al. 2024, arXiv:2404.10102 (refit of Hoffmann et al. 2022)";

core::Parameter fitted(std::string_view name, std::string_view summary, core::Range range, std::string_view preset) {
  core::Parameter parameter;
  parameter.name = name;
  parameter.summary = summary;
  parameter.range = range;
  parameter.preset = preset;
  parameter.source = kSource;
  return parameter;
}

core::Parameter tokens_per_parameter() {
  core::Parameter parameter;
  parameter.name = "tokens_per_parameter";
  parameter.summary = "how compute is split between model and data: the lowest loss, or so many tokens a parameter";
  parameter.range = {1e-3, 1e9, false, false};
  parameter.preset = "optimal";
  parameter.choices = {"optimal"};
  return parameter;
}

Chinchilla fit_of(const core::Spec& spec) {
  return {spec.number("floor"), spec.number("parameter_scale"), spec.number("token_scale"), spec.number("alpha"),
          spec.number("beta")};
}

// C = 6 N D everywhere: N and D are powers of C, so either term of the loss is one, too.
LossLaw resolve(const core::Spec& spec, double reference_flop) {
  const Chinchilla fit = fit_of(spec);
  const core::Value& split = spec.value("tokens_per_parameter");
  if (const double* tokens = std::get_if<double>(&split.data)) {
    // N = sqrt(C / 6k), D = k N
    const double at_one = core::pow(6 * *tokens, 0.5);
    return absolute_loss(fit.floor, {fit.parameter_scale * core::pow(at_one, fit.alpha), fit.alpha / 2},
                         {fit.token_scale * core::pow(at_one / *tokens, fit.beta), fit.beta / 2}, reference_flop);
  }
  // N* = G (C/6)^(beta/(alpha+beta)), D* = (C/6)/N*: both terms fall with the same exponent.
  const double exponent = fit.alpha * fit.beta / (fit.alpha + fit.beta);
  const double parameters = fit.optimal_parameters(6);  // G
  const double scale = fit.parameter_scale * core::pow(parameters, -fit.alpha) +
                       fit.token_scale * core::pow(parameters, fit.beta);
  return absolute_loss(fit.floor, {scale * core::pow(6, exponent), exponent}, {}, reference_flop);
}

}  // namespace

double Chinchilla::optimal_parameters(double flop) const {
  const double g = core::pow(alpha * parameter_scale / (beta * token_scale), 1 / (alpha + beta));
  return g * core::pow(flop / 6, beta / (alpha + beta));
}

double Chinchilla::loss(double parameters, double tokens) const {
  return floor + parameter_scale * core::pow(parameters, -alpha) + token_scale * core::pow(tokens, -beta);
}

const LossEntry kChinchillaLoss{
    core::Entry{
        .name = "chinchilla",
        .summary =
            "Chinchilla: L = E + A/N^alpha + B/D^beta with C = 6 N D, compute-optimal or at so many tokens a parameter.",
        .parameters = with_accounting({
            fitted("floor", "E: the loss that no compute removes [nats/token]", core::at_least(0), "1.8172"),
            fitted("parameter_scale", "A", core::above(0), "482.01"),
            fitted("token_scale", "B", core::above(0), "2085.43"),
            fitted("alpha", "exponent of parameters", core::above_up_to(0, 2), "0.3478"),
            fitted("beta", "exponent of tokens", core::above_up_to(0, 2), "0.3658"),
            tokens_per_parameter(),
        }),
        .scope =
            "Dense models on fresh data, fitted up to about 1e22 FLOP; data never run out and inference is free. Most of the "
            "loss at frontier compute is floor, so relative loss hardly moves: compare reducible losses, or the compute "
            "equivalent, not relative losses of different laws. Hoffmann et al. 2022 print E 1.69, A 406.4, B 410.7, alpha "
            "0.34, beta 0.28.",
    },
    resolve};

}  // namespace fleetrace::models
