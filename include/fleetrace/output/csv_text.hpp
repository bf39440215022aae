#pragma once

#include <string>
#include <string_view>

namespace fleetrace::output {

/// A text as a CSV field. What begins, after spaces, with = + - @ TAB CR or NUL could be run as a formula by a spreadsheet
/// (CWE-1236) and gets an apostrophe; commas, quotes and line breaks are quoted (RFC 4180). Never for numbers.
[[nodiscard]] std::string csv_text(std::string_view text);

}  // namespace fleetrace::output
