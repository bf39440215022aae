#pragma once

#include <string_view>

namespace fleetrace::core {

/// The program's version, such as "0.1.0".
[[nodiscard]] std::string_view version();

/// The commit that the program was built from: 12 hexadecimal digits, followed by "-dirty" if tracked files differed from
/// it; "unknown" if the sources were not a git checkout.
[[nodiscard]] std::string_view git_hash();

}  // namespace fleetrace::core
