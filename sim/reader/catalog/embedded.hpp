#pragma once

#include <span>
#include <string_view>

namespace fleetrace::reader {

/// A file that is compiled into the program.
struct EmbeddedFile {
  std::string_view path;   ///< path from the root of the sources: "scenarios/catalog/accelerators/h100.yaml"
  std::string_view bytes;  ///< content of the file
};

/// Everything under scenarios/*.yaml and scenarios/catalog/, sorted by path (byte order).
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace fleetrace::reader
