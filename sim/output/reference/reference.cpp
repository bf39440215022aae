#include <memory>
#include <utility>

#include "sim/output/reference/entries_page.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output::listing {
namespace {

std::string as_markdown(const std::vector<Chapter>& chapters) {
  std::string text;
  for (const Chapter& chapter : chapters) {
    if (!text.empty()) text += '\n';
    // A section on its own needs no heading above its own.
    if (chapter.selector.empty() && chapter.entries.size() == 1) {
      text += markdown_page(chapter, 0, 2);
      continue;
    }
    text += "## " + chapter.name + "\n\n" + chapter.summary;
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

/// A row for each key, behind the family and the entry to which it belongs.
Table rows_of(const std::vector<Chapter>& chapters) {
  Table all({{.name = "family"}, {.name = "entry"}});
  const Table no_keys = keys_table({});
  for (const Column& column : no_keys.columns()) all.add_column(column);
  for (const Chapter& chapter : chapters) {
    for (std::size_t i = 0; i < chapter.entries.size(); ++i) {
      const Table keys = keys_table(scenario::keys(chapter, i));
      for (const Table::Row& key : keys.rows()) {
        Table::Row row{chapter.name, chapter.names[i]};
        row.insert(row.end(), key.begin(), key.end());
        all.add_row(std::move(row));
      }
    }
  }
  return all;
}

void write_text_or_null(core::JsonWriter& json, std::string_view key, const std::string& text) {
  json.key(key);
  text.empty() ? json.null() : json.text(text);
}

void write_families(core::JsonWriter& json, const std::vector<Chapter>& chapters) {
  json.objects("families", chapters, [&json](const Chapter& chapter) {
    json.text("name", chapter.name);
    json.text("summary", chapter.summary);
    write_text_or_null(json, "selector", chapter.selector);
    write_text_or_null(json, "default", chapter.preset);
    json.begin_array("entries");
    for (std::size_t i = 0; i < chapter.entries.size(); ++i) {
      json.begin_object();
      write_members(json, chapter, i);
      json.end_object();
    }
    json.end_array();
  });
}

}  // namespace

std::string section_table(const std::vector<Section>& sections) {
  Table table({text_column("section"), text_column("what it is"), text_column("models of")});
  for (const Section& section : sections) {
    std::string families;
    for (const Chapter& chapter : section.chapters) {
      if (!chapter.selector.empty()) families += (families.empty() ? "" : ", ") + chapter.name;
    }
    table.add_row({"[`" + section.name + "`](" + section.name + ".md)", section.summary, families});
  }
  return write_markdown(table, Markdown::markup);
}

Listing reference(std::vector<Chapter> chapters) {
  const auto shared = std::make_shared<const std::vector<Chapter>>(std::move(chapters));
  return {
      .text = [shared](const TableStyle&) { return as_table(*shared); },
      .csv = [shared] { return write_csv(rows_of(*shared)); },
      .json = [shared] { return json_document([&](core::JsonWriter& json) { write_families(json, *shared); }); },
      .markdown = [shared] { return as_markdown(*shared); },
      .xlsx = [shared] { return write_xlsx(rows_of(*shared)); },
  };
}

}  // namespace fleetrace::output::listing
