#pragma once

#include <cmath>
#include <string>

#include "models/finance/finance.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

/// Numbers in the tables of a what-if; private to the output floor.
namespace fleetrace::output {

/// How one row is shown: all of its numbers with the same unit and decimals.
class WhatIfRowScale {
 public:
  /// Whether nothing is shown of it where there is none.
  [[nodiscard]] static bool is_optional(fleet::Metric metric) {
    return metric == fleet::Metric::energy || metric == fleet::Metric::idle_money ||
           metric == fleet::Metric::idle_accelerators;
  }

  WhatIfRowScale(fleet::Metric metric, double largest) {
    switch (metric) {
      case fleet::Metric::final_loss:
      case fleet::Metric::mean_loss: scale_ = {1, "", 5}; break;
      case fleet::Metric::effective_compute: scale_ = petaflop_days(largest / models::kPetaflopDay); break;
      case fleet::Metric::cost_per_effective_compute: scale_ = {1, "", -1}; break;
      case fleet::Metric::energy: scale_ = scale_for(Scaled::energy, largest); break;
      case fleet::Metric::idle_accelerators:
        scale_ = {1, "accelerator-years", -1};
        is_count_ = true;
        break;
      default: scale_ = scale_for(Scaled::money, largest); break;
    }
    unit_ = scale_.unit;
    if (metric == fleet::Metric::idle_money) unit_ += " yr";
  }

  [[nodiscard]] std::string number(double value) const {
    if (!std::isfinite(value)) return "unknown";
    if (value == 0) return "0";
    if (is_count_ && std::fabs(value) >= 1e3 && std::fabs(value) < 1e15)
      return (value < 0 ? "-" : "") + grouped(std::llround(std::fabs(value)));
    if (scale_.decimals < 0) return rough(value / scale_.divisor, 4);
    return value < 0 ? '-' + scale_.number(-value) : scale_.number(value);
  }
  [[nodiscard]] std::string change(double value) const { return (value > 0 ? "+" : "") + number(value); }
  [[nodiscard]] const std::string& unit() const { return unit_; }

 private:
  /// Large numbers have a word instead of an exponent: "billion PF-days".
  [[nodiscard]] static Scale petaflop_days(double largest) {
    if (largest >= 1e9 && largest < 1e15) return {1e9 * models::kPetaflopDay, "billion PF-days", 3};
    if (largest >= 1e6 && largest < 1e15) return {1e6 * models::kPetaflopDay, "million PF-days", 3};
    return {models::kPetaflopDay, "PF-days", -1};
  }

  Scale scale_;
  std::string unit_;
  bool is_count_ = false;  ///< whether large numbers are written out
};

}  // namespace fleetrace::output
