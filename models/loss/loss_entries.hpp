#pragma once

#include "fleetrace/models/loss.hpp"

namespace fleetrace::models {

extern const LossEntry kChinchillaLoss;
extern const LossEntry kDataLimitedLoss;
extern const LossEntry kKaplanLoss;
extern const LossEntry kMixtureOfExpertsLoss;
extern const LossEntry kRelativeLoss;
extern const LossEntry kTestTimeLoss;

/// Adds the keys that every loss law takes: the compute that it counts, the reference, and what is reported besides.
[[nodiscard]] std::vector<core::Parameter> with_accounting(std::vector<core::Parameter> own);

/// The five numbers of a fit as defaults, and their source.
struct FitPresets {
  std::string_view floor, parameter_scale, token_scale, alpha, beta, source;
};
inline constexpr FitPresets kRefit{
    "1.8172", "482.01", "2085.43",
    "0.3478", "0.3658", "Besiroglu et al. 2024, arXiv:2404.10102 (refit of Hoffmann et al. 2022)"};

/// Adds the keys of the fit E + A/N^alpha + B/D^beta before the law's own keys.
[[nodiscard]] std::vector<core::Parameter> with_fit(std::vector<core::Parameter> own, const FitPresets& presets);
[[nodiscard]] Chinchilla fit_of(const core::Spec& spec);
/// Diagnoses a fit of which some numbers are given and others left at their defaults.
void check_fit(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics);

/// The number that a data_exponent stands for, which may be the name of a rule.
[[nodiscard]] double data_exponent(const core::Value& value);

/// The loss of the compute-optimal split; ruled_loss is that of the split D = k N^s.
[[nodiscard]] LossLaw optimal_loss(const Chinchilla& fit, double reference_flop);
[[nodiscard]] LossLaw ruled_loss(const Chinchilla& fit, double k, double s, double reference_flop);

}  // namespace fleetrace::models
