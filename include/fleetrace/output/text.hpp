#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Text for people: measured in characters, wrapped, safe for terminals.
namespace fleetrace::output {

/// Characters (code points) of a UTF-8 text; every byte that is not UTF-8 counts as one.
[[nodiscard]] std::size_t characters(std::string_view text);

/// The same text with U+FFFD in the place of every byte that is not UTF-8.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// Lines of at most `width` characters, broken at spaces. The first begins with `prefix`, the others are indented as far.
/// Ends with a newline. A word that is longer than a line stays whole.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::string_view prefix = {});

/// The same text in markdown: its own characters escaped, on one line.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// "1 strategy", "4 strategies".
[[nodiscard]] std::string counted(std::int64_t count, std::string_view one, std::string_view many);

/// Whole numbers with thousands separated: "16,896".
[[nodiscard]] std::string grouped(std::int64_t number);

}  // namespace fleetrace::output
