#include "sim/scenario/schema/remove_strategies.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace fleetrace::scenario {

using core::Spec;

void remove_strategies(Spec& root, const std::function<bool(const Spec& strategy)>& is_removed) {
  std::set<std::string> removed;
  auto& strategies = std::get<std::vector<Spec>>(root.value("strategies").data);
  std::erase_if(strategies, [&](const Spec& each) {
    const bool goes = is_removed(each);
    if (goes) removed.insert(each.name);
    return goes;
  });
  auto* actuals = std::get_if<std::vector<Spec>>(&root.value("actuals").data);
  if (actuals == nullptr) return;
  std::erase_if(*actuals,
                [&](const Spec& row) { return row.has("strategy") && removed.count(row.text("strategy")) > 0; });
}

}  // namespace fleetrace::scenario
