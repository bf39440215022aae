#pragma once

#include <cstddef>
#include <stdexcept>

namespace fleetrace::study {

/// Thrown for a study whose results fit into no memory. what() says how many replications would.
class Unaffordable : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Refuses so many replications of so many races each, before anything is made of them. Throws Unaffordable.
void require_affordable(std::size_t replications, std::size_t races);

}  // namespace fleetrace::study
