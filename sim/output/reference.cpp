#include "entries_page.hpp"

namespace fleetrace::output::listing {
namespace {

std::string as_markdown(const std::vector<Chapter>& chapters) {
  std::string text;
  for (const Chapter& chapter : chapters) {
    text += (text.empty() ? "## " : "\n## ") + chapter.name + "\n\n" + chapter.summary;
    if (!chapter.selector.empty()) {
      text += " `" + chapter.selector + "` says which";
      text += chapter.preset.empty() ? ", and must be given." : "; without it `" + chapter.preset + "` is meant.";
    }
    text += '\n';
    for (std::size_t i = 0; i < chapter.entries.size(); ++i) text += '\n' + markdown_page(chapter, i, 3);
  }
  return text;
}

std::string as_table(const std::vector<Chapter>& chapters) {
  std::string text;
  for (const Chapter& chapter : chapters) {
    for (std::size_t i = 0; i < chapter.entries.size(); ++i) text += (text.empty() ? "" : "\n\n") + page(chapter, i);
  }
  return text;
}

/// One row a key, behind the family and entry that it belongs to.
std::string as_csv(const std::vector<Chapter>& chapters) {
  grid::Grid all;
  for (const Chapter& chapter : chapters) {
    for (std::size_t i = 0; i < chapter.entries.size(); ++i) {
      grid::Grid grid = key_grid(keys(chapter, i));
      all.columns = std::move(grid.columns);
      for (auto& row : grid.rows) {
        row.insert(row.begin(), {grid::cell(chapter.name), grid::cell(chapter.names[i])});
        all.rows.push_back(std::move(row));
      }
    }
  }
  all.columns.insert(all.columns.begin(), {{"family", ""}, {"entry", ""}});
  return grid::csv(all);
}

std::string as_json(const std::vector<Chapter>& chapters) {
  grid::Json json = grid::header();
  json["families"] = grid::Json::array();
  for (const Chapter& chapter : chapters) {
    grid::Json family;
    family["name"] = chapter.name;
    family["summary"] = chapter.summary;
    family["selector"] = chapter.selector.empty() ? grid::Json() : grid::Json(chapter.selector);
    family["default"] = chapter.preset.empty() ? grid::Json() : grid::Json(chapter.preset);
    family["entries"] = grid::Json::array();
    for (std::size_t i = 0; i < chapter.entries.size(); ++i) family["entries"].push_back(json_page(chapter, i));
    json["families"].push_back(std::move(family));
  }
  return grid::dump(json);
}

}  // namespace

std::string reference(const std::vector<Chapter>& chapters, ListFormat format) {
  switch (format) {
    case ListFormat::table: return as_table(chapters);
    case ListFormat::markdown: return as_markdown(chapters);
    case ListFormat::csv: return as_csv(chapters);
    case ListFormat::json: break;
  }
  return as_json(chapters);
}

}  // namespace fleetrace::output::listing
