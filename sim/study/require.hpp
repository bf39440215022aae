#pragma once

#include <stdexcept>

/// The contract of a study's methods: what is checked, and how a breach is reported.
namespace fleetrace::study {

/// Throws std::invalid_argument with `rule` unless it holds. Written so that NaN never passes: state what must be true.
inline void require(bool holds, const char* rule) {
  if (!holds) throw std::invalid_argument(rule);
}

}  // namespace fleetrace::study
