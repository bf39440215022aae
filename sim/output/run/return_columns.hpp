#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "sim/fleet/results/outcome.hpp"

namespace fleetrace::output {

/// What stands in a cell: exact money, a real number, or nothing.
using ReturnValue = std::variant<std::monostate, core::Money, double>;

/// What a strategy earned and what it is worth, by the names of the JSON result.
struct ReturnColumn {
  std::string_view name;
  ReturnValue (*value)(const fleet::Outcome&);
};
[[nodiscard]] std::span<const ReturnColumn> return_columns();

}  // namespace fleetrace::output
