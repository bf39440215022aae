#pragma once

#include <stdexcept>

/// Checks of the arguments of numerical methods.
namespace fleetrace::core {

/// Throws std::invalid_argument with the text `rule` unless `holds`. State what must be true, so that NaN never passes.
inline void require(bool holds, const char* rule) {
  if (!holds) throw std::invalid_argument(rule);
}

}  // namespace fleetrace::core
