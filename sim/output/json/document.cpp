#include "sim/output/json/document.hpp"

#include "fleetrace/core/version.hpp"

namespace fleetrace::output {

void write_version(core::JsonWriter& json) {
  json.text("fleetrace", core::version());
  json.integer("format", kJsonFormat);
}

void write_version(core::JsonWriter& json, std::string_view scenario, std::string_view sha256) {
  write_version(json);
  json.begin_flat_object("scenario");
  json.text("name", scenario);
  json.text("sha256", sha256);
  json.end_object();
}

void write_identity(core::JsonWriter& json, std::string_view scenario, std::string_view sha256, std::uint32_t seed,
                    std::string_view money) {
  write_version(json, scenario, sha256);
  json.integer("seed", seed);
  if (!money.empty()) json.text("money", money);
}

void write_texts(core::JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.begin_flat_array(key);
  for (const std::string& text : texts) json.text(text);
  json.end_array();
}

}  // namespace fleetrace::output
