#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/models/observation.hpp"
#include "models/hardware/price.hpp"
#include "models/hardware/releases.hpp"

/// Hardware on sale: when, at which price, with which performance and power.
namespace fleetrace::models {

/// The entry of one catalog accelerator, as in scenarios/catalog/accelerators.
[[nodiscard]] const core::Family& accelerator_family();

/// All-in cost of an accelerator in a cluster from the price of its chip:
///   all-in = chip * server_overhead / (1 - interconnect_share)         Cottier et al. 2024, arXiv:2405.21015
struct AllInCost {
  double server_overhead = 1;     ///< server cost over chip cost [1], >= 1
  double interconnect_share = 0;  ///< interconnect's share of the cluster's cost [1], in [0, 1)

  [[nodiscard]] double of(double chip_usd) const { return chip_usd * server_overhead / (1 - interconnect_share); }
};

/// How many H100 SXM have the same dense peak, in 16-bit and in 8-bit numbers.                      docs/derivations.md 2q
struct H100Equivalents {
  double bf16 = 0;
  double eight_bit = 0;
};
/// Dense peaks of an H100 SXM [FLOP/s], as the catalog has them; a scenario that changes its H100 changes no equivalent.
inline constexpr double kH100Bf16 = 989.4e12;
inline constexpr double kH100EightBit = 1979e12;

/// An accelerator type that can be bought whole.
struct AcceleratorType {
  std::string name;
  core::Time released;
  core::Time off_sale = core::Time::latest();  ///< from then on it cannot be bought any more
  double peak = 0;                             ///< peak dense FLOP/s at the scenario's precision
  double nameplate_power = 0;                  ///< nameplate server power per accelerator [W]; limits installation
  double average_power = 0;                    ///< average draw during training [W]; sets energy
  double chip_price = 0;                       ///< price of the chip alone at `priced` [USD]
  core::Time priced;                           ///< date of `chip_price`
  AllInCost overhead;
  PriceLaw price;  ///< how the price changes after `priced`
  H100Equivalents h100s;
  std::optional<double> mfu;                      ///< its own, in the place of the fleet's
  double relative_mfu = 1;                        ///< its MFU over the one that the fleet states
  std::optional<core::Duration> lifetime;         ///< its own, in the place of the fleet's
  core::Time end_of_life = core::Time::latest();  ///< from then on nobody runs it any more, however young it is

  /// Peak FLOP/s, each counted by what is useful of it here over what is useful of the fleet's at large.
  [[nodiscard]] double useful_peak() const { return peak * relative_mfu; }
  [[nodiscard]] bool is_on_sale(core::Time when) const { return released <= when && when < off_sale; }
  /// All-in cost of the next accelerator ordered at `when`, after `own` purchases of it [USD].
  [[nodiscard]] double cost(core::Time when, double own = 0) const;
  /// All-in cost of the next `units` together [USD].
  [[nodiscard]] double cost_of(double units, core::Time when, double own = 0) const;
  /// How many accelerators `usd` pay for, as a real number.
  [[nodiscard]] double affordable(double usd, core::Time when, double own = 0) const;
};

/// Real-valued useful capacity instead of devices: what a dollar buys doubles at a constant rate.
struct Trend {
  core::Time start;
  double price_performance = 0;       ///< FLOP/s per all-in USD at `start`
  double price_performance_rate = 0;  ///< growth of FLOP/s per USD [doublings/yr]
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
  /// First the types on sale, by release date; then those that only initial fleets have.
  std::vector<AcceleratorType> types;
  std::size_t on_sale = 0;             ///< how many of `types`, from the first, strategies may buy
  std::optional<ReleaseLaw> releases;  ///< law of later releases, where the scenario declares a cadence

  [[nodiscard]] const AcceleratorType* find(std::string_view name) const;
  /// The newest type on sale then, where it is newer than `type`; else nullptr.
  [[nodiscard]] const AcceleratorType* newer_than(std::size_t type, core::Time when) const;
};

/// Finds the catalog entry of an accelerator; nullptr where there is none.
class AcceleratorCatalog {
 public:
  virtual ~AcceleratorCatalog() = default;
  [[nodiscard]] virtual const core::Spec* find(std::string_view name) const = 0;
  [[nodiscard]] virtual std::vector<std::string_view> names() const = 0;
  /// Whether a scenario states that number of that accelerator itself.
  [[nodiscard]] virtual bool is_stated(std::string_view /*name*/, std::string_view /*key*/) const { return false; }
};

/// What a market is resolved for: the horizon, the catalog and the random numbers.
struct MarketRequest {
  core::Time start;
  core::Time end;
  const AcceleratorCatalog* catalog = nullptr;
  std::string path;  ///< path of the hardware section, for messages
  /// Seed and replication of the random numbers that release dates are drawn from.
  std::uint32_t seed = 1;
  std::uint32_t replication = 0;
};

struct HardwareEntry : core::Entry {
  Market (*resolve)(const core::Spec&, const MarketRequest&, core::Diagnostics&) = nullptr;
};

[[nodiscard]] const core::Family& hardware_family();
[[nodiscard]] Market resolve_hardware(const core::Spec& spec, const MarketRequest& request,
                                      core::Diagnostics& diagnostics);

/// The type of an accelerator in an initial fleet, at the precision and costs that `hardware` states, else in bf16 at
/// the default costs. Adds a diagnostic and returns nullopt for an unknown name or one without that precision.
[[nodiscard]] std::optional<AcceleratorType> accelerator_type(const core::Spec& hardware, const core::Value& name_value,
                                                              std::string_view name, const MarketRequest& request,
                                                              const std::string& path, core::Diagnostics& diagnostics);

/// How the generations after a base accelerator are made.
struct GenerationPlan {
  Cadence cadence;
  double price_performance_rate = 0;  ///< growth of FLOP/s per USD at launch [doublings/yr]
  double efficiency_rate = 0;         ///< growth of FLOP/s per W [doublings/yr]
  Matched matched = Matched::mean;
  std::uint32_t seed = 1;
  std::uint32_t replication = 0;

  [[nodiscard]] double performance_jump() const { return release_jump(cadence, price_performance_rate, matched); }
  [[nodiscard]] double efficiency_jump() const { return release_jump(cadence, efficiency_rate, matched); }
};

/// The highest number of generations; more are an input error.
inline constexpr std::size_t kMostGenerations = 10'000;

/// Generations after `base` until `end`, at most one more than kMostGenerations. FLOP/s per USD at launch and FLOP/s
/// per watt grow by the jumps that match their growth rates (see release_jump). The launch price stays the same, so
/// FLOP/s per accelerator grow by the price-performance jump, and power grows by the ratio of the two jumps. Each is on sale for
/// as long as the base.
[[nodiscard]] std::vector<AcceleratorType> next_generations(const AcceleratorType& base, const GenerationPlan& policy,
                                                            core::Time end);

}  // namespace fleetrace::models
