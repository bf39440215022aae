#include "sim/output/json/json_reader.hpp"

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::output {
namespace {

using nlohmann::json;

/// Whatever the library says about a shape that is not ours becomes BadResults.
template <class Read>
auto shaped(Read read) {
  try {
    return read();
  } catch (const json::exception& error) {
    throw BadResults("does not have the shape of results: " + core::printable(error.what()));
  }
}

const json& node_of(const void* node) { return *static_cast<const json*>(node); }

}  // namespace

bool JsonValue::is_null() const { return node_of(node_).is_null(); }

bool JsonValue::is_string() const { return node_of(node_).is_string(); }

bool JsonValue::contains(std::string_view key) const { return node_of(node_).contains(key); }

JsonValue JsonValue::at(std::string_view key) const {
  return shaped([&] { return JsonValue(&node_of(node_).at(std::string(key))); });
}

std::size_t JsonValue::size() const {
  if (!is_null() && !node_of(node_).is_array())
    throw BadResults("does not have the shape of results: a list is something else");
  return node_of(node_).size();
}

JsonValue JsonValue::operator[](std::size_t index) const {
  return shaped([&] { return JsonValue(&node_of(node_).at(index)); });
}

template <class Type>
Type JsonValue::get() const {
  if constexpr (std::is_integral_v<Type> && !std::is_same_v<Type, bool>) {
    // The library would cut a fraction off, and let a large number become another one.
    const nlohmann::json& node = node_of(node_);
    using Limits = std::numeric_limits<Type>;
    const bool fits = node.is_number_unsigned()
                          ? node.get<std::uint64_t>() <= static_cast<std::uint64_t>(Limits::max())
                          : node.is_number_integer() && Limits::is_signed &&
                                node.get<std::int64_t>() >= static_cast<std::int64_t>(Limits::min());
    if (!fits) throw BadResults("has " + core::printable(node.dump()) + " where a whole number belongs");
  }
  return shaped([&] { return node_of(node_).get<Type>(); });
}
template bool JsonValue::get() const;
template int JsonValue::get() const;
template double JsonValue::get() const;
template std::uint32_t JsonValue::get() const;
template std::size_t JsonValue::get() const;
template std::string JsonValue::get() const;
template std::vector<std::string> JsonValue::get() const;

std::string JsonValue::dump() const { return node_of(node_).dump(); }

double read_number(const JsonValue& from, std::string_view key, double missing) {
  const JsonValue value = from.at(key);
  return value.is_null() ? missing : value.get<double>();
}

double read_confidence(const JsonValue& from) {
  const auto confidence = from.at("confidence").get<double>();
  if (!(confidence > 0 && confidence < 1)) throw BadResults("has a confidence that is not between 0 and 1");
  return confidence;
}

std::size_t read_count(const JsonValue& from, std::string_view key) {
  static constexpr std::size_t kMost = 1'000'000'000;
  const auto count = from.at(key).get<std::size_t>();
  if (count > kMost) throw BadResults("has " + std::to_string(count) + " as " + std::string(key));
  return count;
}

std::string read_text(const JsonValue& from, std::string_view key) { return from.at(key).get<std::string>(); }

std::optional<std::string> read_optional_text(const JsonValue& from, std::string_view key) {
  const JsonValue value = from.at(key);
  return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

JsonDocument::JsonDocument(std::string_view text)
    : root_(shaped([&] { return std::make_shared<const json>(json::parse(text)); })) {}

}  // namespace fleetrace::output
