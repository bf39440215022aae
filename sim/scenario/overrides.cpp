#include "overrides.hpp"

#include <charconv>

namespace fleetrace::scenario {
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

Node* item(Node& sequence, const std::string& key) {
  std::size_t index = sequence.items.size();
  std::from_chars(key.data(), key.data() + key.size(), index);
  return index < sequence.items.size() ? &sequence.items[index] : nullptr;
}

}  // namespace

void apply(Node& root, const Override& change, core::Diagnostics& diagnostics) {
  const core::Location where{"--set", 0, 0};
  Node* place = &root;
  std::string_view rest = change.path;
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string key(rest.substr(0, dot));
    if (place->kind == Node::Kind::null) place->kind = Node::Kind::mapping;
    Node* next = nullptr;
    if (!key.empty() && place->kind == Node::Kind::mapping) next = member(*place, key, where);
    if (place->kind == Node::Kind::sequence) next = item(*place, key);
    if (next == nullptr) {
      diagnostics.add({where, change.path, "there is no such place", "\"" + key + "\" leads nowhere in this scenario", ""});
      return;
    }
    place = next;
    if (dot == std::string_view::npos) break;
    rest = rest.substr(dot + 1);
  }
  *place = parse_yaml(change.text, "--set " + change.path, diagnostics);
}

}  // namespace fleetrace::scenario
