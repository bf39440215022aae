#include <catch2/catch.hpp>

#include "sim/reader/csv/csv.hpp"

// CSV files as spreadsheets write them: with columns of their own, semicolons, and what they leave at the edges of a table.
namespace fleetrace::test {
namespace {

const core::Entry kRow{.name = "row",
                       .summary = {},
                       .parameters = {{.name = "at", .summary = "when", .shape = core::Shape::text, .required = true},
                                      {.name = "price", .summary = "of one", .dimension = core::Dimension::money}}};
constexpr const core::Entry* kRows[] = {&kRow};
constexpr core::Family kTable{.name = "rows", .summary = {}, .selector = {}, .entries = kRows, .preset = {}};

std::optional<reader::Node> read(std::string_view bytes, core::Diagnostics& diagnostics) {
  reader::Findings findings(diagnostics);
  return reader::read_csv(bytes, "orders.csv", kTable, "orders", {}, findings);
}

}  // namespace

TEST_CASE("a column that the list does not take is named and not read") {
  core::Diagnostics diagnostics;
  const auto rows = read("PO number,at,price_usd,Owner\n17,2026-01-01,5,A\n18,2026-02-01,,B\n", diagnostics);
  REQUIRE(rows);
  CHECK(diagnostics.empty());
  REQUIRE(diagnostics.warnings().size() == 2);
  CHECK(diagnostics.warnings()[1].is_warning);
  CHECK(
      core::to_string(diagnostics.warnings()[1]) ==
      "orders.csv:1:24: warning: orders: the column \"Owner\" is not read (it changes nothing). Columns are: at, price_usd.");
  REQUIRE(rows->items.size() == 2);
  CHECK(rows->items[0].members.size() == 2);
  CHECK(rows->items[0].members[0].value.scalar == "2026-01-01");
  CHECK(rows->items[0].members[1].value.scalar == "5 USD");
  CHECK(rows->items[1].members.size() == 1);
}

TEST_CASE("a column that is nearly one of the list's is an error, and so is one that is missing, all at once") {
  core::Diagnostics diagnostics;
  CHECK_FALSE(read("price,note\n5,x\n", diagnostics));
  REQUIRE(diagnostics.size() == 2);
  CHECK(diagnostics.found()[0].suggestion == "Did you mean \"price_usd\"?");
  CHECK(diagnostics.found()[1].problem == "the column \"at\" is missing");
}

TEST_CASE("a column may name any unit of its quantity") {
  core::Diagnostics diagnostics;
  const auto rows = read("at,price_musd\n2026-01-01,5\n", diagnostics);
  REQUIRE(rows);
  CHECK(diagnostics.empty());
  CHECK(rows->items[0].members[1].value.scalar == "5 MUSD");
  CHECK_FALSE(read("at,price_usd,price_kusd\n2026-01-01,5,5\n", diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.found()[0].problem == "there are two columns \"price_usd\"");
}

TEST_CASE("semicolons, a byte order mark, and empty cells at the edges are no obstacle") {
  core::Diagnostics diagnostics;
  const auto rows = read(
      "\xEF\xBB\xBF"
      "at;price_usd;;\r\n2026-01-01;5;;\r\n;;;\r\n",
      diagnostics);
  REQUIRE(rows);
  CHECK(diagnostics.empty());
  CHECK(diagnostics.warnings().empty());
  REQUIRE(rows->items.size() == 1);
  CHECK(rows->items[0].members[1].value.scalar == "5 USD");
}

}  // namespace fleetrace::test
