#pragma once

#include <memory>
#include <string>
#include <vector>

#include "fleetrace/scenario.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace {

/// What a Scenario shares with its copies.
struct ScenarioState {
  std::string file;  ///< names it in messages
  std::shared_ptr<const reader::Document> document;
  std::vector<reader::Override> changes;  ///< what was set since, in its order
  scenario::Scenario loaded;              ///< the document with the changes
};

}  // namespace fleetrace
