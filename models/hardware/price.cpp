#include "fleetrace/models/price.hpp"

#include "fleetrace/core/math.hpp"
#include "hardware_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kAge{
    .name = "age",
    .summary = "The price falls with age, at the constant rate price_decline.",
    .parameters = {},
    .scope = "One rate for every accelerator, however well it sells.",
};

const core::Entry kLearning{
    .name = "learning",
    .summary =
        "The price falls by the same share with each doubling of the accelerator's cumulative volume (Wright's law).",
    .parameters =
        {
            {.name = "learning_rate",
             .summary = "share by which each doubling of the volume lowers the price; 1 less the progress ratio",
             .range = {0, 0.5, false, true},
             .why = "from 0.5 on ever more accelerators would cost hardly more in total, at 1 nothing at all",
             .preset = "0.2",
             .source = "a progress ratio of 80 %, usual for electronics",
             .verified = false},
            {.name = "volume_doubling",
             .summary = "doubling time of the volume that the whole market has bought",
             .shape = Shape::growth,
             .dimension = Dimension::growth,
             .range = core::between(0, 20),
             .preset = "1.46 yr",
             .source = "makes a learning rate of 0.2 lower prices by the default price_decline, 0.153 /yr"},
            {.name = "volume",
             .summary =
                 "accelerators of a type made by the date of its price; where it is given, the strategy's own purchases "
                 "add to it and lower the price further",
             .range = core::between(1, 1e15)},
        },
    .scope =
        "A curve of its own for each accelerator, which starts at the date of its price (for generations to come, at the "
        "offset from their launch that the base has); what is learned on one helps no other. The market's volume grows "
        "exponentially whatever the strategy does. From a learning rate of 0.5 on, ever more accelerators would cost a "
        "finite sum, so it must be below that. A large order is priced along the curve, unit by unit.",
};

constexpr const core::Entry* kEntries[] = {&kAge, &kLearning};

}  // namespace

double PriceLaw::factor(double years, double own) const {
  if (own == 0 || !learns_from_own()) return core::exp(-decline * years);
  return core::exp(-exponent * core::log(core::exp(growth * years) + own / volume));
}

double PriceLaw::batch(double years, double own, double units) const {
  const double next = factor(years, own);
  if (!learns_from_own()) return next * units;
  const double made = volume * core::exp(growth * years) + own;
  return next * made * core::integral_of_exp(1 - exponent, core::log1p(units / made));
}

double PriceLaw::units(double years, double own, double sum) const {
  const double next = factor(years, own);
  if (!learns_from_own()) return sum / next;
  const double made = volume * core::exp(growth * years) + own;
  return made * core::expm1(core::log1p((1 - exponent) * sum / (next * made)) / (1 - exponent));
}

const core::Family& price_family() {
  static constexpr core::Family kFamily{.name = "price",
                                        .summary = "How the price of an accelerator falls after the date of its price.",
                                        .selector = "model",
                                        .entries = kEntries,
                                        .preset = "age"};
  return kFamily;
}

PriceLaw resolve_price(const core::Spec& hardware) {
  const core::Spec& spec = *hardware.section("price");
  if (spec.entry->name == "age") return {.decline = hardware.number("price_decline")};
  PriceLaw law;
  law.exponent = -core::log2(1 - spec.number("learning_rate"));
  law.growth = spec.number("volume_doubling") * core::kLn2;
  law.decline = law.exponent * law.growth;
  if (spec.has("volume")) law.volume = spec.number("volume");
  return law;
}

}  // namespace fleetrace::models
