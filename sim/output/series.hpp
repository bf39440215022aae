#pragma once

#include <span>
#include <string>
#include <string_view>

#include "fleetrace/fleet/outcome.hpp"

/// What the series consists of, for every format that writes it.
namespace fleetrace::output {

struct SeriesColumn {
  std::string_view name;  ///< with its unit as a suffix
  std::string (*text)(const fleet::Sample&);
  bool is_number = true;
};

[[nodiscard]] std::span<const SeriesColumn> series_columns();

}  // namespace fleetrace::output
