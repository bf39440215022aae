#include <cmath>

#include "models/progress/progress_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kAdoption{
    .name = "adoption",
    .summary = "A change of method that multiplies A(t) from a date on, such as a switch to mixtures of experts.",
    .parameters =
        {
            {.name = "at",
             .summary = "when it begins",
             .shape = Shape::instant,
             .dimension = Dimension::duration,
             .required = true},
            {.name = "gain",
             .summary = "the factor on A in the end; 1 changes nothing",
             .range = core::between(1, 1e6),
             .why = "nobody adopts what makes things worse",
             .preset = "3",
             .source = "2 to 5 for a mixture of experts, by its active share",
             .verified = false},
            {.name = "ramp",
             .summary =
                 "how long it takes until the gain is reached: a time t after its date A is multiplied by gain^(t/ramp); 0 for at once",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .preset = "0 days"},
        },
    .scope =
        "Known to come and the same for everyone who has it; strategies count a ramp while it lasts, never one that is to "
        "come. Several multiply each other. A field-wide rate of progress already holds part of such changes: lower "
        "it where adoptions stand beside it.",
};
constexpr const core::Entry* kAdoptionEntries[] = {&kAdoption};
constexpr core::Family kAdoptionFamily = core::plain_section("adoption", kAdoptionEntries);

}  // namespace

std::vector<core::Parameter> with_adoptions(std::vector<core::Parameter> own) {
  own.push_back({.name = "adoptions",
                 .summary = "changes of method that multiply A from their dates on",
                 .shape = Shape::list,
                 .family = &kAdoptionFamily});
  own.push_back({.name = "limit",
                 .summary = "the A that is never passed: growth of ln A falls with what of ln A is left below it",
                 .range = core::above_up_to(1, 1e100),
                 .why = "A is 1 at the start",
                 .preset = "unlimited",
                 .unbounded = "unlimited"});
  return own;
}

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
  return with_adoptions(std::move(own));
}

void resolve_limit(const core::Spec& spec, ProgressLaw& law) {
  if (const double limit = spec.number("limit"); std::isfinite(limit)) {
    law.log_limit = core::log(limit);
    law.is_plain = false;
  }
}

void resolve_embodied_and_cost(const core::Spec& spec, ProgressLaw& law) {
  law.cost_per_year = spec.number("cost");
  law.embodied = spec.flag("embodied");
  resolve_limit(spec, law);
}

}  // namespace fleetrace::models
