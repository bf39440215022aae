// libFuzzer harness of the YAML reader: any bytes give a tree or findings, and nothing else.
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Iinclude -I. tests/hostile/fuzz_yaml.cpp
//     sim/core/text/*.cpp sim/reader/yaml/yaml*.cpp -lyaml-cpp
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sim/reader/yaml/node.hpp"

namespace {

using fleetrace::reader::Node;

void require(bool condition) {
  if (!condition) std::abort();
}

// Everything that is read has a place, and no mapping has a key twice.
void check(const Node& node, int depth) {
  require(depth <= 32 && node.where.line >= 1 && node.where.column >= 1);
  for (const Node& item : node.items) check(item, depth + 1);
  for (const auto& member : node.members) {
    require(member.where.line >= 1 && node.find(member.key) == &member.value);
    check(member.value, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fleetrace::core::Diagnostics diagnostics;
  const Node root = fleetrace::reader::parse_yaml({reinterpret_cast<const char*>(data), size}, "x", diagnostics);
  if (diagnostics.empty()) {
    require(root.kind != Node::Kind::null);
    check(root, 0);
    return 0;
  }
  try {
    diagnostics.throw_if_any();
  } catch (const fleetrace::core::InputError& error) {
    for (const auto& found : error.diagnostics())
      require(!found.problem.empty() && found.where.line >= 1 && found.where.column >= 1);
    // Every complaint of the parser has an explanation.
    require(std::string_view(error.what()).find("not valid YAML") == std::string_view::npos);
  }
  return 0;
}
