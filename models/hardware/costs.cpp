#include "hardware_entries.hpp"

namespace fleetrace::models {

using core::Dimension;
using core::Shape;

std::vector<core::Parameter> with_costs(std::vector<core::Parameter> own) {
  own.push_back({.name = "precision",
                 .summary = "number format of FLOP/s, MFU and price-performance",
                 .shape = Shape::choice,
                 .preset = "bf16",
                 .choices = {"bf16", "fp8"}});
  own.push_back({.name = "server_overhead",
                 .summary = "cost of a server per accelerator over the price of the accelerator",
                 .range = core::at_least(1),
                 .preset = "1.64",
                 .source = "Cottier et al. 2024, arXiv:2405.21015, cost model of Epoch AI"});
  own.push_back({.name = "interconnect_share",
                 .summary = "share of a cluster's cost that is interconnect",
                 .range = {0, 1, false, true},
                 .preset = "0.19",
                 .source = "Cottier et al. 2024, arXiv:2405.21015, cost model of Epoch AI"});
  own.push_back(
      {.name = "price_decline",
       .summary = "continuous yearly decline of an accelerator's price from the date of its price on",
       .dimension = Dimension::decline,
       .range = core::between(-10, 10),
       .preset = "0.153 /yr",
       .source =
           "H100, 36 742 USD in 2022 to 23 238 USD in 2025: ln(36742/23238)/3; Epoch AI, AI chip counts (CC-BY)"});
  own.push_back({.name = "price",
                 .summary = "how prices fall: with age, or by learning as volume grows",
                 .shape = Shape::section,
                 .preset = "age",
                 .family = &price_family()});
  return own;
}

std::vector<core::Parameter> cadence_parameters() {
  return {
      {.name = "cadence",
       .summary = "time between generations, or its mean where that is random",
       .dimension = Dimension::duration,
       .range = core::at_least(3.6e6),
       .preset = "2 yr",
       .source =
           "NVIDIA data-centre generations 2016-2024 (Pascal, Volta, Ampere, Hopper, Blackwell), by their release dates"},
      {.name = "regularity",
       .summary =
           "how regular releases are: shape k of the Gamma law of the time between them; 1 is a Poisson process, fixed "
           "is a calendar",
       .range = core::at_least(1),
       .preset = "fixed",
       .unbounded = "fixed"},
      {.name = "matched",
       .summary =
           "what the doubling times are of, where releases are random: the mean over all histories, or the median path",
       .shape = Shape::choice,
       .preset = "mean",
       .choices = {"mean", "log"}},
      {.name = "price_performance_doubling",
       .summary = "doubling time of FLOP/s per USD at launch",
       .shape = Shape::growth,
       .dimension = Dimension::growth,
       .range = core::between(-20, 20),
       .preset = "2.07 yr",
       .source = kPricePerformanceSource},
      {.name = "energy_efficiency_doubling",
       .summary = "doubling time of FLOP/s per W",
       .shape = Shape::growth,
       .dimension = Dimension::growth,
       .range = core::between(-20, 20),
       .preset = "2.06 yr",
       .source = kEfficiencySource},
  };
}

}  // namespace fleetrace::models
