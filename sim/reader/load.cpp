#include "sim/reader/load.hpp"

#include "sim/reader/document.hpp"
#include "sim/reader/overrides.hpp"
#include "sim/reader/sha256.hpp"

namespace fleetrace::reader {

scenario::Scenario load(const std::string& file_or_name, const std::vector<Override>& overrides) {
  return Document(read_source(file_or_name)).load(overrides);
}

scenario::Scenario load_bytes(std::string_view bytes, const std::string& file, const std::vector<Override>& overrides) {
  return Document({std::string(bytes), file}).load(overrides);
}

std::string sha256(std::string_view bytes, const std::vector<Override>& overrides) {
  Sha256 hash;
  hash.add(bytes);
  for (const Override& change : overrides) add_to(hash, change);
  return hash.text();
}

std::optional<Override> parse_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return Override{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

}  // namespace fleetrace::reader
