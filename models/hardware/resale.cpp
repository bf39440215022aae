#include "models/hardware/resale.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kResale{
    .name = "resale",
    .summary = "What hardware fetches when it leaves service, by what its FLOP/s cost new then and by its age.",
    .parameters =
        {
            {.name = "haircut",
             .summary = "share of the value that the trade keeps",
             .range = {0, 1, false, true},
             .preset = "0.3",
             .source = "the team's assumption",
             .verified = false},
            {.name = "life",
             .summary = "age at which it is worth nothing, on a straight line; the service life where it is left out",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .unbounded = "unlimited"},
            {.name = "decay",
             .summary = "continuous yearly loss of value with age, beside that of the market",
             .dimension = Dimension::decline,
             .range = core::between(0, 20),
             .preset = "0 /yr"},
            {.name = "proceeds",
             .summary = "where they go: the budget, free to be spent again, or the owner",
             .shape = Shape::choice,
             .preset = "budget",
             .choices = {"budget", "owner"}},
            {.name = "salvage",
             .summary = "whether the value of what is left at the end of the horizon counts in the net present value",
             .shape = Shape::flag,
             .preset = "true"},
        },
    .scope =
        "V(age) = p q (1 - haircut) (1 - age/life) e^(-decay age), p what a FLOP/s on sale costs at least on that day, q the "
        "unit's effective FLOP/s: where progress is embodied, old hardware is worth less by what newer software does on new "
        "hardware. Where nothing is on sale p q is the price of the unit itself on that day, and without a hardware section its list "
        "price. What waits for power and is retired is sold as new. Proceeds that go to the budget need one. A sale is at once, whatever its size; what is broken then fetches nothing, and nobody resells what "
        "is rented, or handed down for a credit. Before a new generation nobody sells in fear of it: the price falls on the day it is on "
        "sale.",
};
constexpr const core::Entry* kResaleEntries[] = {&kResale};

const core::Entry kHandDown{
    .name = "hand_down",
    .summary = "Hardware leaves training for serving at an age, and serves until its life ends.",
    .parameters =
        {
            {.name = "age",
             .summary = "since its installation; below the lifetime",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .required = true},
            {.name = "credit",
             .summary = "share of its market value, by age as resale has it, that serving owes training for it",
             .range = core::between(0, 1),
             .preset = "0"},
        },
    .scope =
        "It keeps its place, its power and its failures, and its energy stays on these books; its compute counts for training "
        "no more. A credit is a transfer within one owner: it counts in the net present value and buys nothing; what "
        "was handed down for it is not resold or salvaged later. It earns what finance.revenue says.",
};
constexpr const core::Entry* kHandDownEntries[] = {&kHandDown};

}  // namespace

double ResaleLaw::worth(double age, const std::optional<double>& own_life) const {
  const double end = is_stated ? life : own_life.value_or(life);
  const double straight = std::isinf(end) ? 1 : std::max(0.0, 1 - age / end);
  return straight * (decay == 0 ? 1 : core::exp(-decay * age));
}

const core::Family& resale_family() {
  static constexpr core::Family kFamily = core::plain_section("resale", kResaleEntries);
  return kFamily;
}

ResaleLaw resolve_resale(const core::Spec& spec, core::Duration lifetime) {
  const core::Duration life = spec.has("life") ? spec.duration("life") : lifetime;
  ResaleLaw law;
  law.is_stated = spec.has("life");
  law.haircut = spec.number("haircut");
  if (life != core::Duration::unlimited()) law.life = life.years();
  law.decay = spec.number("decay");
  law.reinvested = spec.text("proceeds") == "budget";
  law.salvaged = spec.flag("salvage");
  return law;
}

const core::Family& hand_down_family() {
  static constexpr core::Family kFamily{
      .name = "hand_down", .summary = {}, .selector = {}, .entries = kHandDownEntries, .preset = {}};
  return kFamily;
}

HandDown resolve_hand_down(const core::Spec& spec) { return {spec.duration("age"), spec.number("credit")}; }

}  // namespace fleetrace::models
