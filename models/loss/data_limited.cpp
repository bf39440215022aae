#include <algorithm>
#include <limits>
#include <memory>

#include "models/loss/loss_entries.hpp"
#include "models/loss/repeated_frontier.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

enum Coefficient : std::size_t {
  floor_loss,
  parameter_scale,
  token_scale,
  alpha,
  beta,
  data_decay,
  parameter_decay,
  stock,       // unique tokens at the start
  growth,      // growth of the stock [doublings/yr]
  reference,   // reference compute [FLOP]
  fresh_part,  // reducible loss on fresh data at the reference compute, relative
  exponent,    // exponent of compute in that
  log_wall,    // ln of the wall at the start over the reference compute
  data_part    // B/U^beta at the start, relative
};

/// Worth of x tokens or parameters of which U = `unique` count fully: U + U R (1 - e^(-(x/U - 1)/R)) for x > U, R = `decay`.
double worth(double x, double unique, double decay) {
  if (x <= unique) return x;
  return unique - unique * decay * core::expm1(-(x / unique - 1) / decay);
}

/// d ln worth / d ln x.
double elasticity(double x, double unique, double decay) {
  if (x <= unique) return 1;
  return x * core::exp(-(x / unique - 1) / decay) / worth(x, unique, decay);
}

RepeatedData data_of(const LossLaw& law) {
  const auto& c = law.coefficients;
  return {{c[floor_loss], c[parameter_scale], c[token_scale], c[alpha], c[beta]}, c[data_decay], c[parameter_decay]};
}

/// ln of compute over the compute of the wall, which grows as U^(1 + beta/alpha).
double beyond_wall(const LossLaw& law, double log_ratio, double doublings) {
  const auto& c = law.coefficients;
  return log_ratio - c[log_wall] - (1 + c[beta] / c[alpha]) * core::kLn2 * doublings;
}

double loss_at(const LossLaw& law, double ratio, double years) {
  const auto& c = law.coefficients;
  const double log_ratio = core::log(ratio);
  const double doublings = c[growth] * years;
  const double beyond = beyond_wall(law, log_ratio, doublings);
  if (beyond <= 0) return law.floor + c[fresh_part] * core::exp(-c[exponent] * log_ratio);
  if (law.frontier == nullptr)
    return data_of(law).best(ratio * c[reference], c[stock] * core::exp2(doublings)).loss / law.reference_loss;
  return law.floor + c[data_part] * core::exp2(-c[beta] * doublings) * law.frontier->at(beyond);
}

double kink(const LossLaw& law, double ratio, double years) {
  return beyond_wall(law, core::log(ratio), law.coefficients[growth] * years);
}

double ratio_at(const LossLaw& law, double loss, double years) {
  if (loss >= law.loss(1, years)) return 1;
  double low = 0;
  double high = 1;
  while (law.loss(core::exp(high), years) > loss) {
    low = high;
    high *= 2;
    if (high > 600) return std::numeric_limits<double>::infinity();
  }
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return core::exp(high);
    (law.loss(core::exp(middle), years) > loss ? low : high) = middle;
  }
}

void tabulate(LossLaw& law, const LossLaw* before) {
  if (before != nullptr && before->make_table == tabulate) {
    const auto same = [&](Coefficient which) { return law.coefficients[which] == before->coefficients[which]; };
    if (same(alpha) && same(beta) && same(data_decay) && same(parameter_decay)) {
      law.frontier = before->frontier;
      return;
    }
  }
  if (auto frontier = std::make_shared<const RepeatedFrontier>(data_of(law)); frontier->usable())
    law.frontier = std::move(frontier);
}

LossLaw resolve(const core::Spec& spec, double reference_flop) {
  const Chinchilla fit = fit_of(spec);
  LossLaw law;
  law.loss_at = loss_at;
  law.ratio_at = ratio_at;
  law.coefficients = {fit.floor,
                      fit.parameter_scale,
                      fit.token_scale,
                      fit.alpha,
                      fit.beta,
                      spec.number("data_decay"),
                      spec.number("parameter_decay"),
                      spec.number("stock"),
                      spec.number("stock_doubling"),
                      reference_flop};
  law.reference_loss = fit.frontier(reference_flop).loss;
  law.floor = fit.floor / law.reference_loss;
  auto& c = law.coefficients;
  const RepeatedData data = data_of(law);
  c[fresh_part] = 1 - law.floor;
  c[exponent] = c[alpha] * c[beta] / (c[alpha] + c[beta]);
  c[log_wall] = core::log(data.wall(c[stock]) / reference_flop);
  c[data_part] = c[token_scale] * core::pow(c[stock], -c[beta]) / law.reference_loss;
  law.make_table = tabulate;
  law.timed = true;
  // With decays below one repetition the loss bends sharply, within a doubling of compute, and has no single kink.
  if (std::min(c[data_decay], c[parameter_decay]) >= 1) law.kink = kink;
  law.pace = c[growth] * core::kLn2;
  return law;
}

constexpr std::string_view kSource =
    "Muennighoff et al. 2023, arXiv:2305.16264; the authors' repository datablations: e 0.6254804, a 6.255414, b 7.3049974 (logs)";
constexpr FitPresets kDatablations{"1.8691437", "520.82495", "1487.7161", "0.3526596", "0.3526596", kSource};

}  // namespace

double RepeatedData::effective_tokens(double tokens, double unique) const { return worth(tokens, unique, data_decay); }

// Solves D* = `unique` for N*, with D* = (C/6)^(alpha/(alpha+beta))/G and N* = G (C/6)^(beta/(alpha+beta)).
double RepeatedData::optimal_parameters(double unique) const {
  const double g = fit.optimal_parameters(6);
  return g * core::pow(unique * g, fit.beta / fit.alpha);
}

double RepeatedData::effective_parameters(double parameters, double unique) const {
  return worth(parameters, optimal_parameters(unique), parameter_decay);
}

double RepeatedData::loss(double parameters, double tokens, double unique) const {
  return fit.loss(effective_parameters(parameters, unique), effective_tokens(tokens, unique));
}

double RepeatedData::wall(double unique) const { return 6 * optimal_parameters(unique) * unique; }

// At constant compute, with more parameters the gain from another parameter falls and that from another token rises.
// The optimum, where both are equal, lies between the fresh optimum and the split that repeats no data.
ComputeSplit RepeatedData::best(double flop, double unique) const {
  const double fresh = fit.optimal_parameters(flop);
  const double pairs = flop / 6;  // N D
  const auto at = [&](double parameters) {
    return ComputeSplit{parameters, pairs / parameters, loss(parameters, pairs / parameters, unique)};
  };
  if (pairs / fresh <= unique) return at(fresh);
  const double most = optimal_parameters(unique);
  const auto gain = [&](double log_parameters) {
    const double parameters = core::exp(log_parameters);
    const double tokens = pairs / parameters;
    const double of_parameters = fit.alpha * fit.parameter_scale * elasticity(parameters, most, parameter_decay) *
                                 core::pow(effective_parameters(parameters, unique), -fit.alpha);
    const double of_tokens = fit.beta * fit.token_scale * elasticity(tokens, unique, data_decay) *
                             core::pow(effective_tokens(tokens, unique), -fit.beta);
    return of_parameters - of_tokens;
  };
  double low = core::log(std::min(fresh, most));
  double high = core::log(std::max(fresh, pairs / unique));
  for (int i = 0; i < 60; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (gain(middle) > 0 ? low : high) = middle;
  }
  return at(core::exp(low));
}

RepeatedData muennighoff() {
  return {{core::exp(0.6254804), core::exp(6.255414), core::exp(7.3049974), 0.3526596, 0.3526596}, 15.387756, 5.309743};
}

const LossEntry kDataLimitedLoss{
    core::Entry{
        .name = "data_limited",
        .summary =
            "Chinchilla on a stock of data that grows: beyond it tokens are repeated, and what is repeated says less each time.",
        .parameters = with_accounting(with_fit(
            {
                {.name = "data_decay",
                 .summary = "RD: epochs after the first that are worth anything, on the scale of an exponential",
                 .range = core::above(0),
                 .preset = "15.387756",
                 .source = kSource},
                {.name = "parameter_decay",
                 .summary = "RN: the same of parameters beyond those that the data can use",
                 .range = core::above(0),
                 .preset = "5.309743",
                 .source = kSource},
                {.name = "stock",
                 .summary = "unique tokens at the start of the horizon",
                 .range = core::above(0),
                 .why = "without data there is nothing to learn from",
                 .preset = "3e14",
                 .source = "Villalobos et al. 2024, Will we run out of data?, arXiv:2211.04325: 1e14 to 1e15"},
                {.name = "stock_doubling",
                 .summary = "how fast the stock grows",
                 .shape = core::Shape::growth,
                 .dimension = core::Dimension::growth,
                 .range = core::between(0, 20),
                 .preset = "none"},
            },
            kDatablations)),
        .scope =
            "Compute is split between model and data for the lowest loss, whatever the number of epochs; relative to fresh data "
            "at the reference compute. Effective compute counts as compute, so that better algorithms take data in the same "
            "proportion. Fitted up to 9 billion parameters and 900 billion tokens, on web text; quality, synthetic and other "
            "kinds of data are part of the stock that the scenario states.",
    },
    resolve, check_fit};

}  // namespace fleetrace::models
