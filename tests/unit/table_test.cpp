// Tables: one table, and what each writer makes of it.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sim/output/formats.hpp"
#include "sim/output/table/csv_writer.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

Table small_table() {
  Table table;
  table.add_column({"strategy", Align::left});
  table.add_column({"final\nloss"});
  table.add_column({.heading = "met", .starts_group = true});
  table.add_row({"hare", Cell::fixed(0.6, 1), "2026-01-01"});
  table.add_row({"l\xc3\xa4uft|x", Cell::fixed(0.5, 1).best_if(true), Cell::none()});
  return table;
}

TEST_CASE("Tables align by characters, and bold does not count") {
  CHECK(write_text(small_table(), {80}) ==
        "          final\n"
        "strategy   loss         met\n"
        "hare        0.6  2026-01-01\n"
        "l\xc3\xa4uft|x     0.5           -\n");
  CHECK(write_text(small_table(), {80, true}) ==
        "          final\n"
        "strategy   loss         met\n"
        "hare        0.6  2026-01-01\n"
        "l\xc3\xa4uft|x   \x1b[1m  0.5\x1b[0m           -\n");
}

TEST_CASE("Of a long table ten rows are read, the best first, and the rest is counted") {
  Table table({text_column("strategy"), {.heading = "loss"}});
  std::vector<std::string> names;
  for (int i = 0; i < 15; ++i) {
    table.add_row({"s" + std::to_string(i), Cell::fixed(0.9 - 0.01 * i, 2)});
    names.insert(names.begin(), "s" + std::to_string(i));
  }
  const Table ordered = best_first(table, names);
  CHECK(ordered.rows().front().front().text() == "s14");
  CHECK(first_rows(ordered).rows().size() == 10);
  CHECK(first_rows(ordered).rows().back().front().text() == "s5");
  CHECK(more_rows(ordered) == "5 more in results.json.\n");
  // Of fewer strategies all rows stand in their order, even if they have several rows each.
  names.resize(14);
  CHECK(best_first(table, names).rows().front().front().text() == "s0");
  Table fourteen(table.columns());
  for (std::size_t i = 0; i < 14; ++i) fourteen.add_row(table.rows()[i]);
  CHECK(first_rows(fourteen).rows().size() == 14);
  CHECK(more_rows(fourteen).empty());
}

TEST_CASE("Wide tables are cut into blocks that repeat the first column") {
  CHECK(fits(small_table(), 27));
  CHECK_FALSE(fits(small_table(), 26));
  CHECK(write_text(small_table(), {26}) ==
        "          final\n"
        "strategy   loss\n"
        "hare        0.6\n"
        "l\xc3\xa4uft|x     0.5\n"
        "\n"
        "strategy         met\n"
        "hare      2026-01-01\n"
        "l\xc3\xa4uft|x            -\n");
  // Narrower than the first column with another one: a list, and nothing is lost.
  CHECK(write_text(small_table(), {18}) ==
        "hare\n  final loss: 0.6\n  met: 2026-01-01\n\nl\xc3\xa4uft|x\n  final loss: 0.5\n  met: -\n");
}

TEST_CASE("Markdown escapes what would be markup") {
  CHECK(write_markdown(small_table()) ==
        "| strategy | final loss | met |\n"
        "| --- | ---: | ---: |\n"
        "| hare | 0.6 | 2026-01-01 |\n"
        "| l\xc3\xa4uft\\|x | **0.5** | - |\n");
}

/// Columns for both kinds of readers, for programs alone and for people alone.
Table typed_table() {
  Table table({{.heading = "name", .align = Align::left, .name = "name"},
               {.heading = "spend", .unit = "B USD", .name = "spend_usd"},
               {.name = "count"},
               {.heading = "used", .align = Align::left, .name = "is_used"},
               {.name = "keys"},
               {.heading = "what it is", .align = Align::left, .wraps = true}});
  table.add_row({"=hare", Cell::scaled(scale_for(Scaled::money, 2e9), 2e9), Cell::integer(16896), Cell::flag(true),
                 Cell(std::vector<std::string>{"tdp", "price"}, ""), "it buys at once"});
  table.add_row({"turtle", Cell::real(std::numeric_limits<double>::infinity(), "beyond"), Cell(), Cell::flag(false),
                 Cell(std::vector<std::string>{}, ""), "slow"});
  return table;
}

TEST_CASE("People see headings with their units, and a last column that wraps") {
  CHECK(write_text(typed_table(), {32}) ==
        "         spend\n"
        "name     B USD  used  what it is\n"
        "=hare    2.000  yes   it buys at\n"
        "                      once\n"
        "turtle  beyond        slow\n");
}

TEST_CASE("A heading in two lines leaves the lower one to its unit") {
  Table table({{"name", Align::left},
               {.heading = "regret\nmean", .unit = "M USD"},
               {.heading = "of repli-\ncations", .unit = "%"}});
  table.add_row({"hare", "0.5", "98"});
  CHECK(write_text(table) ==
        "      regret mean  of replications\n"
        "name        M USD                %\n"
        "hare          0.5               98\n");
  CHECK(write_markdown(table) ==
        "| name | regret mean M USD | of replications % |\n"
        "| --- | ---: | ---: |\n"
        "| hare | 0.5 | 98 |\n");
}

TEST_CASE("Programs read values, whatever people see in their place") {
  CHECK(write_csv(typed_table()) ==
        "name,spend_usd,count,is_used,keys\n"
        "'=hare,2000000000,16896,true,tdp price\n"
        "turtle,,,false,\n");
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  write_json(typed_table(), json);
  CHECK(std::move(json).finish() ==
        "[\n  {\n    \"name\": \"=hare\",\n    \"spend_usd\": 2000000000,\n    \"count\": 16896,\n"
        "    \"is_used\": true,\n    \"keys\": [\n      \"tdp\",\n      \"price\"\n    ]\n  },\n"
        "  {\n    \"name\": \"turtle\",\n    \"spend_usd\": null,\n    \"count\": null,\n    \"is_used\": false,\n"
        "    \"keys\": []\n  }\n]\n");
}

TEST_CASE("Cells that hold markdown stand as they are") {
  Table table({{"key", Align::left}, {"default"}});
  table.add_row({"`a|b`", "**required**"});
  table.add_row({"c", ""});
  CHECK(write_markdown(table, Markdown::markup) ==
        "| key | default |\n"
        "|---|---:|\n"
        "| `a\\|b` | **required** |\n"
        "| c | |\n");
}

TEST_CASE("In a page the first column heads the rows, and the best stands out") {
  CHECK(write_html(small_table(), "a & b") ==
        "<table><caption>a &amp; b</caption><thead><tr><th scope=\"col\">strategy</th>"
        "<th scope=\"col\" class=\"number\">final loss</th><th scope=\"col\" class=\"number\">met</th></tr></thead>\n"
        "<tbody><tr><th scope=\"row\">hare</th><td>0.6</td><td>2026-01-01</td></tr>\n"
        "<tr><th scope=\"row\">l\xc3\xa4uft|x</th><td><strong>0.5</strong></td>"
        "<td>\xe2\x80\x93</td></tr>\n</tbody></table>\n");
}

TEST_CASE("CSV quotes texts, and never numbers") {
  CsvWriter csv;
  csv.text("-1, or \"less\"");
  csv.real(-1.5);
  csv.real(std::nan(""));
  csv.integer(-3);
  csv.end_row();
  CHECK(std::move(csv).finish() == "\"'-1, or \"\"less\"\"\",-1.5,,-3\n");
}

TEST_CASE("A list of formats names itself") {
  static constexpr Format<int> kFormats[] = {
      {"table", [](const int& value,
                   const TableStyle& style) { return std::string(style.width, static_cast<char>('0' + value % 10)); }},
      {"csv", [](const int& value) { return std::to_string(value); }, "csv has a number."},
  };
  CHECK(format_names(kFormats) == std::vector<std::string_view>{"table", "csv"});
  CHECK(format_notes(kFormats) == "csv has a number.");
  CHECK(kFormats[0].write(7, {3}) == "777");
  CHECK(kFormats[1].write(7, {3}) == "7");
}

}  // namespace
}  // namespace fleetrace::output
