#include <yaml-cpp/parser.h>

#include <atomic>
#include <exception>
#include <new>
#include <sstream>
#include <string>

#include "sim/reader/yaml/json_text.hpp"
#include "sim/reader/yaml/node.hpp"
#include "sim/reader/yaml/yaml_builder.hpp"
#include "sim/reader/yaml/yaml_syntax.hpp"
#include "sim/reader/yaml/yaml_text.hpp"

namespace fleetrace::reader {
namespace {

std::atomic<std::uint64_t> parsed_count = 0;

// yaml-cpp throws its own exceptions for wrong input, and the standard library's where memory or a size runs out.
Node parse_document(std::string_view text, const std::string& file, core::Diagnostics& diagnostics, Node* readable) {
  YamlBuilder builder(text, file);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    const bool found = parser.HandleNextDocument(builder);
    // The builder stops at the start of a second document. Never ask for a third: yaml-cpp 0.7 sees endless empty
    // documents in "\n,\n".
    if (found) parser.HandleNextDocument(builder);
    const std::size_t before = diagnostics.size();
    builder.report(true, diagnostics);
    Node root = builder.take_root();
    if (root.kind == Node::Kind::null && diagnostics.size() == before) {
      diagnostics.add({{file, 1, 1},
                       {},
                       "nothing in it",
                       "no more than space and comments",
                       "Write lines such as \"key: value\"."});
    }
    return root;
  } catch (const StopReading&) {
    builder.report(false, diagnostics);
  } catch (const YAML::Exception& error) {
    builder.report(false, diagnostics);
    diagnostics.add(explain(error, builder.place(error.mark), builder.text_at(error.mark), builder.innermost()));
    if (readable != nullptr) *readable = builder.take_readable();
  } catch (const std::bad_alloc&) {
    throw;  // no fault of what is read
  } catch (const std::exception& error) {
    diagnostics.add({{file, 1, 1}, {}, "cannot be read", error.what(), {}});
  }
  return {};
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

std::uint64_t parsed_documents() { return parsed_count; }

Node parse_yaml(std::string_view bytes, const std::string& file, core::Diagnostics& diagnostics, Node* readable) {
  ++parsed_count;
  const std::string text = json_as_yaml(without_byte_order_mark(bytes));
  if (auto found = find_bad_text(text, file)) {
    diagnostics.add(std::move(*found));
    return {};
  }
  return parse_document(text, file, diagnostics, readable);
}

}  // namespace fleetrace::reader
