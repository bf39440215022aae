#include <algorithm>
#include <functional>

#include "models/throughput/throughput_entries.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kCommunicationThroughput,
    &kConstantThroughput,
    &kPowerLawThroughput,
};

}  // namespace

const core::Family& throughput_family() {
  static constexpr core::Family kFamily{.name = "throughput",
                                        .summary = "What a training run keeps of its MFU when it grows.",
                                        .selector = "model",
                                        .entries = kEntries,
                                        .preset = "constant"};
  return kFamily;
}

ThroughputLaw resolve_throughput(const core::Spec& spec, double mfu, const std::string& path,
                                 core::Diagnostics& diagnostics) {
  ThroughputLaw law;
  law.mfu = mfu;
  if (const auto resolve = static_cast<const ThroughputEntry*>(spec.entry)->resolve) resolve(spec, law);
  resolve_limits(spec, path, law, diagnostics);
  return law;
}

bool ThroughputLaw::active() const {
  return relative != nullptr || largest_run < std::numeric_limits<double>::infinity() || tokens_per_accelerator > 0 ||
         run_seconds > 0 || site_links || retuning.active();
}

Scale ThroughputLaw::best_run(std::vector<double>& accelerators, double peak) const {
  std::sort(accelerators.begin(), accelerators.end(), std::greater<>());
  Scale best{std::min(accelerators.front(), largest_run), peak};
  double most = best.accelerators * efficiency(best);
  Scale next = best;
  for (std::size_t i = 1; i < accelerators.size() && accelerators[i] > 0; ++i) {
    next = {std::min(next.accelerators + accelerators[i], largest_run), peak, next.sites + 1};
    if (const double done = next.accelerators * efficiency(next); done > most) {
      most = done;
      best = next;
    }
  }
  return best;
}

double ThroughputLaw::efficiency(const Scale& scale) const {
  if (!(scale.accelerators > 0)) return 1;
  double share = relative == nullptr ? 1 : relative(*this, scale);
  if (tokens_per_accelerator > 0)
    share *= batch_efficiency(tokens_per_accelerator * scale.accelerators, critical_batch);
  if (run_seconds > 0) {
    const double flop = scale.accelerators * scale.peak * mfu * share * run_seconds;
    share *= data_movement_share(flop, falls_past, slope, wall);
  }
  return share;
}

}  // namespace fleetrace::models
