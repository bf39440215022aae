#include "reader.hpp"

#include <filesystem>

#include "fleetrace/core/read_value.hpp"
#include "fleetrace/fleet/scenario.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Entry;
using core::Family;
using core::Parameter;
using core::QuantityProblem;
using core::Shape;
using core::Spec;
using core::Value;

std::string child(const std::string& path, std::string_view key) { return path.empty() ? std::string(key) : path + '.' + std::string(key); }

std::string_view describe(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::null: return "nothing";
    case Node::Kind::scalar: return "a single value";
    case Node::Kind::sequence: return "a list";
    case Node::Kind::mapping: return "a section";
  }
  return "";
}

std::vector<std::string_view> entry_names(const Family& family) {
  std::vector<std::string_view> names;
  for (const Entry* entry : family.entries) names.push_back(entry->name);
  return names;
}

std::vector<std::string_view> key_names(const Entry& entry, const Family& family, std::vector<std::string>& storage) {
  storage.reserve(2 * entry.parameters.size());
  std::vector<std::string_view> names;
  if (!family.selector.empty()) names.push_back(family.selector);
  for (const Parameter& parameter : entry.parameters) {
    if (parameter.shape != Shape::growth) {
      names.push_back(parameter.name);
      continue;
    }
    const core::GrowthKeys keys = core::growth_keys(parameter);
    storage.push_back(keys.doubling);
    names.push_back(storage.back());
    storage.push_back(keys.rate);
    names.push_back(storage.back());
  }
  return names;
}

/// Reads one scenario. Methods add a diagnostic and return something harmless where a node does not fit.
class Reader {
 public:
  explicit Reader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  Spec scenario(const Node& node) {
    const Entry& entry = fleet::scenario_entry();
    const Entry* const entries[] = {&entry};
    const Family family{.name = "scenario", .summary = {}, .selector = {}, .entries = entries, .preset = {}};
    Node shared = node;
    Node strategies;
    bool found = false;
    std::erase_if(shared.members, [&](Member& member) {
      if (member.key != "strategies") return false;
      strategies = std::move(member.value);
      return found = true;
    });
    Spec root = members(shared, entry, family, "", nullptr, "strategies");
    root_ = &root;
    const Parameter& parameter = *entry.find("strategies");
    if (found) {
      root.value("strategies") = value(strategies, parameter, "strategies", "strategies", nullptr);
    } else if (node.kind == Node::Kind::mapping) {
      add(node.where, "strategies", {"it is missing", "nobody would race", "Add one, such as strategies: {hare: {buy: front_loaded, budget: 2e9 USD}}."});
    }
    return root;
  }

  Spec section(const Node& node, const Family& family, const std::string& path, const Spec* base) {
    if (family.selector.empty()) return members(node, *family.entries.front(), family, path, base);
    if (node.kind == Node::Kind::scalar) {
      const Entry* entry = named_entry(node.scalar, node.where, family, path);
      if (entry == nullptr) return placeholder(family, base);
      Node empty;
      empty.kind = Node::Kind::mapping;
      empty.where = node.where;
      return members(empty, *entry, family, path, base);
    }
    if (node.kind != Node::Kind::mapping) {
      wrong_kind(node, path, "a section");
      return placeholder(family, base);
    }
    if (const Node* selected = node.find(family.selector)) {
      const Entry* entry = selected->kind == Node::Kind::scalar
                               ? named_entry(selected->scalar, selected->where, family, child(path, family.selector))
                               : nullptr;
      if (selected->kind != Node::Kind::scalar) wrong_kind(*selected, child(path, family.selector), "a name");
      return entry == nullptr ? placeholder(family, base) : members(node, *entry, family, path, base);
    }
    // {best_run: {length: 6 months}} is short for {model: best_run, length: 6 months}.
    if (node.members.size() == 1 && node.members.front().value.kind == Node::Kind::mapping) {
      const Member& only = node.members.front();
      if (const Entry* entry = family.find(only.key)) return members(only.value, *entry, family, child(path, only.key), base);
    }
    if (base != nullptr) return members(node, *base->entry, family, path, base);
    if (const Entry* preset = family.find(family.preset)) return members(node, *preset, family, path, base);
    add(node.where, child(path, family.selector), {"it is missing", "it says which " + std::string(family.name) + " model is meant", core::suggest({}, entry_names(family))});
    return placeholder(family, base);
  }

 private:
  void add(const core::Location& where, const std::string& path, QuantityProblem problem) {
    diagnostics_.add({where, path, std::move(problem.problem), std::move(problem.reason), std::move(problem.suggestion)});
  }

  void wrong_kind(const Node& node, const std::string& path, std::string_view expected) {
    add(node.where, path, {"it is " + std::string(describe(node.kind)) + ", not " + std::string(expected), "", ""});
  }

  static Spec placeholder(const Family& family, const Spec* base) {
    return base != nullptr ? *base : core::preset_spec(*family.entries.front());
  }

  const Entry* named_entry(const std::string& name, const core::Location& where, const Family& family, const std::string& path) {
    const Entry* entry = family.find(name);
    if (entry == nullptr) {
      add(where, path, {"there is no " + std::string(family.name) + " model \"" + name + '"', "unknown name", core::suggest(name, entry_names(family))});
    }
    return entry;
  }

  /// The keys of a section. `except` is a required key that the caller reads.
  Spec members(const Node& node, const Entry& entry, const Family& family, const std::string& path, const Spec* base,
               std::string_view except = {}) {
    const bool is_change = base != nullptr && base->entry == &entry;
    Spec spec = core::preset_spec(entry);
    if (is_change) spec.values.assign(spec.values.size(), Value{});
    spec.where = node.where;
    if (node.kind != Node::Kind::mapping) {
      wrong_kind(node, path, "a section");
      return spec;
    }
    std::vector<bool> seen(entry.parameters.size());
    for (const Member& member : node.members) {
      if (member.key == family.selector) continue;
      const Parameter* parameter = entry.find(member.key);
      if (parameter == nullptr) {
        std::vector<std::string> storage;
        add(member.where, child(path, member.key), {"there is no such key", "it would be ignored", core::suggest(member.key, key_names(entry, family, storage))});
        continue;
      }
      const auto index = static_cast<std::size_t>(parameter - entry.parameters.data());
      if (seen[index]) {
        const core::GrowthKeys keys = core::growth_keys(*parameter);
        add(member.where, child(path, member.key), {"both " + keys.doubling + " and " + keys.rate + " are given", "they say the same thing", "Keep one."});
        continue;
      }
      seen[index] = true;
      spec.values[index] = value(member.value, *parameter, member.key, child(path, member.key), is_change ? &base->values[index] : nullptr);
    }
    for (std::size_t i = 0; i < entry.parameters.size(); ++i) {
      const Parameter& parameter = entry.parameters[i];
      if (seen[i] || is_change || !parameter.required || parameter.name == except) continue;
      add(node.where, child(path, parameter.name), {"it is missing", std::string(parameter.summary), ""});
    }
    return spec;
  }

  Value value(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path, const Value* base) {
    if (node.kind == Node::Kind::null) {
      add(node.where, path, {"it has no value", "an empty value is no default", "Give a value, or remove the key."});
      return core::preset_value(parameter);
    }
    Value result;
    switch (parameter.shape) {
      case Shape::section: result.data = std::vector<Spec>{section(node, *parameter.family, path, first_section(base))}; break;
      case Shape::list: result.data = list(node, parameter, path); break;
      case Shape::table: result.data = table(node, parameter, path, base); break;
      case Shape::changes: result.data = std::vector<Spec>{changes(node, path)}; break;
      case Shape::numbers: result.data = elements<double>(node, parameter, key, path); break;
      case Shape::texts: result.data = elements<std::string>(node, parameter, key, path); break;
      default: result = parameter.sourced ? sourced(node, parameter, path) : scalar(node, parameter, key, path); break;
    }
    result.where = node.where;
    return result;
  }

  static const Spec* first_section(const Value* base) {
    const auto* specs = base == nullptr ? nullptr : std::get_if<std::vector<Spec>>(&base->data);
    return specs == nullptr || specs->empty() ? nullptr : &specs->front();
  }

  Value scalar(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path) {
    if (node.kind != Node::Kind::scalar) {
      wrong_kind(node, path, "a single value");
      return core::preset_value(parameter);
    }
    auto result = core::read_value(parameter, key, node.scalar, node.quoted);
    if (auto* problem = std::get_if<QuantityProblem>(&result)) {
      add(node.where, path, std::move(*problem));
      return core::preset_value(parameter);
    }
    return std::get<Value>(std::move(result));
  }

  template <class T>
  std::vector<T> elements(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path) {
    std::vector<T> values;
    if (node.kind != Node::Kind::sequence) {
      wrong_kind(node, path, "a list");
      return values;
    }
    if (node.items.empty() && parameter.required) add(node.where, path, {"the list is empty", "at least one is needed", ""});
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Value element = scalar(node.items[i], parameter, key, child(path, std::to_string(i)));
      if (const T* data = std::get_if<T>(&element.data)) values.push_back(*data);
    }
    return values;
  }

  std::vector<Spec> list(const Node& node, const Parameter& parameter, const std::string& path) {
    if (node.kind == Node::Kind::scalar) return list(csv(node, *parameter.family), parameter, path);
    std::vector<Spec> specs;
    if (node.kind != Node::Kind::sequence) {
      wrong_kind(node, path, "a list");
      return specs;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      specs.push_back(section(node.items[i], *parameter.family, child(path, std::to_string(i)), nullptr));
    }
    return specs;
  }

  Node csv(const Node& node, const Family& family) {
    const std::filesystem::path beside = std::filesystem::path(node.where.file).parent_path();
    Node rows = read_csv((beside / node.scalar).string(), family, diagnostics_);
    rows.kind = Node::Kind::sequence;
    return rows;
  }

  std::vector<Spec> table(const Node& node, const Parameter& parameter, const std::string& path, const Value* base) {
    std::vector<Spec> specs;
    if (node.kind != Node::Kind::mapping) {
      wrong_kind(node, path, "a section");
      return specs;
    }
    if (node.members.empty() && parameter.required) {
      add(node.where, path, {"it is empty", "at least one is needed", ""});
    }
    for (const Member& member : node.members) {
      Spec spec = section(member.value, *parameter.family, child(path, member.key), base_of(member.key, base));
      spec.name = member.key;
      spec.where = member.where;
      specs.push_back(std::move(spec));
    }
    return specs;
  }

  static const Spec* base_of(const std::string& name, const Value* base) {
    const auto* specs = base == nullptr ? nullptr : std::get_if<std::vector<Spec>>(&base->data);
    if (specs == nullptr) return nullptr;
    for (const Spec& spec : *specs) {
      if (spec.name == name) return &spec;
    }
    return nullptr;
  }

  /// A strategy's `with`: a partial scenario over the one that was read so far.
  Spec changes(const Node& node, const std::string& path) {
    Spec partial;
    partial.entry = &fleet::scenario_entry();
    partial.values.assign(partial.entry->parameters.size(), Value{});
    partial.where = node.where;
    if (node.kind != Node::Kind::mapping) {
      wrong_kind(node, path, "a section");
      return partial;
    }
    for (const Member& member : node.members) {
      const Parameter* parameter = partial.entry->find(member.key);
      const std::string here = child(path, member.key);
      if (parameter == nullptr || !fleet::may_differ_by_strategy(member.key)) {
        std::vector<std::string_view> allowed;
        for (const Parameter& each : partial.entry->parameters) {
          if (fleet::may_differ_by_strategy(each.name)) allowed.push_back(each.name);
        }
        const std::string reason = parameter == nullptr ? "it would be ignored" : "it is the same for all strategies";
        const std::string problem = parameter == nullptr ? "there is no such section" : "a strategy may not change it";
        add(member.where, here, {problem, reason, parameter == nullptr ? core::suggest(member.key, allowed) : ""});
        continue;
      }
      const auto index = static_cast<std::size_t>(parameter - partial.entry->parameters.data());
      partial.values[index] = value(member.value, *parameter, member.key, here, &root_->values[index]);
    }
    return partial;
  }

  Value sourced(const Node& node, const Parameter& parameter, const std::string& path) {
    const Node* main = node.kind == Node::Kind::mapping ? node.find("value") : nullptr;
    if (main == nullptr) {
      add(node.where, path, {"it has no value with a source", "catalog data name their source", "Write {value: ..., source: ..., verified: read}."});
      return {};
    }
    Value result = scalar(*main, parameter, "value", child(path, "value"));
    core::Provenance provenance;
    const auto bound = [&](std::string_view key) {
      const Node* limit = node.find(key);
      if (limit == nullptr) limit = main;
      const Value read = scalar(*limit, parameter, std::string(key), child(path, key));
      const double* number = std::get_if<double>(&read.data);
      return number == nullptr ? 0 : *number;
    };
    provenance.low = bound("low");
    provenance.high = bound("high");
    for (const Member& member : node.members) {
      if (member.key == "source") provenance.source = member.value.scalar;
      if (member.key == "verified") provenance.verified = member.value.scalar;
    }
    if (provenance.source.empty() || provenance.verified.empty()) {
      add(node.where, path, {"source or verified is missing", "every number names its source", ""});
    }
    result.provenance = std::make_shared<const core::Provenance>(std::move(provenance));
    return result;
  }

  Diagnostics& diagnostics_;
  const Spec* root_ = nullptr;
};

}  // namespace

Spec read_section(const Node& node, const Family& family, const std::string& path, const Spec* base, Diagnostics& diagnostics) {
  return Reader(diagnostics).section(node, family, path, base);
}

Spec read_scenario(const Node& node, Diagnostics& diagnostics) { return Reader(diagnostics).scenario(node); }

}  // namespace fleetrace::scenario
