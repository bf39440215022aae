#include "sim/reader/reader.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/core/schema/place.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/reader/currency.hpp"
#include "sim/reader/section_reader.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::reader {

using core::Diagnostics;
using core::Entry;
using core::Family;
using core::Parameter;
using core::Spec;
using core::Value;

namespace {

/// The section that a single value stands for: {intensity: 0.1 kg/kWh} for 0.1 kg/kWh.
Node written_out(const Node& value, const Family& family) {
  Node section;
  section.kind = Node::Kind::mapping;
  section.where = value.where;
  section.members.push_back({std::string(family.short_key), value.where, value});
  return section;
}

}  // namespace

Spec SectionReader::scenario(Node node) {
  const Entry& entry = scenario::scenario_entry();
  const Entry* const entries[] = {&entry};
  const Family family{.name = "scenario", .summary = {}, .selector = {}, .entries = entries, .preset = {}};
  if (const Node* money = node.find("money")) currency_ = declared_currency(*money);
  // Changes of strategies refer to the rest, wherever that stands in the file.
  std::stable_partition(node.members.begin(), node.members.end(),
                        [](const Member& member) { return member.key != "strategies"; });
  return members(node, entry, family, "", nullptr);
}

Spec SectionReader::section(const Node& node, const Family& family, const std::string& path, const Spec* base) {
  if (family.selector.empty()) {
    const bool is_short = node.kind == Node::Kind::scalar && !family.short_key.empty();
    return members(is_short ? written_out(node, family) : node, *family.entries.front(), family, path, base);
  }
  if (node.kind == Node::Kind::scalar) {
    Node empty;
    empty.kind = Node::Kind::mapping;
    empty.where = node.where;
    return section_of(named_entry(node.scalar, node.where, family, path), empty, family, path, base);
  }
  if (node.kind != Node::Kind::mapping) {
    findings_.wrong_kind(node, path, "a section");
    return {};
  }
  if (const Node* selected = node.find(family.selector)) {
    const std::string here = child(path, family.selector);
    if (selected->kind == Node::Kind::scalar) {
      return section_of(named_entry(selected->scalar, selected->where, family, here), node, family, path, base);
    }
    findings_.wrong_kind(*selected, here, "a name");
    return {};
  }
  // {best_run: {length: 6 months}} is short for {model: best_run, length: 6 months}.
  if (node.members.size() == 1 && node.members.front().value.kind == Node::Kind::mapping) {
    const Member& only = node.members.front();
    if (const Entry* entry = family.find(only.key)) {
      Family chosen = family;
      chosen.selector = {};
      return members(only.value, *entry, chosen, child(path, only.key), base);
    }
  }
  if (base != nullptr) return section_of(base->entry, node, family, path, base);
  if (const Entry* preset = family.find(family.preset)) return members(node, *preset, family, path, base);
  if (is_cut_) return {};
  findings_.add(node.where, child(path, family.selector),
                {"it is missing", "it says which " + std::string(family.name) + " model is meant",
                 core::suggest({}, entry_names(family))});
  return {};
}

Spec SectionReader::section_of(const Entry* entry, const Node& node, const Family& family, const std::string& path,
                               const Spec* base) {
  return entry == nullptr ? Spec{} : members(node, *entry, family, path, base);
}

const Entry* SectionReader::named_entry(const std::string& name, const core::Location& where, const Family& family,
                                        const std::string& path) {
  const Entry* entry = family.find(name);
  if (entry == nullptr) {
    findings_.add(where, path,
                  {"there is no " + std::string(family.name) + " model \"" + name + '"', "unknown name",
                   core::suggest(name, entry_names(family))});
  }
  return entry;
}

Spec SectionReader::members(const Node& node, const Entry& entry, const Family& family, const std::string& path,
                            const Spec* base) {
  const bool is_change = base != nullptr && base->entry == &entry;
  Spec spec = core::preset_spec(entry);
  if (is_change) spec.values.assign(spec.values.size(), Value{});
  // Defaults have the place of the section that leaves them out, so that messages about them lead somewhere.
  core::place(spec, node.where);
  if (node.kind != Node::Kind::mapping) {
    findings_.wrong_kind(node, path, "a section");
    for (Value& value : spec.values) value.faulty = true;
    return spec;
  }
  if (path.empty()) root_ = &spec;
  std::vector<bool> seen(entry.parameters.size());
  std::vector<bool> misspelt(entry.parameters.size());
  bool has_unknown_key = false;
  std::optional<std::vector<std::string>> below;
  for (const Member& member : node.members) {
    if (member.key == family.selector) continue;
    const std::string here = child(path, member.key);
    const Parameter* parameter = entry.find(member.key);
    if (parameter == nullptr) {
      const Parameter* meant = meant_parameter(member.key, entry);
      std::string elsewhere;
      if (path.empty() && meant == nullptr && !findings_.is_full()) {
        if (!below) below = paths_below(node.members);
        elsewhere = place_below(member.key, *below);
      }
      findings_.add(
          member.where, here,
          {"there is no such key", "it would be ignored",
           elsewhere.empty() ? suggest_key(member.key, entry, family) : "Did you mean \"" + elsewhere + "\"?"});
      if (meant != nullptr) misspelt[index_of(*meant, entry)] = true;
      has_unknown_key = has_unknown_key || meant == nullptr;
      continue;
    }
    const std::size_t index = index_of(*parameter, entry);
    if (seen[index]) {
      const core::GrowthKeys keys = core::growth_keys(*parameter);
      findings_.add(
          member.where, here,
          {"both " + keys.doubling + " and " + keys.rate + " are given", "they say the same thing", "Keep one."});
      continue;
    }
    seen[index] = true;
    spec.values[index] = value(member.value, *parameter, member.key, here, is_change ? &base->values[index] : nullptr);
  }
  for (std::size_t i = 0; i < entry.parameters.size(); ++i) {
    const Parameter& parameter = entry.parameters[i];
    if (seen[i]) continue;
    // An unknown key may stand for any single value that is left out.
    const bool is_single = parameter.family == nullptr;
    spec.values[i].faulty = misspelt[i] || (!is_change && parameter.required) || (has_unknown_key && is_single);
    if (misspelt[i] || is_change || !parameter.required || is_cut_) continue;
    findings_.add(node.where, child(path, parameter.name), {"it is missing", std::string(parameter.summary), ""});
  }
  return spec;
}

Spec read_section(const Node& node, const Family& family, const std::string& path, const Spec* base,
                  Diagnostics& diagnostics) {
  Strangers strangers;
  Spec spec = SectionReader(diagnostics, strangers).section(node, family, path, base);
  strangers.hide(diagnostics);
  return spec;
}

Spec read_scenario(Node node, Diagnostics& diagnostics, Strangers& strangers, bool is_cut, Files files) {
  return SectionReader(diagnostics, strangers, is_cut, files).scenario(std::move(node));
}

}  // namespace fleetrace::reader
