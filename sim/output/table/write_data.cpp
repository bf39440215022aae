#include "sim/output/table/csv_writer.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

/// Writes one value as a field of CSV.
struct CsvField {
  void operator()(std::monostate) const { csv.empty(); }
  void operator()(bool value) const { csv.flag(value); }
  void operator()(std::int64_t value) const { csv.integer(value); }
  void operator()(double value) const { csv.real(value); }
  void operator()(const std::string& value) const { csv.text(value); }
  void operator()(const std::vector<std::string>& words) const {
    std::string joined;
    for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
    csv.text(joined);
  }
  CsvWriter& csv;
};

/// Writes one value as a value of JSON.
struct JsonField {
  void operator()(std::monostate) const { json.null(); }
  void operator()(bool value) const { json.boolean(value); }
  void operator()(std::int64_t value) const { json.integer(value); }
  void operator()(double value) const { json.real(value); }
  void operator()(const std::string& value) const { json.text(value); }
  void operator()(const std::vector<std::string>& words) const {
    json.begin_array();
    for (const std::string& word : words) json.text(word);
    json.end_array();
  }
  core::JsonWriter& json;
};

}  // namespace

std::string write_csv(const Table& table) {
  CsvWriter csv;
  for (const Column& column : table.columns()) {
    if (column.is_for_programs()) csv.field(column.name);
  }
  csv.end_row();
  for (const Table::Row& row : table.rows()) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Column& column = table.columns()[i];
      if (!column.is_for_programs()) continue;
      const auto* document = column.has_lines ? std::get_if<std::string>(&row[i].value()) : nullptr;
      if (document != nullptr) {
        csv.field(csv_document(*document));
      } else {
        std::visit(CsvField{csv}, row[i].value());
      }
    }
    csv.end_row();
  }
  return std::move(csv).finish();
}

void write_json(const Table& table, core::JsonWriter& json) {
  json.begin_array();
  for (const Table::Row& row : table.rows()) {
    json.begin_object();
    write_json_members(table, row, json);
    json.end_object();
  }
  json.end_array();
}

void write_json_members(const Table& table, const Table::Row& row, core::JsonWriter& json) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!table.columns()[i].is_for_programs()) continue;
    json.key(table.columns()[i].name);
    std::visit(JsonField{json}, row[i].value());
  }
}

}  // namespace fleetrace::output
