#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/models/price.hpp"
#include "fleetrace/models/releases.hpp"

/// What hardware is on sale, when, at which price, with which performance and power.
namespace fleetrace::models {

/// One catalog accelerator, as in scenarios/catalog/accelerators.
[[nodiscard]] const core::Family& accelerator_family();

/// All-in cost of an accelerator in a cluster from the price of its chip:
///   all-in = chip * server_overhead / (1 - interconnect_share)         Cottier et al. 2024, arXiv:2405.21015
struct AllInCost {
  double server_overhead = 1;     ///< server cost over chip cost [1], >= 1
  double interconnect_share = 0;  ///< interconnect's share of the cluster's cost [1], in [0, 1)

  [[nodiscard]] double of(double chip_usd) const { return chip_usd * server_overhead / (1 - interconnect_share); }
};

/// An accelerator type that can be bought whole.
struct AcceleratorType {
  std::string name;
  core::Time released;
  double peak = 0;             ///< dense FLOP/s at the scenario's precision
  double nameplate_power = 0;  ///< server power per accelerator [W]; limits installation
  double average_power = 0;    ///< average draw during training [W]; sets energy
  double chip_price = 0;       ///< [USD] at `priced`
  core::Time priced;
  AllInCost overhead;
  PriceLaw price;

  /// All-in cost of the next accelerator ordered at `when`, after `own` purchases of it [USD].
  [[nodiscard]] double cost(core::Time when, double own = 0) const;
  /// All-in cost of the next `units` together [USD].
  [[nodiscard]] double cost_of(double units, core::Time when, double own = 0) const;
  /// How many `usd` pay for; a real number.
  [[nodiscard]] double affordable(double usd, core::Time when, double own = 0) const;
};

/// Real-valued useful capacity instead of devices: what a dollar buys doubles at a constant rate.
struct Trend {
  core::Time start;
  double price_performance = 0;       ///< FLOP/s per all-in USD at `start`
  double price_performance_rate = 0;  ///< [doublings/yr]
  double power_per_flops = 0;         ///< W per FLOP/s at `start`; 0 where power is not modelled
  double efficiency_rate = 0;         ///< growth of FLOP/s per W [doublings/yr]

  /// FLOP/s that one all-in USD buys at `when`.
  [[nodiscard]] double price_performance_at(core::Time when) const;
  /// W that one FLOP/s bought at `when` draws.
  [[nodiscard]] double power_per_flops_at(core::Time when) const;
};

/// Everything on sale during a horizon. Either `trend` is set and `types` holds only what initial fleets are made of, or
/// `types` lists the accelerators on sale.
struct Market {
  std::optional<Trend> trend;
  std::vector<AcceleratorType> types;  ///< on sale first, by release date, then those of initial fleets only
  std::size_t on_sale = 0;             ///< how many of `types` strategies may buy
  std::optional<ReleaseLaw> releases;  ///< of what follows, where the scenario declares a cadence

  [[nodiscard]] const AcceleratorType* find(std::string_view name) const;
};

/// Finds the catalog entry of an accelerator; nullptr where there is none.
class AcceleratorCatalog {
 public:
  virtual ~AcceleratorCatalog() = default;
  [[nodiscard]] virtual const core::Spec* find(std::string_view name) const = 0;
  [[nodiscard]] virtual std::vector<std::string_view> names() const = 0;
};

/// The horizon that a market is resolved for.
struct MarketRequest {
  core::Time start;
  core::Time end;
  const AcceleratorCatalog* catalog = nullptr;
  std::string path;  ///< of the hardware section, for messages
  /// Which random numbers release dates are drawn with.
  std::uint32_t seed = 1;
  std::uint32_t replication = 0;
};

struct HardwareEntry : core::Entry {
  Market (*resolve)(const core::Spec&, const MarketRequest&, core::Diagnostics&) = nullptr;
};

[[nodiscard]] const core::Family& hardware_family();
[[nodiscard]] Market resolve_hardware(const core::Spec& spec, const MarketRequest& request,
                                      core::Diagnostics& diagnostics);

/// The type of an accelerator that stands in an initial fleet, at the precision and costs of `hardware` where it has
/// them, else in bf16 at the default costs. Adds a diagnostic and returns nullopt for an unknown name or one without
/// that precision.
[[nodiscard]] std::optional<AcceleratorType> accelerator_type(const core::Spec& hardware, const core::Value& name_value,
                                                              std::string_view name, const MarketRequest& request,
                                                              const std::string& path, core::Diagnostics& diagnostics);

/// What drives the generations after a base accelerator.
struct GenerationPlan {
  Cadence cadence;
  double price_performance_rate = 0;  ///< [doublings/yr]
  double efficiency_rate = 0;         ///< [doublings/yr]
  Matched matched = Matched::mean;
  std::uint32_t seed = 1;
  std::uint32_t replication = 0;

  [[nodiscard]] double performance_jump() const { return release_jump(cadence, price_performance_rate, matched); }
  [[nodiscard]] double efficiency_jump() const { return release_jump(cadence, efficiency_rate, matched); }
};

/// More generations than this are an input error.
inline constexpr std::size_t kMostGenerations = 10'000;

/// Generations after `base` until `end`, at most one more than kMostGenerations. FLOP/s per USD at launch and FLOP per watt
/// grow by the jumps that match their growth rates (see release_jump); the launch price stays, so FLOP/s per accelerator
/// carries the price-performance jump and power follows.
[[nodiscard]] std::vector<AcceleratorType> next_generations(const AcceleratorType& base, const GenerationPlan& plan,
                                                            core::Time end);

}  // namespace fleetrace::models
