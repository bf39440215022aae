#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "models/network/network.hpp"

/// Utilisation of a training run by its size, and the size that one run can use at all. All factors here multiply the
/// MFU that a scenario states.
namespace fleetrace::models {

/// The accelerators that train together in one run.
struct Scale {
  double accelerators = 0;
  double peak = 0;   ///< mean peak FLOP/s of an accelerator
  double sites = 1;  ///< number of sites on which they stand
};

/// Duration [s] of an all-reduce of S = `bytes` over n >= 1 accelerators with B = `bandwidth` [byte/s] each and
/// `latency` [s] for each hop.
///   ring  2 (n-1)/n S/B + 2 (n-1) latency        tree  2 log2(n) latency + 2 S/B, or 0 for n = 1
[[nodiscard]] double ring_all_reduce(double n, double bytes, double bandwidth, double latency);
[[nodiscard]] double tree_all_reduce(double n, double bytes, double bandwidth, double latency);

/// MFU of N accelerators: mfu (N/at)^-exponent, at most `most`. The 430 and 400 TFLOP/s of 8,192 and 16,384 H100 in
/// Llama Team 2024 give the exponent .104.
[[nodiscard]] double mfu_at_scale(double mfu, double at, double exponent, double most, double accelerators);

/// Samples that a run with small batches needs over those that a run with batches of B = `batch` needs, for the
/// critical batch Bc = `critical`: Emin/E = 1/(1 + B/Bc), from (S/Smin - 1)(E/Emin - 1) = 1.
///                                                                        McCandlish et al. 2018, arXiv:1812.06162
[[nodiscard]] double batch_efficiency(double batch, double critical);
/// Critical batch [tokens] at a loss [nats/token]: 2e8 / loss^(1/0.21).     Kaplan et al. 2020, arXiv:2001.08361
[[nodiscard]] double critical_batch(double loss);

/// Data movement in a run of fixed length, whose accelerators could do the work `flop` without it: the share of `flop`
/// that they do. It is 1 up to `falls_past`, (flop/falls_past)^-slope beyond, and never more work than `wall`.
[[nodiscard]] double data_movement_share(double flop, double falls_past, double slope, double wall);

/// Retuning of hyperparameters for larger runs: with each doubling of the largest run beyond the last tuned scale, the
/// accelerators beyond twice that scale wait for a delay. Then sweeps of hyperparameters take a share of the compute of
/// one run at the new scale. Without share and delay there is no retuning.
struct Retuning {
  double share = 0;      ///< compute of the sweeps over that of one run at the new scale
  double delay_ms = 0;   ///< delay for each doubling [ms]
  double length_ms = 0;  ///< length of such a run [ms]
  double tuned_at = 0;   ///< accelerators of the scale that is tuned at the start; 0 for those of the initial fleet

  [[nodiscard]] bool active() const { return share > 0 || delay_ms > 0; }
  /// The number of doublings from `tuned` > 0 up to `accelerators`: 0 below 2 tuned.
  [[nodiscard]] static int doublings(double tuned, double accelerators);
};

/// Links between the sites of a run. Each site first sums its own gradients; then the sites exchange the sums in a ring.
struct SiteLinks {
  double bandwidth = std::numeric_limits<double>::infinity();  ///< bandwidth from a site to the next [byte/s]
  double latency = 0;                                          ///< latency from a site to the next [s]
};

/// A throughput law, resolved to coefficients.
struct ThroughputLaw {
  using Function = double (*)(const ThroughputLaw&, const Scale&);

  double mfu = 1;               ///< MFU that the scenario states
  Function relative = nullptr;  ///< MFU at a scale over the stated one; nullptr where it is constant
  std::array<double, 8> coefficients = {};
  /// Most accelerators that one run can use and the network joins.
  double largest_run = std::numeric_limits<double>::infinity();
  std::optional<NetworkLaw> network;
  std::optional<SiteLinks> site_links;  ///< links between sites; without them, sites train together as if they were one
  double tokens_per_accelerator = 0;    ///< tokens per accelerator and step; 0 where the critical batch sets no limit
  double critical_batch = 1;            ///< critical batch [tokens]
  double run_seconds = 0;               ///< length of a run [s]; 0 where data movement sets no limit
  double falls_past = 0;                ///< compute of one run beyond which utilisation falls [FLOP]
  double slope = 0;                     ///< exponent of that fall
  double wall = std::numeric_limits<double>::infinity();  ///< most compute of one run [FLOP]
  Retuning retuning;

  /// Whether utilisation depends on scale.
  [[nodiscard]] bool active() const;
  /// Useful over peak FLOP/s of a run, relative to the stated MFU. Finite and at least 0.
  [[nodiscard]] double efficiency(const Scale& scale) const;
  /// The run with the most useful FLOP/s, given the number of accelerators on each site. Candidates are runs on the
  /// largest site, on the two largest, and so on; more sites train as one only where that does more. Sorts
  /// `accelerators`, which must not be empty.
  [[nodiscard]] Scale best_run(std::vector<double>& accelerators, double peak) const;
};

struct ThroughputEntry : core::Entry {
  void (*resolve)(const core::Spec&, ThroughputLaw&) = nullptr;
  bool sends_gradients = false;  ///< whether it reckons with the speed of networks and of links between sites
};

[[nodiscard]] const core::Family& throughput_family();
/// The law of a section. `mfu` is the one that the scenario states, `path` that of the section around this one. Adds
/// diagnostics for combinations that make no sense.
[[nodiscard]] ThroughputLaw resolve_throughput(const core::Spec& spec, double mfu, const std::string& path,
                                               core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
