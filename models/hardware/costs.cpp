#include "models/hardware/hardware_entries.hpp"

namespace fleetrace::models {

using core::Dimension;
using core::Shape;

namespace {

const core::Entry kOffSale{
    .name = "off_sale",
    .summary = "The end of a sale.",
    .parameters =
        {
            {.name = "accelerator", .summary = "which, by its name on sale", .shape = Shape::text, .required = true},
            {.name = "date",
             .summary = "first date on which it cannot be bought any more",
             .shape = Shape::date,
             .required = true},
        },
};
constexpr const core::Entry* kOffSaleEntries[] = {&kOffSale};
constexpr core::Family kOffSaleList{
    .name = "off_sale", .summary = "Ends of sales.", .selector = {}, .entries = kOffSaleEntries, .preset = {}};

}  // namespace

std::vector<core::Parameter> with_costs(std::vector<core::Parameter> own) {
  own.push_back({.name = "precision",
                 .summary = "number format of FLOP/s, MFU and price-performance",
                 .shape = Shape::choice,
                 .preset = "bf16",
                 .choices = {"bf16", "fp8", "fp4"}});
  own.push_back(
      {.name = "server_overhead",
       .summary =
           "cost of a server per accelerator over the price of the accelerator, one number for all; catalog is each "
           "accelerator's own, 1.64 where none is known. What an accelerator states in accelerators stands before it",
       .range = core::at_least(1),
       .preset = "catalog",
       .source =
           "per accelerator: Cottier et al. 2024, arXiv:2405.21015, cost model of Epoch AI (servers: 1.54 to 1.69, 1.64 on "
           "average); racks such as GB200's 1.1, by Epoch AI 2026, Total cost of ownership of a one-gigawatt AI data center",
       .choices = {"catalog"}});
  own.push_back({.name = "interconnect_share",
                 .summary = "share of a cluster's cost that is interconnect",
                 .range = {0, 1, false, true},
                 .preset = "0.19",
                 .source = "Cottier et al. 2024, arXiv:2405.21015, cost model of Epoch AI"});
  own.push_back(
      {.name = "price_decline",
       .summary =
           "continuous yearly decline of an accelerator's price from the date of its price on; where prices are by_date, "
           "after the last quote, and 0 unless stated",
       .dimension = Dimension::decline,
       .range = core::between(-10, 10),
       .preset = "0.153 /yr",
       .source = "H100, 36 742 USD in 2022 to 23 238 USD in 2025: ln(36742/23238)/3; Epoch AI, AI chip counts (CC-BY)",
       .usual = core::between(-1, 2),
       .usual_why = "15 % a year are 0.15 /yr"});
  own.push_back({.name = "price",
                 .summary = "how prices fall: with age, or by learning as volume grows",
                 .shape = Shape::section,
                 .preset = "age",
                 .family = &price_family()});
  own.push_back(
      {.name = "off_sale",
       .summary =
           "when accelerators stop being sold, a list of {accelerator, date}; the catalog's date, or never, where "
           "one is left out. Generations to come are on sale for as long as the one before them, unless they are "
           "listed",
       .shape = Shape::list,
       .family = &kOffSaleList});
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
      price_performance_doubling("doubling time of FLOP/s per USD at launch"),
      energy_efficiency_doubling("doubling time of FLOP/s per W"),
  };
}

core::Parameter price_performance_doubling(std::string_view summary) {
  return {.name = "price_performance_doubling",
          .summary = summary,
          .shape = Shape::growth,
          .dimension = Dimension::growth,
          .range = core::between(-20, 20),
          .preset = "2.07 yr",
          .source = "Hobbhahn & Besiroglu 2022, Epoch AI: ML GPUs (95 % CI 1.54 to 3.13 yr)",
          .usual = core::between(-2, 3)};
}

core::Parameter energy_efficiency_doubling(std::string_view summary) {
  return {
      .name = "energy_efficiency_doubling",
      .summary = summary,
      .shape = Shape::growth,
      .dimension = Dimension::growth,
      .range = core::between(-20, 20),
      .preset = "2.06 yr",
      .source = "Epoch AI 2025: leading ML hardware gains 1.40x FLOP/s per W a year, a doubling in ln 2 / ln 1.4 yr",
      .usual = core::between(-2, 3)};
}

}  // namespace fleetrace::models
