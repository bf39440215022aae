#pragma once

#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/core/schema/read_value.hpp"

namespace fleetrace::test {

/// An entry with its presets and what is written here over them, as the loader would read it.
inline core::Spec spec_of(const core::Entry& entry, const std::vector<std::pair<std::string, std::string>>& written) {
  core::Spec spec = core::preset_spec(entry);
  for (const auto& [key, text] : written) {
    const core::Parameter* parameter = entry.find(key);
    REQUIRE(parameter != nullptr);
    auto result = core::read_value(*parameter, key, text, false);
    if (const auto* problem = std::get_if<core::QuantityProblem>(&result)) {
      FAIL(key << ": " << problem->problem << " (" << problem->reason << ')');
    }
    core::Value value = std::get<core::Value>(std::move(result));
    if (parameter->shape == core::Shape::texts) {
      value.data = std::vector<std::string>{std::get<std::string>(value.data)};
    }
    spec.value(parameter->name) = std::move(value);
  }
  return spec;
}

inline core::Time date(const char* text) { return core::parse_iso8601(text).value(); }

/// The findings so far as text, one a line; empty where there are none.
inline std::string findings(const core::Diagnostics& diagnostics) {
  try {
    diagnostics.throw_if_any();
  } catch (const core::InputError& error) {
    return error.what();
  }
  return {};
}

/// Random numbers that are the same with every standard library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : bits_(seed) {}

  std::uint64_t bits() { return bits_(); }
  std::int64_t any_int64() { return static_cast<std::int64_t>(bits_()); }
  /// low <= result <= high
  std::int64_t between(std::int64_t low, std::int64_t high) {
    const auto offset = static_cast<std::uint64_t>(low);
    return static_cast<std::int64_t>(offset + bits_() % (static_cast<std::uint64_t>(high) - offset + 1));
  }
  double uniform(double low, double high) {
    return low + (high - low) * (static_cast<double>(bits_() >> 11U) * 0x1p-53);
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace fleetrace::test
