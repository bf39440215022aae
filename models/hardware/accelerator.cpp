#include <algorithm>

#include "models/hardware/hardware_entries.hpp"

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
            {.name = "off_sale",
             .summary = "first date on which it cannot be bought any more; on sale for ever where it is left out",
             .shape = Shape::date,
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
            {.name = "fp4",
             .summary = "dense 4-bit peak",
             .dimension = Dimension::compute_rate,
             .range = core::above(0),
             .sourced = true},
            {.name = "int8",
             .summary = "dense peak in 8-bit integers, of what has no fp8; it counts in H100-equivalents alone",
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
            {.name = "server_overhead",
             .summary = "cost of its server or rack per accelerator over the price of the accelerator",
             .range = core::at_least(1),
             .sourced = true},
            {.name = "interconnect_share",
             .summary = "share of a cluster's cost that is interconnect",
             .range = {0, 1, false, true},
             .sourced = true},
            {.name = "mfu",
             .summary = "model FLOP utilisation of its own, in the place of operations.mfu",
             .range = core::above_up_to(0, 1),
             .why = "no accelerator does more than its peak",
             .sourced = true},
            {.name = "lifetime",
             .summary = "service life of its own from installation on, in the place of operations.lifetime",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .unbounded = "unlimited",
             .sourced = true},
            {.name = "end_of_life",
             .summary =
                 "date on which all of it leave service and after which none is sold, however young they are: the end of the "
                 "maker's support",
             .shape = Shape::date,
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

const AcceleratorType* Market::newer_than(std::size_t type, core::Time when) const {
  const AcceleratorType* newest = nullptr;
  for (std::size_t i = 0; i < on_sale; ++i) {
    if (types[i].is_on_sale(when) && types[i].released > types[type].released &&
        (newest == nullptr || types[i].released >= newest->released))
      newest = &types[i];
  }
  return newest;
}

namespace {

/// A number of the scenario stands before that of the hardware section, and this before that of the catalog.
double cost_share(const core::Spec& hardware, const core::Spec& data, const AcceleratorCatalog& catalog,
                  std::string_view name, std::string_view key, double usual) {
  if (catalog.is_stated(name, key)) return data.number(key);
  if (const auto* stated = std::get_if<double>(&hardware.value(key).data)) return *stated;
  return data.has(key) ? data.number(key) : usual;
}

/// What has no 8-bit arithmetic computes 8-bit numbers as 16-bit ones.
H100Equivalents h100s_of(const core::Spec& data) {
  const double bf16 = data.number("bf16");
  const double eight_bit = data.has("fp8") ? data.number("fp8") : data.has("int8") ? data.number("int8") : bf16;
  return {bf16 / kH100Bf16, eight_bit / kH100EightBit};
}

}  // namespace

std::optional<AcceleratorType> accelerator_type(const core::Spec& hardware, const core::Value& name_value,
                                                std::string_view name, const MarketRequest& request,
                                                const std::string& path, core::Diagnostics& diagnostics) {
  const core::Spec* data = request.catalog->find(name);
  if (data == nullptr) {
    // Of one that the scenario describes it was said what it lacks.
    const std::vector<std::string_view> known = request.catalog->names();
    if (std::find(known.begin(), known.end(), name) != known.end()) return std::nullopt;
    diagnostics.add({name_value.where, path, "there is no accelerator \"" + std::string(name) + '"',
                     "neither in the catalog nor under accelerators", core::suggest(name, known)});
    return std::nullopt;
  }
  const bool has_costs = hardware.entry->find("precision") != nullptr;
  const std::string precision = has_costs ? hardware.text("precision") : "bf16";
  if (!data->has(precision)) {
    diagnostics.add({name_value.where, path, std::string(name) + " has no " + precision + " performance",
                     "no dense " + precision + " peak is known for it",
                     "Use bf16 or another accelerator, or state it: accelerators: {" + std::string(name) + ": {" +
                         precision + ": ...}}."});
    return std::nullopt;
  }
  AcceleratorType type;
  type.name = name;
  type.released = data->instant("released", request.start);
  if (data->has("off_sale")) type.off_sale = data->instant("off_sale", request.start);
  if (data->has("end_of_life")) type.end_of_life = data->instant("end_of_life", request.start);
  type.off_sale = std::min(type.off_sale, type.end_of_life);
  if (data->has("lifetime")) type.lifetime = data->duration("lifetime");
  if (data->has("mfu")) type.mfu = data->number("mfu");
  type.h100s = h100s_of(*data);
  type.peak = data->number(precision);
  type.nameplate_power = data->number("server_power");
  type.average_power = type.nameplate_power * data->number("average_draw");
  type.chip_price = data->number("price");
  type.priced = data->instant("priced", request.start);
  if (has_costs) {
    const auto share = [&](std::string_view key, double usual) {
      return cost_share(hardware, *data, *request.catalog, name, key, usual);
    };
    type.overhead = {share("server_overhead", kServerOverhead), share("interconnect_share", kInterconnectShare)};
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
