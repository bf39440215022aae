#include "sim/reader/yaml/scalars.hpp"

#include "sim/core/schema/read_value.hpp"

namespace fleetrace::reader {
namespace {

using core::Parameter;
using core::Value;

/// The elements of a list; `written` becomes the list as the scenario has it.
template <class T>
std::vector<T> elements(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path,
                        const std::optional<core::Currency>& currency, Findings& findings, std::string& written) {
  std::vector<T> values;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Value element = read_scalar(node.items[i], parameter, key, child(path, std::to_string(i)), currency,
                                      findings);
    const T* data = std::get_if<T>(&element.data);
    if (data == nullptr) continue;
    values.push_back(*data);
    written += (written.empty() ? "[" : ", ") + element.source_text;
  }
  written += written.empty() ? "[]" : "]";
  return values;
}

}  // namespace

Value read_scalar(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path,
                  const std::optional<core::Currency>& currency, Findings& findings) {
  if (node.kind != Node::Kind::scalar) {
    findings.wrong_kind(node, path, "a single value");
    return {};
  }
  auto result = core::read_value(parameter, key, node.scalar, node.quoted, currency);
  if (auto* problem = std::get_if<core::QuantityProblem>(&result)) {
    findings.add(node.where, path, std::move(*problem));
    return {};
  }
  return std::get<Value>(std::move(result));
}

Value read_elements(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path,
                    const std::optional<core::Currency>& currency, Findings& findings) {
  Value result;
  if (node.kind != Node::Kind::sequence) {
    findings.wrong_kind(node, path, "a list");
    return result;
  }
  if (node.items.empty() && parameter.required) {
    findings.add(node.where, path, {"the list is empty", "at least one is needed", ""});
  }
  if (parameter.shape == core::Shape::numbers) {
    result.data = elements<double>(node, parameter, key, path, currency, findings, result.source_text);
  } else {
    result.data = elements<std::string>(node, parameter, key, path, currency, findings, result.source_text);
  }
  return result;
}

Value read_sourced(const Node& node, const Parameter& parameter, const std::string& path,
                   const std::optional<core::Currency>& currency, Findings& findings) {
  const Node* main = node.kind == Node::Kind::mapping ? node.find("value") : nullptr;
  if (main == nullptr) {
    findings.add(node.where, path,
                 {"it has no value with a source", "catalog data name their source",
                  "Write {value: ..., source: ..., verified: read}."});
    return {};
  }
  Value result = read_scalar(*main, parameter, "value", child(path, "value"), currency, findings);
  core::Provenance provenance;
  const auto bound = [&](std::string_view key) {
    const Node* limit = node.find(key);
    const Value read = limit == nullptr
                           ? result
                           : read_scalar(*limit, parameter, std::string(key), child(path, key), currency, findings);
    const double* number = std::get_if<double>(&read.data);
    return number == nullptr ? 0 : *number;
  };
  provenance.low = bound("low");
  provenance.high = bound("high");
  for (const Member& member : node.members) {
    if (member.key == "source") provenance.source = member.value.scalar;
    if (member.key == "verified") provenance.verified = member.value.scalar;
  }
  if (provenance.source.empty() || provenance.verified.empty()) {
    findings.add(node.where, path, {"source or verified is missing", "every number names its source", ""});
  }
  result.provenance = std::make_shared<const core::Provenance>(std::move(provenance));
  return result;
}

}  // namespace fleetrace::reader
