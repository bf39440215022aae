#pragma once

#include <string_view>

namespace fleetrace::core {

/// The program's version, such as "0.1.0".
[[nodiscard]] std::string_view version();

/// The commit that this was built from: 12 hexadecimal digits, with "-dirty" where tracked files differ from it;
/// "unknown" where the sources were no git checkout.
[[nodiscard]] std::string_view git_hash();

}  // namespace fleetrace::core
