#include "fleetrace/core/diagnostic.hpp"

#include <catch2/catch.hpp>

#include "spec_of.hpp"

namespace {

using namespace fleetrace::core;
using fleetrace::test::findings;
using fleetrace::test::Random;

}  // namespace

TEST_CASE("a finding reads file, line, column, path, problem, reason, suggestion") {
  Diagnostic finding{{"scenarios/x.yaml", 14, 12},
                     "strategies.turtle.every",
                     "\"3 monhts\" is not a duration",
                     "unknown unit",
                     "Did you mean \"3 months\"?"};
  CHECK(to_string(finding) ==
        "scenarios/x.yaml:14:12: strategies.turtle.every: \"3 monhts\" is not a duration (unknown unit). "
        "Did you mean \"3 months\"?");
  finding.suggestion.clear();
  CHECK(to_string(finding) ==
        "scenarios/x.yaml:14:12: strategies.turtle.every: \"3 monhts\" is not a duration (unknown unit).");
  finding.reason.clear();
  finding.path.clear();
  CHECK(to_string(finding) == "scenarios/x.yaml:14:12: \"3 monhts\" is not a duration.");
  CHECK(to_string({{"x.yaml", 0, 0}, "", "it is empty", "", ""}) == "x.yaml: it is empty.");
  CHECK(to_string({{}, "seed", "it is missing", "", "Give one."}) == "seed: it is missing. Give one.");
}

TEST_CASE("findings come in the order of their places, and equal places in the order of finding") {
  Diagnostics found;
  CHECK(found.empty());
  CHECK_NOTHROW(found.throw_if_any());
  found.add({{"b", 1, 1}, "", "fifth", "", ""});
  found.add({{"a", 10, 1}, "", "fourth", "", ""});
  found.add({{"a", 2, 7}, "", "second", "", ""});
  found.add({{"a", 2, 7}, "", "third", "", ""});
  found.add({{"a", 2, 3}, "", "first", "", ""});
  CHECK(found.size() == 5);
  CHECK(findings(found) == "a:2:3: first.\na:2:7: second.\na:2:7: third.\na:10:1: fourth.\nb:1:1: fifth.");
  try {
    found.throw_if_any();
  } catch (const InputError& error) {
    REQUIRE(error.diagnostics().size() == 5);
    CHECK(error.diagnostics()[1].problem == "second");
  }
}

TEST_CASE("copies of the name of a file share its text, and names are the same by their text") {
  const FileName name = "a.yaml";
  const FileName copy = name;
  CHECK(&copy.text() == &name.text());
  const FileName another = std::string("a.yaml");
  CHECK(&another.text() != &name.text());
  CHECK(another == name);
  CHECK_FALSE(another < name);
  CHECK_FALSE(name < another);
  CHECK(name != FileName("b.yaml"));
  CHECK(name < FileName("b.yaml"));
  CHECK(FileName().text().empty());
  CHECK(FileName() == FileName(""));
  CHECK(FileName() < name);
}

TEST_CASE("hostile names cannot steer a terminal") {
  CHECK(printable("plain 100 % text") == "plain 100 % text");
  CHECK(printable("\x1b[31mred") == "\\x1b[31mred");
  CHECK(printable("a\r\n\tb\x7f") == "a\\x0d\\x0a\\x09b\\x7f");
  CHECK(printable({"a\0b", 3}) == "a\\x00b");
  CHECK(printable("\xc2\x9b"
                  "31m") == "\\xc2\\x9b31m");  // CSI as a C1 control
  CHECK(printable("\xc2\x80\xc2\x9f\xc2\xa0") == "\\xc2\\x80\\xc2\\x9f\xc2\xa0");
  for (const char* bidirectional :
       {"\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa7",
        "\xe2\x81\xa8", "\xe2\x81\xa9", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
    CHECK(printable(bidirectional).size() == 12);
  }
  CHECK(printable("\xe2\x80\xae"
                  "evil") == "\\xe2\\x80\\xaeevil");
  CHECK(to_string({{"\x1b]0;", 1, 1}, "\x07", "\x08", "\x7f", "\x01"}) == "\\x1b]0;:1:1: \\x07: \\x08 (\\x7f). \\x01");
}

TEST_CASE("other languages stay readable") {
  for (const char* text : {"Größe", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "日本語", "\xf0\x9f\x90\xa2", "…",
                           "\xe2\x80\xa7", "\xe2\x80\xaf", "\xe2\x81\xa5", "\xe2\x81\xaa"}) {
    CHECK(printable(text) == text);
  }
}

TEST_CASE("what is not UTF-8 is escaped") {
  CHECK(printable("\x9b"
                  "31m") == "\\x9b31m");  // CSI of an 8-bit terminal
  CHECK(printable("a\xe2\x80") == "a\\xe2\\x80");
  CHECK(printable("a\xc2") == "a\\xc2");
  CHECK(printable("\xe2\x28\xa1") == "\\xe2(\\xa1");
  CHECK(printable("\xc0\x9b") == "\\xc0\\x9b");
  CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");
  CHECK(printable("\xe0\x80\x9b") == "\\xe0\\x80\\x9b");
  CHECK(printable("\xf4\x90\x80\x80\xff") == "\\xf4\\x90\\x80\\x80\\xff");
  CHECK(printable("\xf0\x8f\xbf\xbf") == "\\xf0\\x8f\\xbf\\xbf");
}

TEST_CASE("no bytes whatever let a control through, and escaping twice changes nothing") {
  Random random(10);
  static constexpr unsigned char kLikely[] = {0xe2, 0x80, 0xae, 0x81, 0xa6, 0xc2, 0x9b, 0x1b, 'a', 0xf0};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::uint64_t n = random.bits() % 9; n > 0; --n) {
      const std::uint64_t bits = random.bits();
      text += static_cast<char>(bits % 3 == 0 ? bits >> 8U & 255U : kLikely[(bits >> 8U) % 10]);
    }
    const std::string safe = printable(text);
    for (const char c : safe) REQUIRE((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
    REQUIRE(safe.find("\xc2\x9b") == std::string::npos);
    REQUIRE(safe.find("\xe2\x80\xae") == std::string::npos);
    REQUIRE(printable(safe) == safe);
  }
}

TEST_CASE("the nearest candidate") {
  const std::vector<std::string_view> models = {"catalog", "generations", "trend"};
  CHECK(nearest("trend", models) == "trend");
  CHECK(nearest("trned", models) == "trend");  // neighbours swapped: one step
  CHECK(nearest("tren", models) == "trend");
  CHECK(nearest("tternd", models) == "trend");
  CHECK(nearest("catalogue", models) == "catalog");
  CHECK(nearest("genrations", models) == "generations");
  CHECK(nearest("tortoise", models).empty());
  CHECK(nearest("anything", {}).empty());
  CHECK(nearest("", {"a", "b"}).empty());
  CHECK(nearest("x", {"a", "h"}).empty());
  CHECK(nearest("ab", {"ba"}) == "ba");
  CHECK(nearest("h100", {"A100", "B200", "H100"}) == "H100");
  CHECK(nearest("TREND", models) == "trend");
  CHECK(nearest("Abcd", {"abcd", "ABCD", "Abcde"}) == "abcd");
  CHECK(nearest("abcd", {"abcx", "abc"}) == "abcx");  // equally near: the first
  CHECK(nearest(std::string(64, 'a'), {std::string_view("a")}).empty());
  CHECK(nearest(std::string(100'000, 'a'), models).empty());
}

TEST_CASE("suggestions") {
  CHECK(suggest("trned", {"catalog", "trend"}) == "Did you mean \"trend\"?");
  CHECK(suggest("moon", {"catalog", "trend"}) == "Valid values are: catalog, trend.");
  CHECK(suggest("moon", {"expected"}) == "The only valid value is: expected.");
  CHECK(suggest("moon", {}).empty());
}
