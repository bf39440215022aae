#include "progress_entries.hpp"

namespace fleetrace::models {

std::vector<core::Parameter> with_embodied_and_cost(std::vector<core::Parameter> own) {
  own.push_back({.name = "embodied",
                 .summary = "whether progress helps only hardware that is bought after it",
                 .shape = core::Shape::flag,
                 .preset = "false"});
  own.push_back({.name = "cost",
                 .summary = "what the research costs; the strategy's budget pays for it",
                 .dimension = core::Dimension::money_rate,
                 .range = core::at_least(0),
                 .preset = "0 USD/yr"});
  return own;
}

void resolve_embodied_and_cost(const core::Spec& spec, ProgressLaw& law) {
  law.cost_per_year = spec.number("cost");
  law.embodied = spec.flag("embodied");
}

}  // namespace fleetrace::models
