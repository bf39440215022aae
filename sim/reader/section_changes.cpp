#include <algorithm>
#include <string_view>

#include "models/purchase/purchase.hpp"
#include "sim/reader/section_reader.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::reader {

using core::Entry;
using core::Family;
using core::Parameter;
using core::Spec;
using core::Value;

Spec SectionReader::changes(const Node& node, const std::string& path) {
  Spec partial;
  partial.entry = &scenario::scenario_entry();
  partial.values.assign(partial.entry->parameters.size(), Value{});
  partial.where = node.where;
  if (node.kind != Node::Kind::mapping) {
    findings_.wrong_kind(node, path, "a section");
    return partial;
  }
  for (const Member& member : node.members) {
    const std::string here = child(path, member.key);
    if (!scenario::may_differ_by_strategy(member.key)) {
      refuse_change(member, here, partial.entry->find(member.key) != nullptr);
      continue;
    }
    const Parameter& parameter = *partial.entry->find(member.key);
    const std::size_t index = index_of(parameter, *partial.entry);
    partial.values[index] = value(member.value, parameter, member.key, here, &root_->values[index]);
  }
  return partial;
}

void SectionReader::refuse_change(const Member& member, const std::string& path, bool is_section) {
  std::vector<std::string_view> allowed;
  for (const Parameter& each : scenario::scenario_entry().parameters) {
    if (scenario::may_differ_by_strategy(each.name)) allowed.push_back(each.name);
  }
  if (is_section) {
    const bool is_other = member.key == "strategies";
    findings_.add(
        member.where, path,
        {"a strategy may not change it",
         is_other ? "a strategy changes itself alone" : "all strategies race under the same one", valid_keys(allowed)});
    return;
  }
  const Family& own = models::purchase_family();
  const bool is_own = std::any_of(own.entries.begin(), own.entries.end(),
                                  [&](const Entry* entry) { return entry->find(member.key) != nullptr; });
  std::string suggestion = valid_keys(allowed);
  if (is_own && member.key != "with") suggestion = "Write it beside \"with\", not inside it.";
  if (!core::nearest(member.key, allowed).empty()) suggestion = core::suggest(member.key, allowed);
  findings_.add(member.where, path, {"there is no such section", "it would be ignored", suggestion});
}

}  // namespace fleetrace::reader
