#include "sim/scenario/schema/horizon_end.hpp"

#include <variant>
#include <vector>

namespace fleetrace::scenario {
namespace {

using core::Spec;
using core::Value;

void bind(Spec& spec, core::Time end) {
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    Value& value = spec.values[i];
    const bool is_end = spec.entry->parameters[i].shape == core::Shape::instant &&
                        value.source_text == core::kHorizonEnd;
    if (is_end && value.given()) value.data = end;
    auto* sections = std::get_if<std::vector<Spec>>(&value.data);
    if (sections == nullptr) continue;
    for (Spec& each : *sections) bind(each, end);
  }
}

}  // namespace

std::optional<core::Time> horizon_end(const Spec& horizon) {
  if (!horizon.has("start")) return std::nullopt;
  if (horizon.has("end")) return horizon.instant("end", {});
  if (!horizon.has("length")) return std::nullopt;
  return core::saturating_add(horizon.instant("start", {}), horizon.duration("length"));
}

void bind_horizon_end(Spec& root) {
  const Spec* horizon = root.section("horizon");
  if (horizon == nullptr || horizon->entry == nullptr) return;
  if (const std::optional<core::Time> end = horizon_end(*horizon)) bind(root, *end);
}

}  // namespace fleetrace::scenario
