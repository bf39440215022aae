#include "sim/scenario/reference/differences.hpp"

#include <algorithm>
#include <type_traits>

#include "sim/core/schema/uncertain.hpp"
#include "sim/scenario/reference/source_text.hpp"
#include "sim/scenario/reference/yaml_text.hpp"

namespace fleetrace::scenario {
namespace {

using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

const std::vector<Spec>* sections_of(const Value& value) { return std::get_if<std::vector<Spec>>(&value.data); }

std::string_view selector_of(const Parameter& parameter) {
  return parameter.shape == Shape::changes || parameter.family == nullptr ? std::string_view()
                                                                          : parameter.family->selector;
}

/// Whether two distributions are the same one, however they are written.
bool is_same_law(const core::Uncertain& a, const core::Uncertain& b) {
  static constexpr int kPoints = 32;
  if (a.is_doubling_time() != b.is_doubling_time() || a.cut() != b.cut()) return false;
  for (int i = 1; i < kPoints; ++i) {
    const double u = static_cast<double>(i) / kPoints;
    if (a.at(u) != b.at(u)) return false;
  }
  return true;
}

/// Of values that hold no sections.
bool is_same(const Parameter& parameter, const Value& a, const Value& b) {
  if (!a.given() || !b.given()) return a.given() == b.given();
  // What refers to another value, such as horizon.end, is the same where it is written the same.
  if (!a.source_text.empty() && a.source_text == b.source_text && source_key(parameter, a) == source_key(parameter, b))
    return true;
  if (a.uncertain || b.uncertain) return a.uncertain && b.uncertain && is_same_law(*a.uncertain, *b.uncertain);
  if (a.data.index() != b.data.index()) return false;
  return std::visit(
      [&b](const auto& here) {
        using Data = std::decay_t<decltype(here)>;
        if constexpr (std::is_same_v<Data, std::vector<Spec>>) {
          return false;
        } else {
          return here == std::get<Data>(b.data);
        }
      },
      a.data);
}

std::string list_text(const std::vector<Spec>& sections, std::string_view selector) {
  std::string text;
  for (const Spec& each : sections) text += (text.empty() ? "" : ", ") + flow_text(each, selector);
  return '[' + text + ']';
}

std::string table_text(const std::vector<Spec>& sections, std::string_view selector) {
  std::string text;
  for (const Spec& each : sections)
    text += (text.empty() ? "" : ", ") + yaml_text(each.name) + ": " + flow_text(each, selector);
  return '{' + text + '}';
}

/// All that stands under a parameter, on one line; empty where nothing does.
std::string whole_text(const Parameter& parameter, const Value& value) {
  if (!value.given()) return {};
  const std::vector<Spec>* sections = sections_of(value);
  if (sections == nullptr) return source_value(parameter, value);
  const std::string_view selector = selector_of(parameter);
  if (parameter.shape == Shape::list) return list_text(*sections, selector);
  if (parameter.shape == Shape::table) return table_text(*sections, selector);
  return flow_text(sections->front(), selector);
}

const Spec* named(const std::vector<Spec>& sections, const std::string& name) {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const Spec& each) { return each.name == name; });
  return found == sections.end() ? nullptr : &*found;
}

class Comparison {
 public:
  void sections(const Spec& before, const Spec& after, const std::string& prefix) {
    for (std::size_t i = 0; i < before.values.size(); ++i) {
      place_.push_back({.parameter = i});
      values(before.entry->parameters[i], before.values[i], after.values[i], prefix);
      place_.pop_back();
    }
  }

  std::vector<Difference> found;

 private:
  void values(const Parameter& parameter, const Value& before, const Value& after, const std::string& prefix) {
    // What a strategy changes by `with` has defaults of its own where the model is another than that of the scenario. Nobody
    // wrote them.
    if (before.given() != after.given() && (before.preset || after.preset)) return;
    const std::vector<Spec>* a = sections_of(before);
    const std::vector<Spec>* b = sections_of(after);
    if (a == nullptr || b == nullptr) {
      if (!is_same(parameter, before, after)) add_whole(parameter, before, after, prefix);
      return;
    }
    const std::string path = prefix + std::string(parameter.name) + '.';
    if (parameter.shape == Shape::table) return table(parameter, *a, *b, path);
    const bool is_alike = std::equal(a->begin(), a->end(), b->begin(), b->end(),
                                     [](const Spec& x, const Spec& y) { return x.entry == y.entry; });
    if (!is_alike) return add_whole(parameter, before, after, prefix);
    for (std::size_t i = 0; i < a->size(); ++i) {
      place_.back().item = i;
      sections((*a)[i], (*b)[i], parameter.shape == Shape::list ? path + std::to_string(i) + '.' : path);
    }
  }

  void table(const Parameter& parameter, const std::vector<Spec>& a, const std::vector<Spec>& b,
             const std::string& path) {
    const std::string_view selector = selector_of(parameter);
    const auto add_entry = [&](const Spec* before, const Spec* after, const std::string& name) {
      found.push_back({path + name, before == nullptr ? std::string() : flow_text(*before, selector),
                       after == nullptr ? std::string() : flow_text(*after, selector), place_});
    };
    for (const Spec& each : a) {
      place_.back().name = each.name;
      const Spec* twin = named(b, each.name);
      if (twin != nullptr && twin->entry == each.entry) {
        sections(each, *twin, path + each.name + '.');
      } else {
        add_entry(&each, twin, each.name);
      }
    }
    for (const Spec& each : b) {
      place_.back().name = each.name;
      if (named(a, each.name) == nullptr) add_entry(nullptr, &each, each.name);
    }
  }

  void add_whole(const Parameter& parameter, const Value& before, const Value& after, const std::string& prefix) {
    place_.back().is_whole = true;
    const std::string key = sections_of(before) != nullptr || sections_of(after) != nullptr
                                ? std::string(parameter.name)
                                : source_key(parameter, after.given() ? after : before);
    found.push_back({prefix + key, whole_text(parameter, before), whole_text(parameter, after), place_});
    place_.back().is_whole = false;
  }

  std::vector<PathStep> place_;
};

/// Puts an entry of a table in the place of that name, or takes it away where the source has none.
void adopt_entry(std::vector<Spec>& target, const std::vector<Spec>& source, const std::string& name) {
  const Spec* wanted = named(source, name);
  const auto there = std::find_if(target.begin(), target.end(), [&](const Spec& each) { return each.name == name; });
  if (wanted == nullptr) {
    if (there != target.end()) target.erase(there);
  } else if (there != target.end()) {
    *there = *wanted;
  } else {
    target.push_back(*wanted);
  }
}

}  // namespace

std::vector<Difference> differences(const Spec& before, const Spec& after) {
  Comparison comparison;
  comparison.sections(before, after, "");
  return std::move(comparison.found);
}

void adopt(Spec& target, const Spec& source, const Difference& difference) {
  Spec* to = &target;
  const Spec* from = &source;
  for (std::size_t i = 0; i < difference.place.size(); ++i) {
    const PathStep& step = difference.place[i];
    Value& there = to->values[step.parameter];
    const Value& here = from->values[step.parameter];
    if (step.is_whole) {
      there = here;
      return;
    }
    auto& sections = std::get<std::vector<Spec>>(there.data);
    const auto& wanted = std::get<std::vector<Spec>>(here.data);
    if (step.name.empty()) {
      to = &sections[step.item];
      from = &wanted[step.item];
    } else if (i + 1 == difference.place.size()) {
      adopt_entry(sections, wanted, step.name);
    } else {
      // Both have it, or the difference would be the entry itself.
      to = &*std::find_if(sections.begin(), sections.end(), [&](const Spec& each) { return each.name == step.name; });
      from = named(wanted, step.name);
    }
  }
}

std::string flow_text(const Spec& section, std::string_view selector) {
  std::string text;
  if (!selector.empty()) text = std::string(selector) + ": " + std::string(section.entry->name);
  for (std::size_t i = 0; i < section.values.size(); ++i) {
    const Value& value = section.values[i];
    if (!value.given() || value.preset) continue;
    const Parameter& parameter = section.entry->parameters[i];
    text += (text.empty() ? "" : ", ") + source_key(parameter, value) + ": " + whole_text(parameter, value);
  }
  return '{' + text + '}';
}

}  // namespace fleetrace::scenario
