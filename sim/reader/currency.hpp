#pragma once

#include <optional>

#include "sim/core/units/currency.hpp"
#include "sim/reader/yaml/node.hpp"

namespace fleetrace::reader {

/// The currency that the section `money` of a scenario declares beside USD, which is needed before any amount is read. What is wrong
/// with the section is found where it is read itself: where its code or its worth are, something stands in for them, so that not
/// every amount is complained about, too.
[[nodiscard]] std::optional<core::Currency> declared_currency(const Node& money);

}  // namespace fleetrace::reader
