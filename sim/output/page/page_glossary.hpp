#pragma once

#include <string>
#include <string_view>

/// The terms of the field, for readers from outside of it.
namespace fleetrace::output::page {

/// What the terms in a text mean that a page begins with, as a short paragraph; empty where it has none.
[[nodiscard]] std::string first_terms_html(std::string_view text);

/// A list of all terms that occur in the HTML of a page, with their meanings; empty where none does.
[[nodiscard]] std::string glossary_html(std::string_view page);

}  // namespace fleetrace::output::page
