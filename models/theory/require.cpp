#include "require.hpp"

#include <stdexcept>
#include <string>

namespace fleetrace::models::theory {

void require(bool holds, std::string_view rule) {
  if (!holds) throw std::invalid_argument(std::string(rule));
}

void require_progress(const Terms& terms) {
  require(terms.eta >= 0 && terms.eta < kInfinity, "eta must be at least 0 and finite");
  require(terms.alpha >= 0 && terms.alpha < kInfinity, "alpha must be at least 0 and finite");
  require(terms.decay >= 0 && terms.decay < kInfinity, "the decay must be at least 0 and finite");
  require(terms.lifetime > 0, "the lifetime must be above 0");
}

void require_horizon(double horizon) {
  require(horizon > 0 && horizon < kInfinity, "the horizon must be above 0 and finite");
}

}  // namespace fleetrace::models::theory
