#pragma once

#include <string>
#include <string_view>

/// Texts as HTML, safe whatever they hold.
namespace fleetrace::output {

/// Escapes a text for an element or a quoted attribute. The characters & < > " ' become references; line breaks and tabs stay.
/// Other control characters, and those that steer the direction of text (U+200E-F, U+202A-E, U+2066-9), are left out. Bytes that
/// are not UTF-8 become U+FFFD.
[[nodiscard]] std::string html_text(std::string_view text);

/// "<tag attributes>text</tag>". The text is escaped, the attributes are written as they stand.
[[nodiscard]] std::string html_element(std::string_view tag, std::string_view text, std::string_view attributes = {});

}  // namespace fleetrace::output
