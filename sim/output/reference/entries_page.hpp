#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/output/reference/entries.hpp"
#include "sim/scenario/reference/entries_words.hpp"

/// Sections and models as documentation.
namespace fleetrace::output::listing {

using scenario::Chapter;
using scenario::Section;

/// A row for each key. Texts for people are markdown.
[[nodiscard]] Table keys_table(const std::vector<scenario::Key>& keys);
/// One entry as text for a terminal.
[[nodiscard]] std::string page(const Chapter& chapter, std::size_t index);
/// One entry as markdown under a heading of that level.
[[nodiscard]] std::string markdown_page(const Chapter& chapter, std::size_t index, int level);
/// Writes one entry as the members "name", "summary", "scope" and "keys".
void write_members(core::JsonWriter& json, const Chapter& chapter, std::size_t index);

/// These chapters, with every key of every entry.
[[nodiscard]] Listing reference(std::vector<Chapter> chapters);
/// The sections as a markdown table: a link to the page of each, what it is, and the families of models in it.
[[nodiscard]] std::string section_table(const std::vector<Section>& sections);

}  // namespace fleetrace::output::listing
