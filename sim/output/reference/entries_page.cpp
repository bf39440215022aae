#include "sim/output/reference/entries_page.hpp"

#include <algorithm>

#include "sim/core/text/wrap.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/reference/description.hpp"

namespace fleetrace::output::listing {
namespace {

using scenario::Key;
using scenario::keys;
using scenario::selection;
using scenario::sentence;
using scenario::value_sentences;

/// Keys stand in a column of their own unless they are longer than this.
constexpr std::size_t kWidestKey = 24;

/// The no-break space of UTF-8: a space at which no line ends.
constexpr std::string_view kNoBreak = "\xc2\xa0";

std::string wrapped_after(const std::string& first, const std::string& text) {
  const std::string lines = core::wrapped(text, kTextWidth, first);
  std::string result;
  std::size_t from = 0;
  for (auto at = lines.find(kNoBreak); at != std::string::npos; at = lines.find(kNoBreak, from)) {
    result.append(lines, from, at - from) += ' ';
    from = at + kNoBreak.size();
  }
  return result.append(lines, from);
}

}  // namespace

Table keys_table(const std::vector<Key>& keys) {
  Table table({text_column("key", "key"),
               text_column("meaning", "summary"),
               {.name = "type"},
               {.name = "units"},
               text_column("type, units"),
               text_column("valid", "valid"),
               text_column("default", "default"),
               text_column("source", "source"),
               {.name = "verified"},
               {.name = "required"}});
  const auto text_or_null = [](const std::string& text) { return text.empty() ? Cell::Value() : Cell::Value(text); };
  for (const Key& key : keys) {
    std::string preset = key.required ? "**required**" : key.preset;
    if (!key.verified) preset += ", **unverified**";
    table.add_row({key.name, key.summary, key.type, key.units,
                   key.units.empty() ? key.type : key.type + ": " + key.units, key.valid,
                   Cell(text_or_null(key.preset), std::move(preset)), Cell(text_or_null(key.source), key.source),
                   Cell::flag(key.verified), Cell::flag(key.required)});
  }
  return table;
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
  std::string text = selection(chapter, index) + "\n\n" + core::wrapped(entry.summary, kTextWidth);
  if (!all.empty()) text += "\nKeys:\n";
  for (const Key& key : all) {
    std::string first = "  " + key.name;
    if (key.name.size() > widest) {
      text += first + '\n';
      first.clear();
    }
    first.resize(indent, ' ');
    text += wrapped_after(first, sentence(key.summary));
    text += wrapped_after(margin, value_sentences(key, kNoBreak));
    if (!key.source.empty()) text += wrapped_after(margin, "Source: " + key.source + '.');
  }
  if (!entry.scope.empty()) text += "\nScope and limitations:\n" + core::wrapped(entry.scope, kTextWidth, "  ");
  return text;
}

std::string markdown_page(const Chapter& chapter, std::size_t index, int level) {
  const core::Entry& entry = *chapter.entries[index];
  std::string text = std::string(static_cast<std::size_t>(level), '#') + " `" + selection(chapter, index) + "`\n\n" +
                     std::string(entry.summary) + '\n';
  std::vector<Key> all = keys(chapter, index);
  for (Key& key : all) {
    const std::size_t two = key.name.find(" or ");
    key.name = two == std::string::npos ? '`' + key.name + '`'
                                        : '`' + key.name.substr(0, two) + "` or `" + key.name.substr(two + 4) + '`';
  }
  if (!all.empty()) text += '\n' + write_markdown(keys_table(all), Markdown::markup);
  if (!entry.scope.empty()) text += "\nScope and limitations: " + std::string(entry.scope) + '\n';
  return text;
}

void write_members(core::JsonWriter& json, const Chapter& chapter, std::size_t index) {
  const core::Entry& entry = *chapter.entries[index];
  json.text("name", chapter.names[index]);
  json.text("summary", entry.summary);
  json.key("scope");
  entry.scope.empty() ? json.null() : json.text(entry.scope);
  json.key("keys");
  write_json(keys_table(keys(chapter, index)), json);
}

}  // namespace fleetrace::output::listing
