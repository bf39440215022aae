#pragma once

#include <string>

#include "entries_words.hpp"
#include "fleetrace/output/entries.hpp"

/// Sections and models as documentation.
namespace fleetrace::output::listing {

/// What a parameter means, what may be written, the default and its source: a line each, unwrapped.
[[nodiscard]] std::string description(const core::Parameter& parameter);
/// One entry for a terminal.
[[nodiscard]] std::string page(const Chapter& chapter, std::size_t index);
/// One entry as markdown under a heading of that level.
[[nodiscard]] std::string markdown_page(const Chapter& chapter, std::size_t index, int level);
/// {"name", "summary", "scope", "keys"}.
[[nodiscard]] grid::Json json_page(const Chapter& chapter, std::size_t index);

/// All chapters with everything in them.
[[nodiscard]] std::string reference(const std::vector<Chapter>& chapters, ListFormat format);

}  // namespace fleetrace::output::listing
