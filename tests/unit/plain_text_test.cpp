#include <catch2/catch.hpp>

#include "sim/core/text/plain.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/output/table/in_words.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace {
namespace {

bool fits_all(const std::string& text, std::size_t width) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (core::characters(text.substr(at, end - at)) > width) return false;
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return true;
}

TEST_CASE("Long lines are broken, short ones and colours stay") {
  CHECK(core::narrowed("one two three\nshort\n", 9) == "one two\nthree\nshort\n");
  CHECK(core::narrowed("  one two three\n", 9) == "  one two\n  three\n");
  CHECK(core::narrowed("\x1b[1mone\x1b[0m two\n", 7) == "\x1b[1mone\x1b[0m two\n");
  CHECK(core::narrowed("no end", 40) == "no end");
}

TEST_CASE("ASCII has a sign for every bar and nothing beyond") {
  CHECK(core::ascii("\xe2\x96\x88\xe2\x96\x81 a \xe2\x80\x93 \xc3\xa9 \xff\n") == "#_ a - ? ?\n");
}

TEST_CASE("A table obeys every width, as columns, as blocks or as a list") {
  output::Table table(
      {output::text_column("strategy"), {.heading = "accelerators in place"}, {.heading = "spend", .unit = "B USD"}});
  table.add_row({"incremental-purchases", "25,190", "2.175"});
  table.add_row({"x", "0", "-"});
  for (const std::size_t width : {100U, 60U, 45U, 40U, 30U}) {
    INFO(width);
    const std::string text = output::write_text(table, {width});
    CHECK(fits_all(text, width));
    for (const char* part : {"incremental-purchases", "25,190", "2.175"}) CHECK(text.find(part) != std::string::npos);
  }
  CHECK(output::write_text(table, {30}).find("  accelerators in place:\n") != std::string::npos);
  CHECK(output::write_text(table, {40}).find("accelerators in place: 25,190") != std::string::npos);
}

TEST_CASE("Large numbers have words and three digits") {
  CHECK(output::in_words(1.5234e9, "PF-days") == "1.52 billion PF-days");
  CHECK(output::in_words(49.67e6, "USD") == "49.7 million USD");
  CHECK(output::in_words(999.96e6, "USD") == "1.00 billion USD");
  CHECK(output::in_words(25190, "chips") == "25,200 chips");
  CHECK(output::in_words(1.31e32, "FLOP") == "1.31e32 FLOP");
  CHECK(output::in_words(-2e12, "USD") == "-2.00 trillion USD");
  CHECK(output::in_words(0, "USD") == "0 USD");
  CHECK(output::change_in_words(0.516, 0.48) == "7.0 %");
  CHECK(output::change_in_words(1, 2.5) == "150 %");
  CHECK(output::change_in_words(1, 1.0005) == "0.050 %");
}

}  // namespace
}  // namespace fleetrace
