#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "sim/reader/yaml/node.hpp"
#include "sim/reader/yaml/yaml_text.hpp"

namespace {

using namespace fleetrace;
using reader::Node;

Node read(std::string_view yaml) {
  core::Diagnostics diagnostics;
  Node node = reader::parse_yaml(yaml, "x.yaml", diagnostics);
  diagnostics.throw_if_any();
  return node;
}

std::string findings(std::string_view yaml) {
  try {
    read(yaml);
    return "accepted";
  } catch (const core::InputError& error) {
    return error.what();
  }
}

const std::string kNoTag = "(tags are not accepted). Remove it: the key decides what its value is.";
const std::string kNoKey =
    R"((keys are plain texts). Write "key: value", or put texts with "{", "[" or "?" in quotes.)";

}  // namespace

TEST_CASE("JSON as its writers write it") {
  core::Diagnostics diagnostics;
  const Node root = reader::parse_yaml(
      "{\n\t\"a\": \"\\ud83d\\ude00 \\\\ud83d \\u00e9\",\n\t\t\"b\": [\n1e+18,\ttrue]}", "x.json", diagnostics);
  REQUIRE(diagnostics.empty());
  CHECK(root.find("a")->scalar == "\xf0\x9f\x98\x80 \\ud83d \xc3\xa9");
  CHECK(root.find("b")->items[0].scalar == "1e+18");
  CHECK(root.find("b")->where.line == 3);
  // Half a character is none.
  (void)reader::parse_yaml("{\"a\": \"\\ud83d\"}", "x.json", diagnostics);
  CHECK_FALSE(diagnostics.empty());
}

TEST_CASE("a document becomes a tree in the order written", "[yaml]") {
  const Node root = read("b: 1\na: [x, 'y', \"z\"]\nc: {d: ~, e: }\nf: |\n  two\n  lines\ng: >\n  one\n  line\n");
  REQUIRE(root.kind == Node::Kind::mapping);
  REQUIRE(root.members.size() == 5);
  CHECK(root.members[0].key == "b");
  CHECK(root.members[1].key == "a");
  CHECK(root.find("b")->scalar == "1");
  CHECK(!root.find("b")->quoted);
  REQUIRE(root.find("a")->kind == Node::Kind::sequence);
  REQUIRE(root.find("a")->items.size() == 3);
  CHECK(!root.find("a")->items[0].quoted);
  CHECK(root.find("a")->items[1].quoted);
  CHECK(root.find("a")->items[1].scalar == "y");
  CHECK(root.find("a")->items[2].quoted);
  CHECK(root.find("c")->find("d")->kind == Node::Kind::null);
  CHECK(root.find("c")->find("e")->kind == Node::Kind::null);
  CHECK(root.find("f")->scalar == "two\nlines\n");
  CHECK(root.find("f")->quoted);
  CHECK(root.find("g")->scalar == "one line\n");
  CHECK(root.find("h") == nullptr);
}

TEST_CASE("every place is known, in characters", "[yaml]") {
  const Node root = read("caf\xc3\xa9: {\xc3\xa9t\xc3\xa9: 1}\nb:\n  - x\n  -   y\nempty:\nlast: 2\n");
  CHECK(root.members[0].where.line == 1);
  CHECK(root.members[0].where.column == 1);
  CHECK(root.members[0].where.file == "x.yaml");
  CHECK(root.members[0].value.where.column == 7);
  CHECK(root.members[0].value.members[0].where.column == 8);
  CHECK(root.members[0].value.members[0].value.where.column == 13);
  CHECK(root.find("b")->items[1].where.line == 4);
  CHECK(root.find("b")->items[1].where.column == 7);
  CHECK(root.find("empty")->where.line == 5);
  CHECK(root.find("empty")->where.column == 1);
}

TEST_CASE("line ends, byte order mark, document markers and comments do not matter", "[yaml]") {
  for (const char* yaml :
       {"a: 1\nb: [2]\n", "a: 1\r\nb: [2]\r\n",
        "\xef\xbb\xbf"
        "a: 1\nb: [2]",
        "---\na: 1\nb: [2]\n...\n", "# note\n\n--- # more\na: 1 # x\n\t# tab before a comment\n\t\nb: [2,]\n",
        "{a: 1, b: [2]}"}) {
    const Node root = read(yaml);
    REQUIRE(root.members.size() == 2);
    CHECK(root.find("a")->scalar == "1");
    CHECK(root.find("b")->items.at(0).scalar == "2");
  }
  CHECK(read("\xef\xbb\xbf"
             "a: 1")
            .members[0]
            .where.column == 1);
  CHECK(read("a: 1\r\nb: 2\r\n").members[1].where.line == 2);
  CHECK(read("a:\t1\n").find("a")->scalar == "1");
}

TEST_CASE("duplicate keys are found at every level, and the first one stays", "[yaml]") {
  core::Diagnostics diagnostics;
  const Node root = reader::parse_yaml("a: 1\nb:\n  - {c: 1, c: 2, d: 3, 'c': 4}\na: {e: 5, e: 6}\nf: 7\n", "x.yaml",
                                       diagnostics);
  CHECK(diagnostics.size() == 4);
  REQUIRE(root.members.size() == 3);
  CHECK(root.find("a")->scalar == "1");
  CHECK(root.find("f")->scalar == "7");
  const Node& inner = root.find("b")->items.at(0);
  REQUIRE(inner.members.size() == 2);
  CHECK(inner.find("c")->scalar == "1");
  CHECK(inner.find("d")->scalar == "3");
  CHECK(findings("a: 1\nb: 2\na: 3\n") == R"(x.yaml:3:1: duplicate key "a" (first on line 1). Keep one of the two.)");
  CHECK(findings("s:\n  - {c: 1, c: 2}\n") ==
        R"(x.yaml:2:12: s.0: duplicate key "c" (first on line 2). Keep one of the two.)");
}

TEST_CASE("an alias is a copy of what has its anchor", "[yaml]") {
  // What PyYAML writes where an object stands in two places.
  const Node root = read(
      "a: &id001\n  x: 1\n  y: [&id002 '2', 3]\nb: *id001\nc: {d: *id002, e: [*id001]}\nf: &n\ng: *n\n");
  const Node& b = *root.find("b");
  REQUIRE(b.kind == Node::Kind::mapping);
  CHECK(b.find("x")->scalar == "1");
  CHECK(b.find("y")->items[0].scalar == "2");
  CHECK(b.find("y")->items[0].quoted);
  CHECK(root.find("c")->find("d")->scalar == "2");
  CHECK(root.find("c")->find("e")->items[0].find("y")->items[1].scalar == "3");
  CHECK(root.find("g")->kind == Node::Kind::null);
  // A finding about the copy is at the alias.
  CHECK(b.find("y")->items[1].where.line == 4);
  CHECK(b.find("y")->items[1].where.column == 4);
  CHECK(b.members[0].where.line == 4);
  // A name that is given again means the latest.
  CHECK(read("a: &x 1\nb: &x 2\nc: *x\n").find("c")->scalar == "2");
  // No value can hold itself, and keys are written out.
  CHECK(
      findings("a: &x [1, *x]\n") ==
      "x.yaml:1:11: a.1: alias \"*x\" (it stands within what it stands for, which would have no end). Write the value out "
      "where it is needed.");
  CHECK(findings("a: &x b\n? *x\n: 1\n") == "x.yaml:2:3: alias \"*x\" as a key (keys are written out). Write the key.");
  CHECK(
      findings("a: *y") ==
      "x.yaml:1:4: alias \"*y\" (no anchor of that name stands before it). Write the value out, or put the text in quotes.");
}

TEST_CASE("aliases as keys, tags, merge keys and wrong keys are found in one go", "[yaml]") {
  CHECK(findings("a: &x 1\n? *x\n: 2\nc: !!int 2\n<<: {d: 3}\n[e]: 4\n~: 5\na: 6\n") ==
        "x.yaml:2:3: alias \"*x\" as a key (keys are written out). Write the key."
        "\nx.yaml:4:4: c: tag \"!!int\" " +
            kNoTag + "\nx.yaml:5:1: merge key \"<<\" (merge keys are not accepted). Write the keys out." +
            "\nx.yaml:6:1: a list as a key " + kNoKey + "\nx.yaml:7:1: an empty key " + kNoKey +
            "\nx.yaml:8:1: duplicate key \"a\" (first on line 1). Keep one of the two.");
  CHECK(findings("a: ! 1\n") == "x.yaml:1:4: a: tag \"!\" " + kNoTag);
  CHECK(findings("a: !foo {b: 1}\n") == "x.yaml:1:4: a: tag \"!foo\" " + kNoTag);
  CHECK(findings("a: !<tag:yaml.org,2002:str> b") == "x.yaml:1:4: a: tag \"!!str\" " + kNoTag);
  CHECK(findings("- !foo\n- 1") == "x.yaml:1:3: 0: tag \"!foo\" " + kNoTag);
  CHECK(read("&a b: 1").find("b")->scalar == "1");
  CHECK(findings("{a: 1}: 2") == "x.yaml:1:1: a mapping as a key " + kNoKey);
  CHECK(findings("null: 3") == "x.yaml:1:1: an empty key " + kNoKey);
  CHECK(findings("s: {: 3}") == "x.yaml:1:5: s: an empty key " + kNoKey);
  CHECK(findings("? [1]\n: 2\n") == "x.yaml:1:3: a list as a key " + kNoKey);
  CHECK(read("\"<<\": 1").members.size() == 1);  // a plain text, which the caller will not know
}

TEST_CASE("wrong syntax is said in plain words", "[yaml]") {
  const std::string line = R"(Check the indentation, and that every line reads "key: value".)";
  CHECK(
      findings("a: b: c\n") ==
      R"(x.yaml:1:5: unexpected ":" (a second "key: value" cannot stand here). Check the indentation, or put the text in quotes.)");
  CHECK(findings("a:\n  b: 1\n c: 2\n") ==
        "x.yaml:3:2: unexpected \"c:\" (it does not continue the mapping around it). " + line);
  CHECK(findings("a: \"x\"y\n") ==
        "x.yaml:1:7: unexpected \"y\" (it does not continue the mapping around it). " + line);
  CHECK(findings("a: [1, 2\nb: 3\n") ==
        R"(x.yaml:1:4: list in brackets without an end. Separate its entries with "," and close it with "]".)");
  CHECK(findings("a: {b: 1\n") ==
        R"(x.yaml:1:4: mapping in braces without an end. Separate its entries with "," and close it with "}".)");
  CHECK(findings("[[1, 2], [3") ==
        R"(x.yaml:1:10: list in brackets without an end. Separate its entries with "," and close it with "]".)");
  CHECK(findings("a: 1\n]") ==
        R"(x.yaml:2:1: unexpected "]" (nothing is open that it could close). Remove it, or open it before.)");
  CHECK(findings("a: @x") ==
        R"(x.yaml:1:4: unexpected "@x" (no value begins with this character). Put the text in quotes.)");
  CHECK(findings("a: - b\n") ==
        R"(x.yaml:1:4: unexpected "-" (a list cannot begin here). Begin the list on a line of its own.)");
  CHECK(findings("a: \"\\q\"\n") ==
        "x.yaml:1:7: unknown escape in a text. Double the backslash, or use single quotes.");
  CHECK(findings("a: \"\\xzz\"") ==
        "x.yaml:1:9: escape without its digits. Double the backslash, or use single quotes.");
  CHECK(findings("a: \"\\ud800\"") == "x.yaml:1:11: escape that is no character. Remove the escape.");
  CHECK(
      findings("a: |x\n  b\n") ==
      R"(x.yaml:1:5: unexpected "x" (only indentation hints may follow "|" and ">"). Begin the text on the next line.)");
  CHECK(findings("a: \"x\n---\n\"") ==
        R"(x.yaml:2:1: "---" in a text (it ends the document). Close the quote before it.)");
  CHECK(findings("a: 'b'\nc: 'd\n") ==
        "x.yaml:2:4: c: quote that is never closed (the text goes on to the end of the file). Close it with '.");
  CHECK(findings("a: \"b\\\"\n") ==
        "x.yaml:1:4: a: quote that is never closed (the text goes on to the end of the file). Close it with \".");
  CHECK(findings("a: \"b") ==
        "x.yaml:1:6: quote that is never closed (the text goes on to the end of the file). Close it.");
  CHECK(findings("a:\n\tb: 1\n") ==
        "x.yaml:2:1: tab in the indentation (YAML indents with spaces only). Replace it with spaces.");
  CHECK(findings("a:\n  \tb: 1\n") ==
        "x.yaml:2:3: tab in the indentation (YAML indents with spaces only). Replace it with spaces.");
  CHECK(read("a: 'it''s'\nb: \"\\\"\"\n").find("a")->scalar == "it's");
}

TEST_CASE("one document, and something in it", "[yaml]") {
  const std::string empty =
      R"(x.yaml:1:1: nothing in it (no more than space and comments). Write lines such as "key: value".)";
  for (const char* yaml : {"", "  \n", "# c\n", "---\n", "...\n", "\xef\xbb\xbf", "~\n"})
    CHECK(findings(yaml) == empty);
  CHECK(findings("a: 1\n---\nb: 2\n") ==
        R"(x.yaml:2:1: a second document (a file holds one). Remove everything from this "---" on.)");
  CHECK(findings("---\n---\n") ==
        R"(x.yaml:2:1: a second document (a file holds one). Remove everything from this "---" on.)");
  const std::string check = "(the document ends before it). Check the indentation, the quotes and the commas.";
  CHECK(findings("a: 1\n...\nfoo\n") == "x.yaml:3:1: unexpected \"foo\" " + check);
  CHECK(findings("- a\nb: 1\n") == "x.yaml:2:1: unexpected \"b:\" " + check);
  CHECK(findings("{a: 1} b") == "x.yaml:1:8: unexpected \"b\" " + check);
  for (const char* directive : {"%YAML", "%TAG", "%FOO"}) {
    const std::string expected = "directive \"" + std::string(directive) +
                                 "\" (directives are not accepted). Remove the line, or indent it if it is text.";
    CHECK(findings("# c\n" + std::string(directive) + " 1.2\n---\na: 1\n") == "x.yaml:2:1: " + expected);
    CHECK(findings("a: 1\n" + std::string(directive) + " 1.2\n") == "x.yaml:2:1: " + expected);
  }
}

TEST_CASE("after a finding that ends the reading there is no tree", "[yaml]") {
  core::Diagnostics diagnostics;
  CHECK(reader::parse_yaml("a: 1\na: 2\nb: [", "x.yaml", diagnostics).kind == Node::Kind::null);
  CHECK(diagnostics.size() == 2);
  CHECK(reader::parse_yaml("a: 1\n---\n", "x.yaml", diagnostics).kind == Node::Kind::null);
  CHECK(reader::parse_yaml("a: \xff\n", "x.yaml", diagnostics).kind == Node::Kind::null);
}

TEST_CASE("columns are counted in characters, forwards and backwards", "[yaml]") {
  const std::string text = "ab\n\xc3\xa9\xf0\x9f\x98\x80x\n\xc3\xa9y";
  reader::ColumnCounter columns(text);
  CHECK(columns.column(0, 0) == 1);
  CHECK(columns.column(9, 3) == 3);
  CHECK(columns.column(5, 3) == 2);
  CHECK(columns.column(3, 3) == 1);
  CHECK(columns.column(10, 3) == 4);
  CHECK(columns.column(13, 11) == 2);
  CHECK(columns.column(1, 0) == 2);
  CHECK(columns.column(99, 11) == 3);
}
