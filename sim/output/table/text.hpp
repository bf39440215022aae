#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Texts for people.
namespace fleetrace::output {

/// How sure an answer is where nothing is random.
inline constexpr const char* kExact = "No randomness: the result is exact, given the assumptions.";

/// A plain text as markdown, on one line. Characters that markdown would interpret are escaped.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// A count with its noun: "1 strategy", "4 strategies".
[[nodiscard]] std::string counted(std::int64_t count, std::string_view one, std::string_view many);

/// The notes with one more behind them, unless it is empty.
[[nodiscard]] std::vector<std::string> with_note(std::vector<std::string> notes, std::string note);

/// A whole number with its thousands separated: "16,896".
[[nodiscard]] std::string grouped(std::int64_t number);

}  // namespace fleetrace::output
