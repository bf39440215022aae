#include "sim/scenario/reference/entries_words.hpp"

#include <algorithm>

#include "models/purchase/belief.hpp"
#include "sim/core/schema/distribution.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Parameter;
using core::Shape;

bool is_plain(const Family* family) { return family != nullptr && family->selector.empty(); }

/// Adds the families that are chosen at or below `parameter`, in the order of their keys.
void add_families(const Parameter& parameter, std::vector<const Family*>& found) {
  const Family* family = parameter.family;
  if (family == nullptr || std::find(found.begin(), found.end(), family) != found.end()) return;
  if (!is_plain(family)) found.push_back(family);
  for (const Entry* entry : family->entries) {
    for (const Parameter& each : entry->parameters) add_families(each, found);
  }
}

std::string without_article(std::string_view text) { return std::string(text.substr(text.find(' ') + 1)); }

std::string joined(const std::vector<std::string_view>& words) {
  std::string result;
  for (const std::string_view word : words) result += (result.empty() ? "" : ", ") + std::string(word);
  return result;
}

std::string type_of(const Parameter& parameter) {
  // Messages call it a rate of decline, but some of these rates are of growth.
  std::string quantity = parameter.dimension == Dimension::decline
                             ? "yearly rate"
                             : without_article(core::describe(parameter.dimension));
  const std::string family(parameter.family == nullptr ? std::string_view{} : parameter.family->name);
  switch (parameter.shape) {
    case Shape::quantity: return quantity;
    case Shape::growth: return "doubling time or rate";
    case Shape::instant: return "date or " + quantity + " from the start";
    case Shape::date: return "date";
    case Shape::text: return "text";
    case Shape::choice: return "choice";
    case Shape::flag: return "true or false";
    case Shape::numbers: return "list of " + quantity + 's';
    case Shape::texts: return "list of texts";
    case Shape::section: return is_plain(parameter.family) ? "section" : family + " model";
    case Shape::list: return "list of sections, or a CSV file";
    case Shape::table: return is_plain(parameter.family) ? "sections by name" : family + " models by name";
    case Shape::changes: return "sections";
  }
  return {};
}

std::string units_of(const Parameter& parameter) {
  switch (parameter.shape) {
    case Shape::quantity:
    case Shape::instant:
    case Shape::numbers: return core::units(parameter.dimension);
    case Shape::growth: return core::units(Dimension::duration) + "; " + core::units(Dimension::growth);
    default: return {};
  }
}

std::string valid_of(const Parameter& parameter) {
  switch (parameter.shape) {
    case Shape::choice: return joined(parameter.choices);
    case Shape::changes: {
      std::vector<std::string_view> sections;
      for (const Parameter& each : scenario_entry().parameters) {
        const bool is_meant = parameter.name == models::kBelieves ? may_be_believed(each.name)
                                                                  : may_differ_by_strategy(each.name);
        if (is_meant) sections.push_back(each.name);
      }
      return joined(sections);
    }
    case Shape::section:
    case Shape::table: {
      std::vector<std::string_view> names;
      if (!is_plain(parameter.family)) {
        for (const Entry* entry : parameter.family->entries) names.push_back(entry->name);
      }
      return joined(names);
    }
    default: break;
  }
  std::string valid = core::describe(parameter, parameter.range);
  std::vector<std::string_view> words = parameter.choices;
  if (!parameter.unbounded.empty()) words.push_back(parameter.unbounded);
  if (parameter.shape == Shape::growth) words.emplace_back("none");
  for (const std::string_view word : words) valid += (valid.empty() ? "" : ", or ") + std::string(word);
  return valid;
}

std::string preset_of(const Parameter& parameter) {
  // A plain section that is left out is one with all its defaults.
  if (parameter.shape == Shape::section && is_plain(parameter.family))
    return parameter.preset.empty() ? "" : "its defaults";
  return std::string(parameter.preset);
}

void add_keys(const Entry& entry, const std::string& prefix, bool with_sections, std::vector<Key>& result) {
  for (const Parameter& parameter : entry.parameters) {
    result.push_back(key_of(parameter, prefix));
    if (!with_sections || !is_plain(parameter.family)) continue;
    std::string below = prefix + std::string(parameter.name) + '.';
    if (parameter.shape == Shape::list) below += "N.";
    if (parameter.shape == Shape::table) below += "NAME.";
    add_keys(*parameter.family->entries.front(), below, true, result);
  }
}

Chapter section_chapter() {
  const Entry& top = scenario_entry();
  Chapter chapter{.name = std::string(top.name),
                  .summary = "Sections of a scenario file.",
                  .selector = {},
                  .preset = {},
                  .entries = {&top},
                  .names = {std::string(top.name)}};
  for (const Parameter& parameter : top.parameters) {
    if (!is_plain(parameter.family)) continue;
    chapter.entries.push_back(parameter.family->entries.front());
    chapter.names.emplace_back(parameter.name);
  }
  return chapter;
}

Chapter family_chapter(const Family& family) {
  Chapter chapter{.name = std::string(family.name),
                  .summary = std::string(family.summary),
                  .selector = std::string(family.selector),
                  .preset = std::string(family.preset),
                  .entries = {family.entries.begin(), family.entries.end()},
                  .names = {}};
  for (const Entry* entry : family.entries) chapter.names.emplace_back(entry->name);
  return chapter;
}

}  // namespace

std::vector<Chapter> chapters() {
  std::vector<Chapter> result{section_chapter()};
  for (Section& section : sections()) {
    for (Chapter& chapter : section.chapters) {
      if (chapter.name != result.front().name) result.push_back(std::move(chapter));
    }
  }
  return result;
}

std::vector<Section> sections() {
  const Entry& top = scenario_entry();
  std::vector<Section> result;
  std::vector<const Family*> found;
  for (const Parameter& parameter : top.parameters) {
    if (parameter.family == nullptr) continue;
    Section section{.name = std::string(parameter.name), .summary = std::string(parameter.summary), .chapters = {}};
    if (is_plain(parameter.family)) {
      Chapter own = section_chapter();
      own.entries = {parameter.family->entries.front()};
      own.names = {section.name};
      section.chapters.push_back(std::move(own));
    }
    const std::size_t before = found.size();
    add_families(parameter, found);
    for (std::size_t i = before; i < found.size(); ++i) section.chapters.push_back(family_chapter(*found[i]));
    result.push_back(std::move(section));
  }
  const Family& laws = core::distribution_family();
  result.push_back({.name = std::string(laws.name),
                    .summary = "what may stand in the place of an uncertain number",
                    .chapters = {family_chapter(laws)}});
  return result;
}

Key key_of(const Parameter& parameter, const std::string& prefix) {
  Key key;
  key.name = prefix + std::string(parameter.name);
  if (parameter.shape == Shape::growth) key.name += " or " + prefix + core::growth_keys(parameter).rate;
  key.summary = parameter.summary;
  key.type = type_of(parameter);
  key.units = units_of(parameter);
  key.valid = valid_of(parameter);
  key.preset = preset_of(parameter);
  key.source = parameter.source;
  key.verified = parameter.verified;
  key.required = parameter.required;
  return key;
}

std::vector<Key> keys(const Chapter& chapter, std::size_t index) {
  const Entry& entry = *chapter.entries[index];
  std::vector<Key> result;
  add_keys(entry, {}, &entry != &scenario_entry(), result);
  return result;
}

std::string selection(const Chapter& chapter, std::size_t index) {
  return chapter.selector.empty() ? chapter.names[index] : chapter.selector + ": " + chapter.names[index];
}

}  // namespace fleetrace::scenario
