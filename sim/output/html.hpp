#pragma once

#include <string>
#include <string_view>

/// Text on its way into HTML.
namespace fleetrace::output {

/// The same text for an element or a quoted attribute: & < > " ' as references, line breaks and tabs as they are. Other
/// control characters and those that steer the direction of text (U+200E-F, U+202A-E, U+2066-9) are left out; what is not
/// UTF-8 becomes U+FFFD.
[[nodiscard]] std::string html_text(std::string_view text);

/// "<tag>text</tag>", the text escaped. `attributes` are written as they stand.
[[nodiscard]] std::string html_element(std::string_view tag, std::string_view text, std::string_view attributes = {});

}  // namespace fleetrace::output
