#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/models/network.hpp"

/// What a training run keeps of its peak when it grows: utilisation against the number of accelerators, and what one run can
/// use at all. Everything here multiplies the MFU that a scenario states.
namespace fleetrace::models {

/// What trains together.
struct Scale {
  double accelerators = 0;
  double peak = 0;   ///< FLOP/s of one of them, on average
  double sites = 1;  ///< on which they stand
};

/// An all-reduce of `bytes` over n >= 1 accelerators, each with `bandwidth` [byte/s] and `latency` [s] a hop, in seconds.
///   ring  2 (n-1)/n S/B + 2 (n-1) latency        tree  2 log2(n) latency + 2 S/B, nothing for n = 1
[[nodiscard]] double ring_all_reduce(double n, double bytes, double bandwidth, double latency);
[[nodiscard]] double tree_all_reduce(double n, double bytes, double bandwidth, double latency);

/// u(N) = mfu (N/at)^-exponent, at most `most`.    Llama Team 2024: 430 and 400 TFLOP/s on 8,192 and 16,384 H100: exponent .104
[[nodiscard]] double mfu_at_scale(double mfu, double at, double exponent, double most, double accelerators);

/// Share of a step's samples that a run with small batches would have needed, too: Emin/E = 1/(1 + batch/critical), from
/// (S/Smin - 1)(E/Emin - 1) = 1 with E = Emin (1 + B/Bc).     McCandlish et al. 2018, arXiv:1812.06162
[[nodiscard]] double batch_efficiency(double batch, double critical);
/// Tokens: 2e8 / loss^(1/0.21), loss in nats/token.     Kaplan et al. 2020, arXiv:2001.08361
[[nodiscard]] double critical_batch(double loss);

/// Data movement within a run of fixed length: `flop` is what its accelerators could do but for it. All of it counts up to
/// `falls_past`, beyond it (flop/falls_past)^-slope of it, and never more than `wall`; returned as a share of `flop`.
[[nodiscard]] double data_movement_share(double flop, double falls_past, double slope, double wall);

/// A new scale takes new hyperparameters: with each doubling of the largest run beyond the last tuned scale, what exceeds
/// twice that scale waits for `delay`, then sweeps take `share` of the compute of a run of `length` at the new scale.
struct Retuning {
  double share = 0;     ///< 0 and a delay of 0: nothing is retuned
  double delay_ms = 0;  ///< a doubling
  double length_ms = 0;
  double tuned_at = 0;  ///< accelerators; 0 for those of the initial fleet

  [[nodiscard]] bool active() const { return share > 0 || delay_ms > 0; }
  /// How often `tuned` doubles up to `accelerators`: 0 below 2 tuned. `tuned` > 0.
  [[nodiscard]] static int doublings(double tuned, double accelerators);
};

/// Links between the sites of a run. Sites first sum the gradients of their own, then exchange the sums with the others in a ring.
struct SiteLinks {
  double bandwidth = std::numeric_limits<double>::infinity();  ///< of a site to the next [byte/s]
  double latency = 0;                                          ///< [s]
};

/// A throughput law, resolved to coefficients.
struct ThroughputLaw {
  using Function = double (*)(const ThroughputLaw&, const Scale&);

  double mfu = 1;               ///< as the scenario states it
  Function relative = nullptr;  ///< MFU over the stated one; nullptr where it is constant
  std::array<double, 8> coefficients = {};
  double largest_run =
      std::numeric_limits<double>::infinity();  ///< accelerators that one run can use, and the network joins
  std::optional<NetworkLaw> network;
  std::optional<SiteLinks> site_links;  ///< where they are not counted, sites train together as if they were one
  double tokens_per_accelerator = 0;    ///< in a step; 0 where the critical batch sets no limit
  double critical_batch = 1;            ///< tokens
  double run_seconds = 0;               ///< 0 where data movement sets no limit
  double falls_past = 0;                ///< FLOP of one run
  double slope = 0;
  double wall = std::numeric_limits<double>::infinity();  ///< FLOP of one run
  Retuning retuning;

  /// Whether anything depends on scale.
  [[nodiscard]] bool active() const;
  /// Useful over peak FLOP/s, relative to the stated MFU, of what trains together. Finite and at least 0.
  [[nodiscard]] double efficiency(const Scale& scale) const;
  /// The run that does most: of so many accelerators on each of some sites, those of the largest, of the two largest and so on.
  /// More sites train as one only where that does more than fewer do. Sorts its argument, which is not empty.
  [[nodiscard]] Scale best_run(std::vector<double>& accelerators, double peak) const;
};

struct ThroughputEntry : core::Entry {
  void (*resolve)(const core::Spec&, ThroughputLaw&) = nullptr;
};

[[nodiscard]] const core::Family& throughput_family();
/// `path` is that of the section around it; `mfu` what the scenario states. Adds diagnostics for combinations that make no sense.
[[nodiscard]] ThroughputLaw resolve_throughput(const core::Spec& spec, double mfu, const std::string& path,
                                               core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
