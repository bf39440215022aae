#include <yaml-cpp/parser.h>

#include <exception>
#include <new>
#include <sstream>
#include <string>

#include "fleetrace/scenario/node.hpp"
#include "yaml_builder.hpp"
#include "yaml_syntax.hpp"
#include "yaml_text.hpp"

namespace fleetrace::scenario {
namespace {

// yaml-cpp throws its own exceptions for wrong input, and the standard library's where memory or a size runs out.
Node parse_document(std::string_view text, const std::string& file, core::Diagnostics& diagnostics) {
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
  } catch (const std::bad_alloc&) {
    diagnostics.add({{file, 1, 1}, {}, "not enough memory to read it", {}, "Make it smaller."});
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

Node parse_yaml(std::string_view bytes, const std::string& file, core::Diagnostics& diagnostics) {
  const std::string_view text = without_byte_order_mark(bytes);
  if (auto found = find_bad_text(text, file)) {
    diagnostics.add(std::move(*found));
    return {};
  }
  return parse_document(text, file, diagnostics);
}

}  // namespace fleetrace::scenario
