#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "fleetrace/core/diagnostic.hpp"

/// The bytes below the YAML; private to the reader.
namespace fleetrace::reader {

/// Whether YAML 1.2 lets the character stand in a file (production c-printable). The byte order mark is left out: it
/// belongs at the start alone.
[[nodiscard]] bool is_printable(char32_t code);

/// Skips a UTF-8 byte order mark.
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view bytes);

/// The first thing that no scenario holds, whatever its YAML: wrong encoding, control characters, tabs in the
/// indentation, directives, lines and files beyond the limits. yaml-cpp would let these pass, or stop reading at them
/// in silence (it takes U+0004 for the end of the file).
[[nodiscard]] std::optional<core::Diagnostic> find_bad_text(std::string_view text, const std::string& file);

/// Counts columns in characters, where yaml-cpp counts bytes. Cheap when asked for places near each other.
class ColumnCounter {
 public:
  explicit ColumnCounter(std::string_view text) : text_(text) {}
  /// The column, from 1, of the byte at `offset`, in a line that begins at byte `line`. The text must be valid UTF-8.
  [[nodiscard]] int column(std::size_t offset, std::size_t line);

 private:
  std::string_view text_;
  std::size_t line_ = 0;
  std::size_t offset_ = 0;
  int column_ = 1;
};

/// The first word of a text, for messages: up to white space, a comma or a bracket, and cut where it is long.
[[nodiscard]] std::string first_word(std::string_view text);

}  // namespace fleetrace::reader
