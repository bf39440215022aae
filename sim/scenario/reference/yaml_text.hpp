#pragma once

#include <string>
#include <string_view>

namespace fleetrace::scenario {

/// A text as a YAML scalar. It is plain if no reader could take it for something else; otherwise it stands in double quotes,
/// with control and bidirectional characters escaped.
[[nodiscard]] std::string yaml_text(std::string_view text);

}  // namespace fleetrace::scenario
