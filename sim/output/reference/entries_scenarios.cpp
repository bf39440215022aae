#include "sim/output/reference/entries_data.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace::output::listing {

Table scenarios_table() {
  Table table({text_column("scenario", "name"),
               {.heading = "what it shows", .align = Align::left, .name = "summary", .wraps = true}});
  for (const std::string_view name : reader::scenario_names())
    table.add_row({name, reader::scenario_description(name)});
  return table;
}

Listing show_scenario(const std::string& name) {
  std::string text(reader::scenario_text(name));
  Table table({{.name = "name"}, {.name = "summary"}, {.name = "text", .has_lines = true}});
  table.add_row({name, reader::scenario_description(name), text});
  return {
      .text = [text](const TableStyle&) { return text; },
      .csv = [table] { return write_csv(table); },
      .json =
          [table] {
            return json_document([&table](core::JsonWriter& json) {
              json.text("family", kScenarios);
              write_json_members(table, table.rows().front(), json);
            });
          },
      .markdown = [name, text] { return "## " + name + "\n\n```yaml\n" + text + "```\n"; },
      .xlsx = [table] { return write_xlsx(table); },
  };
}

}  // namespace fleetrace::output::listing
