#pragma once

#include "fleetrace/models/hardware.hpp"

namespace fleetrace::models {

extern const HardwareEntry kCatalogHardware;
extern const HardwareEntry kGenerationsHardware;
extern const HardwareEntry kTrendHardware;

/// The keys that models of whole accelerators share: precision and the parts of the all-in cost.
[[nodiscard]] std::vector<core::Parameter> with_costs(std::vector<core::Parameter> own);
/// The keys of a cadence of generations.
[[nodiscard]] std::vector<core::Parameter> cadence_parameters();
/// Adds the generations after the last type of `market` by the keys of `spec`, and what is known of them beforehand; a
/// diagnostic where there would be more than kMostGenerations, or where their performance would leave the range of a double.
void add_generations(Market& market, const core::Spec& spec, const MarketRequest& request, const std::string& path,
                     core::Diagnostics& diagnostics);

inline constexpr std::string_view kPricePerformanceSource =
    "Hobbhahn & Besiroglu 2022, Epoch AI: ML GPUs (95 % CI 1.54 to 3.13 yr)";
inline constexpr std::string_view kEfficiencySource =
    "Epoch AI 2025: leading ML hardware gains 1.40x FLOP/s per W a year, a doubling in ln 2 / ln 1.4 yr";

}  // namespace fleetrace::models
