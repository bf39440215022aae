#include "models/loss/loss_entries.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/schema/read_value.hpp"

namespace fleetrace::models {
namespace {

constexpr std::string_view kFit[] = {"floor", "parameter_scale", "token_scale", "alpha", "beta"};

}  // namespace

double Chinchilla::optimal_parameters(double flop) const {
  const double g = core::pow(alpha * parameter_scale / (beta * token_scale), 1 / (alpha + beta));
  return g * core::pow(flop / 6, beta / (alpha + beta));
}

double Chinchilla::loss(double parameters, double tokens) const {
  return floor + parameter_scale * core::pow(parameters, -alpha) + token_scale * core::pow(tokens, -beta);
}

ComputeSplit Chinchilla::frontier(double flop) const {
  const double parameters = optimal_parameters(flop);
  const double tokens = flop / 6 / parameters;
  return {parameters, tokens, loss(parameters, tokens)};
}

double Chinchilla::local_exponent(double flop) const {
  const double found = frontier(flop).loss;
  return alpha * beta / (alpha + beta) * (found - floor) / found;
}

ComputeSplit ruled_split(const Chinchilla& fit, double flop, double k, double s) {
  const double parameters = core::pow(flop / (6 * k), 1 / (1 + s));
  const double tokens = flop / 6 / parameters;
  return {parameters, tokens, fit.loss(parameters, tokens)};
}

// With C = 6 N D and the rule, N and D are powers of C, and so are both terms of the loss.
LossLaw ruled_loss(const Chinchilla& fit, double k, double s, double reference_flop) {
  const double scale = core::pow(6 * k, 1 / (1 + s));  // N = (C/6k)^(1/(1+s)), D = C/(6 N)
  return absolute_loss(fit.floor, {fit.parameter_scale * core::pow(scale, fit.alpha), fit.alpha / (1 + s)},
                       {fit.token_scale * core::pow(6 / scale, fit.beta), fit.beta * s / (1 + s)}, reference_flop);
}

// At the optimum, N* = G (C/6)^(beta/(alpha+beta)) and D* = (C/6)/N*, both terms fall with the same exponent.
LossLaw optimal_loss(const Chinchilla& fit, double reference_flop) {
  const double exponent = fit.alpha * fit.beta / (fit.alpha + fit.beta);
  const double parameters = fit.optimal_parameters(6);  // G
  const double scale = fit.parameter_scale * core::pow(parameters, -fit.alpha) +
                       fit.token_scale * core::pow(parameters, fit.beta);
  return absolute_loss(fit.floor, {scale * core::pow(6, exponent), exponent}, {}, reference_flop);
}

Chinchilla fit_of(const core::Spec& spec) {
  return {spec.number("floor"), spec.number("parameter_scale"), spec.number("token_scale"), spec.number("alpha"),
          spec.number("beta")};
}

std::vector<core::Parameter> with_fit(std::vector<core::Parameter> own, const FitPresets& presets) {
  const auto fitted = [&presets](std::string_view name, std::string_view summary, core::Range range,
                                 std::string_view preset) {
    core::Parameter parameter;
    parameter.name = name;
    parameter.summary = summary;
    parameter.range = range;
    parameter.preset = preset;
    parameter.source = presets.source;
    return parameter;
  };
  std::vector<core::Parameter> all{
      fitted(kFit[0], "E: the loss that no compute removes [nats/token]", core::at_least(0), presets.floor),
      fitted(kFit[1], "A", core::above(0), presets.parameter_scale),
      fitted(kFit[2], "B", core::above(0), presets.token_scale),
      fitted(kFit[3], "exponent of parameters", core::above_up_to(0, 2), presets.alpha),
      fitted(kFit[4], "exponent of tokens", core::above_up_to(0, 2), presets.beta)};
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

core::Spec loss_with_fit_of(const core::Spec& spec, const core::Entry& entry) {
  core::Spec result = core::preset_spec(entry);
  for (const std::string_view key : kFit) {
    if (spec.entry->find(key) != nullptr && entry.find(key) != nullptr) result.value(key) = spec.value(key);
  }
  return result;
}

void check_fit(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  const core::Value* given = nullptr;
  std::string absent;
  for (const std::string_view key : kFit) {
    const core::Value& value = spec.value(key);
    if (value.preset) {
      absent += (absent.empty() ? "" : ", ") + std::string(key);
    } else if (given == nullptr) {
      given = &value;
    }
  }
  if (given == nullptr || absent.empty()) return;
  diagnostics.add({given->where, path, "it mixes two fits: " + absent + " would stay that of the default",
                   "scales, exponents and floor of one fit hold together only",
                   "State all five of floor, parameter_scale, token_scale, alpha and beta, or none."});
}

}  // namespace fleetrace::models
