#include "sim/output/reference/listing.hpp"

#include <memory>
#include <utility>

#include "sim/output/json/document.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {

std::string json_document(const WriteMembers& members) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  members(json);
  json.end_object();
  return std::move(json).finish();
}

Listing table_listing(Table table, std::string key, WriteMembers head, std::string before, std::string after) {
  const auto shared = std::make_shared<const Table>(std::move(table));
  const auto write_members = [shared, key = std::move(key), head = std::move(head)](core::JsonWriter& json) {
    head(json);
    json.key(key);
    write_json(*shared, json);
  };
  return {
      .text = [shared, before = std::move(before), after = std::move(after)](
                  const TableStyle& style) { return before + write_text(*shared, style) + after; },
      .csv = [shared] { return write_csv(*shared); },
      .json = [write_members] { return json_document(write_members); },
      .markdown = [shared] { return write_markdown(*shared, Markdown::markup); },
      .xlsx = [shared] { return write_xlsx(*shared); },
  };
}

}  // namespace fleetrace::output
