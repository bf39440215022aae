#pragma once

#include <yaml-cpp/exceptions.h>

#include <string_view>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/reader/yaml/node.hpp"

/// yaml-cpp's complaints in plain words; private to the reader.
namespace fleetrace::reader {

/// `here` is the text from the error's place on; `innermost` is the list or mapping in which the reading ended, or
/// nullptr.
[[nodiscard]] core::Diagnostic explain(const YAML::Exception& error, core::Location place, std::string_view here,
                                       const Node* innermost);

}  // namespace fleetrace::reader
