#pragma once

#include <cstdint>
#include <string_view>

#include "fleetrace/core/version.hpp"
#include "fleetrace/output/json_writer.hpp"

/// What the results of all studies have in common as JSON; private to the output floor.
namespace fleetrace::output {

/// Format version.
inline constexpr int kStudyFormat = 1;

inline void text(JsonWriter& json, std::string_view key, std::string_view value) { json.key(key), json.text(value); }
inline void real(JsonWriter& json, std::string_view key, double value) { json.key(key), json.real(value); }

/// Which program made it, of which scenario, with which seed.
inline void write_identity(JsonWriter& json, std::string_view scenario, std::string_view sha256, std::uint32_t seed) {
  text(json, "fleetrace", core::version());
  json.key("format");
  json.integer(kStudyFormat);
  json.key("scenario");
  json.begin_flat_object();
  text(json, "name", scenario);
  text(json, "sha256", sha256);
  json.end_object();
  json.key("seed");
  json.integer(seed);
}

}  // namespace fleetrace::output
