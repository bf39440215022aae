#pragma once

#include <yaml-cpp/exceptions.h>

#include <string_view>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/scenario/node.hpp"

/// yaml-cpp's complaints in plain words; private to the scenario floor.
namespace fleetrace::scenario {

/// `here` is the text from the error's place on; `innermost` is the list or mapping in which the reading ended, or
/// nullptr.
[[nodiscard]] core::Diagnostic explain(const YAML::Exception& error, core::Location place, std::string_view here,
                                       const Node* innermost);

}  // namespace fleetrace::scenario
