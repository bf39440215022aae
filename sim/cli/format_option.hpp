#pragma once

#include <algorithm>
#include <iterator>

#include "sim/cli/verb.hpp"
#include "sim/output/formats.hpp"

/// `--format`, from the list of formats of the report that a verb prints.
namespace fleetrace::cli {

/// The option, with the names of the formats as its words and what they say of themselves in its help.
template <const auto& formats>
[[nodiscard]] constexpr Option format_option() {
  return {.name = "format",
          .argument = "FORMAT",
          .help = "{}. Default: table.",
          .values = [] { return output::format_names(formats); },
          .notes = [] { return output::format_notes(formats); }};
}

/// Refuses to write bytes to a terminal, and says where they may go. Throws UsageError.
[[noreturn]] void refuse_binary(const Options& options, const std::string& format);

/// The format that was chosen, the first of the list where the option is left out. Throws UsageError for others, and for one that
/// is no text where it would go to a terminal.
template <class Formats>
[[nodiscard]] const auto& chosen_format(const Formats& formats, const Options& options, const Streams& streams) {
  const std::string name = choice(options, "format");
  const auto& format = *std::find_if(std::begin(formats), std::end(formats),
                                     [&](const auto& each) { return each.name() == name; });
  if (format.is_binary() && streams.out_is_terminal) refuse_binary(options, name);
  return format;
}

}  // namespace fleetrace::cli
