#include "sim/reader/overrides.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "sim/reader/load.hpp"

namespace fleetrace::reader {
namespace {

constexpr std::string_view kDoubling = "doubling";
constexpr std::string_view kRate = "rate";

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

/// The other way to say the same growth: "doubling" for "rate", "x_rate" for "x_doubling"; empty for other keys.
std::string twin(std::string_view key) {
  if (ends_with(key, kDoubling)) return std::string(key.substr(0, key.size() - kDoubling.size())) + std::string(kRate);
  if (ends_with(key, kRate)) return std::string(key.substr(0, key.size() - kRate.size())) + std::string(kDoubling);
  return {};
}

std::vector<std::string_view> keys(const Node& mapping) {
  std::vector<std::string_view> keys;
  for (const Member& each : mapping.members) keys.push_back(each.key);
  return keys;
}

/// The value under a key, made where it is missing.
Node* member(Node& mapping, const std::string& key, const core::Location& where) {
  const std::string other = twin(key);
  std::erase_if(mapping.members, [&](const Member& each) { return !other.empty() && each.key == other; });
  for (Member& each : mapping.members) {
    if (each.key == key) return &each.value;
  }
  mapping.members.push_back({key, where, {}});
  mapping.members.back().value.where = where;
  return &mapping.members.back().value;
}

template <class Sequence>
auto* item(Sequence& sequence, const std::string& key) {
  std::size_t index = sequence.items.size();
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  const bool is_index = error == std::errc{} && end == key.data() + key.size() && index < sequence.items.size();
  return is_index ? &sequence.items[index] : nullptr;
}

/// The part of a path before its first point, or a longer key that is there: names may hold points.
std::string_view first_key(const Node& mapping, std::string_view path) {
  std::size_t length = std::min(path.find('.'), path.size());
  for (const Member& each : mapping.members) {
    const std::size_t size = each.key.size();
    const bool begins = path.substr(0, size) == each.key && (path.size() == size || path[size] == '.');
    if (begins) length = std::max(length, size);
  }
  return path.substr(0, length);
}

/// Whether a key that is missing looks like a misspelt name of one that is there, not counting its twin.
bool is_misspelt(const Node& mapping, const std::string& key) {
  std::vector<std::string_view> others = keys(mapping);
  const std::string other = twin(key);
  std::erase_if(others, [&other](std::string_view each) { return each == other; });
  return !core::nearest(key, others).empty();
}

/// Whether that is an accelerator of the catalog, of which a scenario may change a number though it states none of it so far.
bool is_of_catalog(const Override& change, const std::string& key) {
  return change.path.rfind("accelerators." + key + '.', 0) == 0 && embedded_catalog()->find(key) != nullptr;
}

core::Diagnostic nowhere(const Override& change, const Node& place, const std::string& key) {
  core::Diagnostic found{change.where.line > 0 ? change.where : core::Location{change.option, 0, 0},
                         change.path,
                         "there is no such place",
                         {},
                         {}};
  if (key.empty()) {
    found.reason = "a key is empty";
  } else if (place.kind == Node::Kind::scalar) {
    found.reason = '"' + key + "\" would stand inside the single value \"" + place.scalar + '"';
  } else if (place.kind == Node::Kind::sequence) {
    found.reason = "the list has no entry \"" + key + '"';
  } else {
    found.reason = "nothing is named \"" + key + '"';
    found.suggestion = core::suggest(key, keys(place));
  }
  return found;
}

/// What is wrong with the path of a change, if anything is. The document is looked at first and changed afterwards: a copy of it, to
/// be thrown away where something is wrong, would cost as much as the document is large for every change.
std::optional<core::Diagnostic> wrong_path(const Node& root, const Override& change) {
  static const Node kNothing;
  const Node* place = &root;
  std::string_view rest = change.path;
  while (true) {
    const std::string key(first_key(*place, rest));
    const bool is_last = key.size() == rest.size();
    const bool is_mapping = place->kind == Node::Kind::mapping || place->kind == Node::Kind::null;
    const Node* next = nullptr;
    if (!key.empty() && is_mapping) {
      next = place->find(key);
      if (next == nullptr && (is_last || is_of_catalog(change, key) || !is_misspelt(*place, key))) next = &kNothing;
    }
    if (place->kind == Node::Kind::sequence) next = item(*place, key);
    if (next == nullptr) return nowhere(change, *place, key);
    if (is_last) return std::nullopt;
    place = next;
    rest.remove_prefix(key.size() + 1);
  }
}

}  // namespace

void apply(Node& root, const Override& change, core::Diagnostics& diagnostics) {
  const core::Location where = change.where.line > 0 ? change.where : core::Location{change.option, 0, 0};
  Node value = parse_yaml(change.text, change.option + ' ' + change.path, diagnostics);
  if (value.kind == Node::Kind::null) return;
  // One value needs no line and column; what stands inside a longer one does.
  if (value.kind == Node::Kind::scalar) value.where = where;
  if (std::optional<core::Diagnostic> wrong = wrong_path(root, change)) return diagnostics.add(*std::move(wrong));
  Node* place = &root;
  for (std::string_view rest = change.path;;) {
    const std::string key(first_key(*place, rest));
    const bool is_last = key.size() == rest.size();
    if (place->kind == Node::Kind::null) place->kind = Node::Kind::mapping;
    place = place->kind == Node::Kind::sequence ? item(*place, key) : member(*place, key, where);
    if (is_last) break;
    rest.remove_prefix(key.size() + 1);
  }
  *place = std::move(value);
}

void add_to(Sha256& hash, const Override& change) { hash.add("\n--set ").add(change.path).add("=").add(change.text); }

}  // namespace fleetrace::reader
