#pragma once

#include "models/hardware/hardware.hpp"

namespace fleetrace::models {

extern const HardwareEntry kCatalogHardware;
extern const HardwareEntry kGenerationsHardware;
extern const HardwareEntry kTrendHardware;

/// Adds the keys that models of whole accelerators share: precision and the parts of the all-in cost.
[[nodiscard]] std::vector<core::Parameter> with_costs(std::vector<core::Parameter> own);
/// The keys that describe a cadence of generations.
[[nodiscard]] std::vector<core::Parameter> cadence_parameters();
/// The keys of the two trends of hardware, with what each is a doubling time of.
[[nodiscard]] core::Parameter price_performance_doubling(std::string_view summary);
[[nodiscard]] core::Parameter energy_efficiency_doubling(std::string_view summary);
/// Takes types off sale on the dates that the section states for them.
void take_off_sale(const core::Spec& spec, Market& market);
/// Adds a diagnostic for each row under off_sale that repeats another, ends a sale before it begins, or names what neither is nor may come on sale.
void check_off_sale(const Market& market, const core::Spec& spec, const MarketRequest& request,
                    core::Diagnostics& diagnostics);
/// Adds to `market` the generations after its last type, by the keys of `spec`, and the law of their releases. Adds a
/// diagnostic if there would be more than kMostGenerations, or if their performance would leave the range of a double.
void add_generations(Market& market, const core::Spec& spec, const MarketRequest& request, const std::string& path,
                     core::Diagnostics& diagnostics);

/// Of an accelerator for which nobody states one: the averages of Cottier et al. 2024, arXiv:2405.21015, code (Epoch AI).
inline constexpr double kServerOverhead = 1.64;
inline constexpr double kInterconnectShare = 0.19;

}  // namespace fleetrace::models
