#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/text/json_writer.hpp"

/// Members that documents of several reports begin with or have in common; private to the output floor.
namespace fleetrace::output {

/// Version of the layout of every JSON document. It changes when a field changes its name or its meaning.
inline constexpr int kJsonFormat = 1;

/// {"fleetrace": the program's version, "format": kJsonFormat}: every document begins with these.
void write_version(core::JsonWriter& json);
/// The same, and the scenario that the results are of.
void write_version(core::JsonWriter& json, std::string_view scenario, std::string_view sha256);
/// The same, the seed, and a note on what money is in, unless that is empty.
void write_identity(core::JsonWriter& json, std::string_view scenario, std::string_view sha256, std::uint32_t seed,
                    std::string_view money);

/// A list of texts, on one line.
void write_texts(core::JsonWriter& json, std::string_view key, const std::vector<std::string>& texts);

}  // namespace fleetrace::output
