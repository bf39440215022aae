#include "entries_page.hpp"

#include <algorithm>

#include "fleetrace/output/text.hpp"

namespace fleetrace::output::listing {
namespace {

/// Keys stand in a column of their own unless they are longer than this.
constexpr std::size_t kWidestKey = 24;

std::string first_upper(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

/// The no-break space of UTF-8: a space at which no line ends.
constexpr std::string_view kNoBreak = "\xc2\xa0";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string wrapped_after(const std::string& first, const std::string& text) {
  return replaced(wrapped(text, grid::kWidth, first), kNoBreak, " ");
}

/// "Duration (s, min, h); above 0 s. Default: 3 months, unverified.": what may be written, and what holds if nothing is.
std::string value_line(const Key& key) {
  std::string line = first_upper(key.type);
  if (!key.units.empty()) line += " (" + key.units + ')';
  if (!key.valid.empty()) line += "; " + key.valid;
  line += '.';
  if (key.required) line += " Required.";
  const std::string preset = key.preset + (key.verified ? "" : ", unverified");
  if (!key.preset.empty()) line += " Default: " + replaced(preset, " ", kNoBreak) + '.';
  return line;
}

}  // namespace

std::string description(const core::Parameter& parameter) {
  const Key key = key_of(parameter);
  const std::string text = first_upper(key.summary) + ".\n" + replaced(value_line(key), kNoBreak, " ");
  return key.source.empty() ? text : text + "\nSource: " + key.source + '.';
}

std::string page(const Chapter& chapter, std::size_t index) {
  const core::Entry& entry = *chapter.entries[index];
  const std::vector<Key> all = keys(chapter, index);
  std::size_t widest = 0;
  for (const Key& key : all) {
    if (key.name.size() <= kWidestKey) widest = std::max(widest, key.name.size());
  }
  const std::size_t indent = 2 + widest + 2;
  const std::string margin(indent, ' ');
  std::string text = written(chapter, index) + "\n\n" + wrapped(entry.summary, grid::kWidth);
  if (!all.empty()) text += "\nKeys:\n";
  for (const Key& key : all) {
    std::string first = "  " + key.name;
    if (key.name.size() > widest) {
      text += first + '\n';
      first.clear();
    }
    first.resize(indent, ' ');
    text += wrapped_after(first, first_upper(key.summary) + '.');
    text += wrapped_after(margin, value_line(key));
    if (!key.source.empty()) text += wrapped_after(margin, "Source: " + key.source + '.');
  }
  if (!entry.scope.empty()) text += "\nScope and limitations:\n" + wrapped(entry.scope, grid::kWidth, "  ");
  return text;
}

std::string markdown_page(const Chapter& chapter, std::size_t index, int level) {
  const core::Entry& entry = *chapter.entries[index];
  std::string text = std::string(static_cast<std::size_t>(level), '#') + " `" + written(chapter, index) + "`\n\n" +
                     std::string(entry.summary) + '\n';
  std::vector<Key> all = keys(chapter, index);
  for (Key& key : all) {
    const std::size_t two = key.name.find(" or ");
    key.name = two == std::string::npos ? '`' + key.name + '`'
                                        : '`' + key.name.substr(0, two) + "` or `" + key.name.substr(two + 4) + '`';
  }
  if (!all.empty()) text += '\n' + grid::markdown(key_grid(all));
  if (!entry.scope.empty()) text += "\nScope and limitations: " + std::string(entry.scope) + '\n';
  return text;
}

grid::Json json_page(const Chapter& chapter, std::size_t index) {
  const core::Entry& entry = *chapter.entries[index];
  grid::Json json;
  json["name"] = chapter.names[index];
  json["summary"] = entry.summary;
  json["scope"] = entry.scope.empty() ? grid::Json() : grid::Json(entry.scope);
  json["keys"] = grid::json(key_grid(keys(chapter, index)));
  return json;
}

}  // namespace fleetrace::output::listing
