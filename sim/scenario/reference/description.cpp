#include "sim/scenario/reference/description.hpp"

namespace fleetrace::scenario {
namespace {

std::string first_upper(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string parted_by(std::string_view space, std::string_view words) {
  std::string text;
  for (const char c : words) {
    if (c == ' ') {
      text += space;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

std::string sentence(std::string_view words) {
  std::string text = first_upper(std::string(words));
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

std::string value_sentences(const Key& key, std::string_view space) {
  std::string text = first_upper(key.type);
  if (!key.units.empty()) text += " (" + key.units + ')';
  if (!key.valid.empty()) text += "; " + key.valid;
  text += '.';
  if (key.required) text += " Required.";
  const std::string preset = key.preset + (key.verified ? "" : ", unverified");
  if (!key.preset.empty()) text += " Default: " + parted_by(space, preset) + '.';
  return text;
}

std::string description(const core::Parameter& parameter) {
  const Key key = key_of(parameter);
  const std::string text = sentence(key.summary) + '\n' + value_sentences(key);
  return key.source.empty() ? text : text + "\nSource: " + key.source + '.';
}

}  // namespace fleetrace::scenario
