#include "models/theory/roadmap.hpp"

#include <array>

#include "models/progress/catch_up.hpp"
#include "models/progress/progress_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// B(t) = product over layers of (1 + b t)^r, times e^(f t): even spending, and what comes from the field.
constexpr std::array<std::string_view, 3> kLayers{"kernels", "algorithms", "data"};
constexpr std::size_t kField = 2 * kLayers.size();

double log_value(const ProgressLaw& law, double years) {
  const auto& c = law.coefficients;
  double sum = c[kField] * years;
  for (std::size_t i = 0; i < kLayers.size(); ++i) sum += c[2 * i + 1] * core::log1p(c[2 * i] * years);
  return sum;
}

double value(const ProgressLaw& law, double years) { return core::exp(log_value(law, years)); }

double rate(const ProgressLaw& law, double years) {
  const auto& c = law.coefficients;
  double sum = c[kField];
  for (std::size_t i = 0; i < kLayers.size(); ++i) sum += c[2 * i + 1] * c[2 * i] / (1 + c[2 * i] * years);
  return sum;
}

double integral(const ProgressLaw& law, double from, double to) {
  return integral_by_panels(value, law, from, to, log_value(law, to) - log_value(law, from));
}

const core::Entry kLayer{
    .name = "layer",
    .summary = "A layer of the stack that money improves: A = (1 + x/scale)^returns, x what was spent on it.",
    .parameters =
        {
            {.name = "doubling_cost",
             .summary = "what its first doubling costs",
             .dimension = core::Dimension::money,
             .range = core::above(0),
             .required = true},
            {.name = "returns",
             .summary = "doublings for a doubling of all that was ever spent, in the long run",
             .range = core::above_up_to(0, 20),
             .required = true},
            {.name = "field_doubling",
             .summary = "time in which the field doubles it for everyone, at no cost",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::between(0, 100),
             .preset = "none",
             .usual = core::between(-2, 6)},
        },
};
constexpr const core::Entry* kLayerEntries[] = {&kLayer};
constexpr core::Family kLayerFamily = core::plain_section("layer", kLayerEntries);

core::Parameter layer(std::string_view name, std::string_view summary) {
  core::Parameter parameter;
  parameter.name = name;
  parameter.summary = summary;
  parameter.shape = core::Shape::section;
  parameter.family = &kLayerFamily;
  return parameter;
}

ProgressLaw resolve(const core::Spec& spec) {
  ProgressLaw law;
  law.value = value;
  law.log_value = log_value;
  law.integral_of = integral;
  law.rate = rate;
  resolve_embodied_and_cost(spec, law);
  const double years = spec.duration("over").years();
  std::vector<theory::Layer> layers;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < kLayers.size(); ++i) {
    const core::Spec* section = spec.section(kLayers[i]);
    if (section == nullptr) continue;
    const double returns = section->number("returns");
    layers.push_back({theory::layer_scale(section->money("doubling_cost").usd(), returns), returns});
    places.push_back(i);
    law.coefficients[kField] += section->number("field_doubling") * core::kLn2;
  }
  if (layers.empty()) {
    resolve_catch_up(spec, law, log_value, rate);
    return law;
  }
  const bool is_even = spec.text("split") == "even";
  const double budget = law.cost_per_year * years;
  const theory::BestSplit best = theory::best_split(budget, layers);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const double spend = is_even ? budget / static_cast<double>(layers.size()) : best.spend[i];
    law.coefficients[2 * places[i]] = spend / years / layers[i].scale;
    law.coefficients[2 * places[i] + 1] = layers[i].returns;
  }
  resolve_catch_up(spec, law, log_value, rate);
  return law;
}

}  // namespace

const ProgressEntry kRoadmapProgress{
    core::Entry{
        .name = "roadmap",
        .summary =
            "A research budget over the layers of the stack: each has a price and returns, and what each gets is a result. A(t) is the "
            "product of (1 + x/scale)^returns, and of what comes from the field.",
        .parameters = with_embodied_and_cost({
            layer("kernels", "kernels and utilisation"),
            layer("algorithms", "algorithms"),
            layer("data", "data: more, better, or better used"),
            {.name = "over",
             .summary = "time over which the split of the budget is the best",
             .dimension = core::Dimension::duration,
             .range = core::at_least(86'400'000),
             .preset = "5 yr",
             .source = "assumption"},
            {.name = "split",
             .summary =
                 "how `cost` is spread over the layers: with the greatest product of all after `over`, or evenly",
             .shape = core::Shape::choice,
             .preset = "optimal",
             .choices = {"optimal", "even"}},
            spillover_section(),
        }),
        .scope =
            "Spending is even in time, and the split stays what it is. Layers multiply each other and do not help each other. Chips are "
            "no layer here: what is not spent on `cost` buys them. What spills over multiplies all layers and makes none of them dearer: the "
            "frontier is a given curve, and who is ahead of it gains and loses nothing by `spillover`. Prices and returns are yours: none of them has been measured for "
            "all layers alike.",
    },
    resolve};

}  // namespace fleetrace::models
