#include "hardware_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kAccelerator{
    .name = "accelerator",
    .summary = "One accelerator with its sources.",
    .parameters =
        {
            {.name = "fleetrace_accelerator",
             .summary = "format version",
             .dimension = Dimension::count,
             .range = core::between(1, 1),
             .required = true},
            {.name = "name", .summary = "name used in scenarios", .shape = Shape::text, .required = true},
            {.name = "vendor", .summary = "vendor", .shape = Shape::text, .required = true},
            {.name = "architecture", .summary = "architecture", .shape = Shape::text},
            {.name = "released",
             .summary = "first date on sale",
             .shape = Shape::date,
             .required = true,
             .sourced = true},
            {.name = "bf16",
             .summary = "dense bf16 peak",
             .dimension = Dimension::compute_rate,
             .range = core::above(0),
             .required = true,
             .sourced = true},
            {.name = "fp8",
             .summary = "dense 8-bit peak",
             .dimension = Dimension::compute_rate,
             .range = core::above(0),
             .sourced = true},
            {.name = "memory",
             .summary = "memory",
             .dimension = Dimension::memory,
             .range = core::above(0),
             .sourced = true},
            {.name = "bandwidth",
             .summary = "memory bandwidth",
             .dimension = Dimension::bandwidth,
             .range = core::above(0),
             .sourced = true},
            {.name = "tdp",
             .summary = "thermal design power of the accelerator",
             .dimension = Dimension::power,
             .range = core::above(0),
             .required = true,
             .sourced = true},
            {.name = "server_power",
             .summary = "nameplate power of its server, per accelerator",
             .dimension = Dimension::power,
             .range = core::above(0),
             .required = true,
             .sourced = true},
            {.name = "average_draw",
             .summary = "average draw in training over server nameplate power",
             .range = core::above_up_to(0, 1),
             .required = true,
             .sourced = true},
            {.name = "price",
             .summary = "price of the accelerator alone",
             .dimension = Dimension::money,
             .range = core::above(0),
             .required = true,
             .sourced = true},
            {.name = "priced",
             .summary = "date to which the price belongs",
             .shape = Shape::date,
             .required = true,
             .sourced = true},
        },
};

constexpr const core::Entry* kEntries[] = {&kAccelerator};

}  // namespace

const core::Family& accelerator_family() {
  static constexpr core::Family kFamily{.name = "accelerator",
                                        .summary = "Accelerators with sourced data.",
                                        .selector = {},
                                        .entries = kEntries,
                                        .preset = {}};
  return kFamily;
}

double AcceleratorType::cost(core::Time when, double own) const {
  return overhead.of(chip_price) * price.factor((when - priced).years(), own);
}

double AcceleratorType::cost_of(double units, core::Time when, double own) const {
  return overhead.of(chip_price) * price.batch((when - priced).years(), own, units);
}

double AcceleratorType::affordable(double usd, core::Time when, double own) const {
  return price.units((when - priced).years(), own, usd / overhead.of(chip_price));
}

const AcceleratorType* Market::find(std::string_view name) const {
  for (const AcceleratorType& type : types) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

std::optional<AcceleratorType> accelerator_type(const core::Spec& hardware, const core::Value& name_value,
                                                std::string_view name, const MarketRequest& request,
                                                const std::string& path, core::Diagnostics& diagnostics) {
  const core::Spec* data = request.catalog->find(name);
  if (data == nullptr) {
    diagnostics.add({name_value.where, path, "there is no accelerator \"" + std::string(name) + '"',
                     "not in the catalog", core::suggest(name, request.catalog->names())});
    return std::nullopt;
  }
  const bool has_costs = hardware.entry->find("precision") != nullptr;
  const std::string precision = has_costs ? hardware.text("precision") : "bf16";
  if (!data->has(precision)) {
    diagnostics.add({name_value.where, path, std::string(name) + " has no " + precision + " performance",
                     "the catalog knows no dense " + precision + " peak for it", "Use bf16 or another accelerator."});
    return std::nullopt;
  }
  AcceleratorType type;
  type.name = name;
  type.released = data->instant("released", request.start);
  type.peak = data->number(precision);
  type.nameplate_power = data->number("server_power");
  type.average_power = type.nameplate_power * data->number("average_draw");
  type.chip_price = data->number("price");
  type.priced = data->instant("priced", request.start);
  if (has_costs) {
    type.overhead = {hardware.number("server_overhead"), hardware.number("interconnect_share")};
    type.price = resolve_price(hardware);
    if (const auto quoted = resolve_quotes(hardware, name, request.path, diagnostics)) {
      type.chip_price = quoted->usd;
      type.priced = quoted->at;
      type.price.quotes = quoted->quotes;
    }
  }
  return type;
}

}  // namespace fleetrace::models
