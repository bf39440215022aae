#include "sim/core/schema/place.hpp"

#include <variant>
#include <vector>

namespace fleetrace::core {

void place(Value& value, const Location& where) {
  value.where = where;
  auto* sections = std::get_if<std::vector<Spec>>(&value.data);
  if (sections == nullptr) return;
  for (Spec& section : *sections) place(section, where);
}

void place(Spec& spec, const Location& where) {
  spec.where = where;
  for (Value& value : spec.values) place(value, where);
}

}  // namespace fleetrace::core
