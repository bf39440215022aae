#include "sim/study/optimise/purchase_planner.hpp"

// There is nothing in a browser that solves linear programmes: a scenario whose strategies optimise is refused with that reason.
namespace fleetrace::study {

void provide_purchase_planner() {}

}  // namespace fleetrace::study
