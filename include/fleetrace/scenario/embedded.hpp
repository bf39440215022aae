#pragma once

#include <span>
#include <string_view>

namespace fleetrace::scenario {

/// A file that is compiled into the program.
struct EmbeddedFile {
  std::string_view path;   ///< relative to the sources: "scenarios/catalog/accelerators/h100.yaml"
  std::string_view bytes;  ///< as on disk
};

/// Everything under scenarios/*.yaml and scenarios/catalog/, sorted by path (byte order).
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace fleetrace::scenario
