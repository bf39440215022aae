#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "sim/core/text/excerpt.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/table/csv_writer.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

TEST_CASE("Characters are counted, not bytes, and what is no UTF-8 is replaced") {
  CHECK(core::characters("") == 0);
  CHECK(core::characters("turtle") == 6);
  CHECK(core::characters("Schildkr\xc3\xb6te") == 11);
  CHECK(core::characters("\xf0\x9f\x90\xa2") == 1);
  CHECK(core::characters("\xff\xc3") == 2);
  CHECK(core::valid_utf8("a\xc3\xb6 \xf0\x9f\x90\xa2") == "a\xc3\xb6 \xf0\x9f\x90\xa2");
  CHECK(core::valid_utf8("a\xff") == "a\xef\xbf\xbd");
  // Overlong, a surrogate, beyond U+10FFFF, cut off.
  CHECK(core::valid_utf8("\xc0\x80") == "\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(core::valid_utf8("\xed\xa0\x80") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(core::valid_utf8("\xf4\x90\x80\x80").size() == 12);
  CHECK(core::valid_utf8("\xe2\x82") == "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("Text is wrapped at spaces, and indented below its prefix") {
  CHECK(core::wrapped("one two three", 7) == "one two\nthree\n");
  CHECK(core::wrapped("one two three", 12, "--x  ") == "--x  one two\n     three\n");
  CHECK(core::wrapped("incomprehensibility is long", 8) == "incomprehensibility\nis long\n");
  CHECK(core::wrapped("", 8) == "\n");
  CHECK(counted(1, "strategy", "strategies") == "1 strategy");
  CHECK(counted(4000, "strategy", "strategies") == "4,000 strategies");
  CHECK(grouped(-1234567) == "-1,234,567");
  CHECK(grouped(123) == "123");
}

TEST_CASE("Numbers for people: one scale a column, four digits of the largest") {
  const Scale money = scale_for(Scaled::money, 2.1829e9);
  CHECK(money.unit == "B USD");
  CHECK(money.number(2.1829e9) == "2.183");
  CHECK(money.number(0) == "0.000");
  CHECK(money.number(1e4) == "1e-05");
  CHECK(scale_for(Scaled::energy, 1.5e9).number(1.5e9) == "1.500");
  CHECK(scale_for(Scaled::energy, 6.7e8).unit == "GWh");
  CHECK(format_unit(Scaled::power, 68.5621e6) == "68.56 MW");
  CHECK(format_unit(Scaled::money, 0) == "0 USD");
  CHECK(format_unit(Scaled::money, 5e15) == "5,000 T USD");
  CHECK(fixed(-0.0001, 2) == "0.00");
  CHECK(rough(4.856e25) == "4.86e25");
}

TEST_CASE("CSV fields are quoted, and no text can be a formula") {
  CHECK(csv_text("turtle") == "turtle");
  CHECK(csv_text("a,b") == "\"a,b\"");
  CHECK(csv_text("a\"b") == "\"a\"\"b\"");
  CHECK(csv_text("a\nb") == "a\\x0ab");
  CHECK(csv_text("a\xe2\x80\xae"
                 "b") ==
        "a\\xe2\\x80\\xae"
        "b");
  for (const std::string_view start : {"=", "+", "-", "@"})
    CHECK(csv_text(std::string(start) + "1") == "'" + std::string(start) + "1");
  CHECK(csv_text("  =cmd") == "'  =cmd");
  CHECK(csv_text("\r1") == "\\x0d1");
  CHECK(csv_text("\t1") == "\\x091");
  CHECK(csv_text("=HYPERLINK(\"x\",1)") == "\"'=HYPERLINK(\"\"x\"\",1)\"");
  CHECK(csv_text("a=b") == "a=b");
  CHECK(csv_text("").empty());
}

TEST_CASE("JSON keeps the order, escapes every text and prints money exactly") {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  json.key("z");
  json.text("quote\" back\\ line\n escape\x1b \xc3\xb6 \xff");
  json.key("money");
  json.money(core::Money::from_micros(2'000'000'000'000'001));
  json.key("a");
  json.begin_array();
  json.real(0.1);
  json.real(1.0 / 0.0);
  json.integer(-3);
  json.boolean(true);
  json.begin_flat_object();
  json.end_object();
  json.end_array();
  json.end_object();
  const std::string text = std::move(json).finish();
  CHECK(
      text ==
      "{\n  \"z\": \"quote\\\" back\\\\ line\\n escape\\u001b \xc3\xb6 \xef\xbf\xbd\",\n  \"money\": 2000000000.000001,\n"
      "  \"a\": [\n    0.1,\n    null,\n    -3,\n    true,\n    {}\n  ]\n}\n");
  CHECK(nlohmann::json::parse(text)["z"] == "quote\" back\\ line\n escape\x1b \xc3\xb6 \xef\xbf\xbd");
}

TEST_CASE("A finding shows its line with a caret under its place") {
  core::Diagnostic finding{{"x.yaml", 14, 6}, "", "it is wrong", "", ""};
  CHECK(excerpt(finding, 100).empty());  // no line is known
  finding.line = "  a: {every: 3 monhts}";
  CHECK(excerpt(finding, 100) ==
        "   14 |   a: {every: 3 monhts}\n"
        "      |      ^\n");
  finding.line = "  \xc3\xbc:\t\x1b{";  // the caret counts characters; what steers terminals is spelled out
  CHECK(excerpt(finding, 100) ==
        "   14 |   \xc3\xbc: \\x1b{\n"
        "      |      ^\n");
  finding.where.column = 99;  // beyond the end, as for something that is missing there
  finding.line = "ab";
  CHECK(excerpt(finding, 100) ==
        "   14 | ab\n"
        "      |   ^\n");
}

TEST_CASE("A long line is cut so that the place is in sight, whatever the width") {
  core::Diagnostic finding{{"x.yaml", 1, 1}, "", "it is wrong", "", ""};
  for (std::size_t length = 1; length < 400; length += 7) {
    for (std::size_t place = 0; place < length; place += 5) {
      for (const std::size_t width : {std::size_t{20}, std::size_t{60}, std::size_t{100}}) {
        finding.line = std::string(length, '.');
        finding.line[place] = '!';
        finding.where.column = static_cast<int>(place) + 1;
        const std::string text = excerpt(finding, width);
        const std::size_t end = text.find('\n');
        REQUIRE(end <= std::max<std::size_t>(40, width));
        REQUIRE(text.find('!') == text.find('^') - end - 1);
      }
    }
  }
}

TEST_CASE("Findings quote the lines of their own file") {
  core::Diagnostics found;
  found.add({{"a", 2, 1}, "", "second line", "", ""});
  found.add({{"b", 1, 1}, "", "another file", "", ""});
  found.add({{"a", 9, 1}, "", "no such line", "", ""});
  found.add({{"a", 0, 0}, "", "no line at all", "", ""});
  found.quote_lines("a", "one\r\ntwo\r\n");
  CHECK(found.found()[0].line == "two");
  for (std::size_t i = 1; i < 4; ++i) CHECK(found.found()[i].line.empty());
}

}  // namespace
}  // namespace fleetrace::output
