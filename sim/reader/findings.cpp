#include "sim/reader/findings.hpp"

#include <algorithm>

#include "sim/reader/yaml/yaml_limits.hpp"
#include "sim/scenario/reference/paths.hpp"

namespace fleetrace::reader {
namespace {

using core::Entry;
using core::Family;
using core::Parameter;

constexpr std::size_t kLongestName = 200;

std::string_view kind_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null: return "nothing";
    case Node::Kind::scalar: return "a single value";
    case Node::Kind::sequence: return "a list";
    case Node::Kind::mapping: return "a section";
  }
  return "";
}

std::string how_to_write(std::string_view expected) {
  if (expected == "a section") return R"(Write it as {key: value}, or as indented lines that read "key: value".)";
  if (expected == "a table") return "Write each entry under its name, such as {name: {key: value}}.";
  if (expected == "a list")
    return R"(Write it in brackets, [..., ...], or each entry on a line that begins with "- ".)";
  return {};
}

/// The keys that an entry takes, those of growth parameters in both forms.
std::vector<std::string> key_names(const Entry& entry) {
  std::vector<std::string> names;
  for (const Parameter& parameter : entry.parameters) {
    if (parameter.shape == core::Shape::growth) {
      core::GrowthKeys keys = core::growth_keys(parameter);
      names.push_back(std::move(keys.doubling));
      names.push_back(std::move(keys.rate));
    } else {
      names.emplace_back(parameter.name);
    }
  }
  return names;
}

/// The paths of all that stands below these members.
void add_paths(const std::vector<Member>& members, const std::string& prefix, std::vector<std::string>& paths) {
  for (const Member& each : members) {
    const std::string path = child(prefix, each.key);
    paths.push_back(path);
    add_paths(each.value.members, path, paths);
  }
}

}  // namespace

std::string child(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + '.' + std::string(key);
}

void Findings::warn(const core::Location& where, const std::string& path, core::QuantityProblem problem) {
  diagnostics_.warn(
      {where, path, std::move(problem.problem), std::move(problem.reason), std::move(problem.suggestion)});
}

bool Findings::is_full() const { return diagnostics_.size() - before_ > kMostFindings; }

void Findings::add(const core::Location& where, const std::string& path, core::QuantityProblem problem) {
  const std::size_t found = diagnostics_.size() - before_;
  if (found > kMostFindings) return;
  if (found == kMostFindings) {
    problem = {"more than 100 problems", "reading stops here", "Mend those above first."};
  }
  diagnostics_.add({where, path, std::move(problem.problem), std::move(problem.reason), std::move(problem.suggestion)});
}

void Findings::wrong_kind(const Node& node, const std::string& path, std::string_view expected) {
  if (node.kind == Node::Kind::null) {
    return add(node.where, path,
               {"it has no value", "an empty value is no default", "Give a value, or remove the key."});
  }
  const std::string what = path.empty() ? "the whole scenario" : "it";
  add(node.where, path,
      {what + " is " + std::string(kind_of(node)) + ", not " + std::string(expected), "", how_to_write(expected)});
}

void Findings::check_name(const Member& member, const std::string& path) {
  if (member.key.empty()) add(member.where, path, {"a name is empty", "results are listed by name", "Write one."});
  if (member.key.size() > kLongestName) {
    add(member.where, path, {"a name is longer than 200 bytes", "no table could show it", "Shorten it."});
  }
}

const Parameter* meant_parameter(std::string_view key, const Entry& entry) {
  const std::vector<std::string> names = key_names(entry);
  const std::string_view close = core::nearest(key, {names.begin(), names.end()});
  return close.empty() ? nullptr : entry.find(close);
}

std::string suggest_key(std::string_view key, const Entry& entry, const Family& family) {
  std::vector<std::string> storage = key_names(entry);
  if (!family.selector.empty()) storage.insert(storage.begin(), std::string(family.selector));
  const std::vector<std::string_view> names(storage.begin(), storage.end());
  if (const std::string_view close = core::nearest(key, names); !close.empty()) {
    return "Did you mean \"" + std::string(close) + "\"?";
  }
  // Models of a family take different keys: perhaps the wrong one is chosen, or none.
  std::string takers;
  for (const Entry* other : family.entries) {
    if (family.selector.empty() || other->find(key) == nullptr) continue;
    takers += (takers.empty() ? "\"" : ", \"") + std::string(family.selector) + ": " + std::string(other->name) + '"';
  }
  return takers.empty() ? valid_keys(names) : "It goes with " + takers + '.';
}

std::vector<std::string> paths_below(const std::vector<Member>& members) {
  std::vector<std::string> paths;
  for (const Member& each : members) add_paths(each.value.members, each.key, paths);
  return paths;
}

std::string place_below(std::string_view name, const std::vector<std::string>& paths) {
  const auto depth = [](const std::string& path) { return std::count(path.begin(), path.end(), '.'); };
  std::vector<std::string> meant = scenario::meant_paths(name, paths);
  // A case or a strategy may change what the scenario has for all.
  std::stable_sort(meant.begin(), meant.end(), [&](const auto& a, const auto& b) { return depth(a) < depth(b); });
  const bool is_one = meant.size() == 1 || (meant.size() > 1 && depth(meant[0]) < depth(meant[1]));
  return is_one ? meant.front() : std::string();
}

std::string valid_keys(const std::vector<std::string_view>& names) {
  if (names.empty()) return "No key is valid here.";
  std::string text = names.size() == 1 ? "The only valid key is: " : "Valid keys are: ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  return text + '.';
}

std::vector<std::string_view> entry_names(const Family& family) {
  std::vector<std::string_view> names;
  for (const Entry* entry : family.entries) names.push_back(entry->name);
  return names;
}

}  // namespace fleetrace::reader
