#include <algorithm>

#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {

void World::retire_early(core::Time ordered_by) {
  for (std::size_t i = first_waiting; i < waiting.size(); ++i) {
    const Cohort& cohort = cohorts[waiting[i]];
    if (cohort.ordered > ordered_by) continue;
    sell(cohort, cohort.count(State::waiting_for_power), 0);
    move(waiting[i], State::waiting_for_power, State::retired, cohort.count(State::waiting_for_power));
  }
  while (first_alive < batches.size() && batches[first_alive].count == 0) ++first_alive;
  for (std::size_t i = first_alive; i < batches.size(); ++i) {
    const Cohort& cohort = cohorts[batches[i].cohort];
    if (batches[i].count > 0 && cohort.ordered <= ordered_by && !cohort.rented) retire(batches[i]);
  }
  // The ends of their lives will not come.
  const auto has_left = [this](const Retirement& retirement) {
    if (batches[retirement.batch].count > 0) return false;
    calendar.cancel(retirement.event);
    return true;
  };
  const auto due = retirements.begin() + static_cast<std::ptrdiff_t>(next_retirement);
  retirements.erase(std::remove_if(due, retirements.end(), has_left), retirements.end());
  request_installation();
}

}  // namespace fleetrace::fleet
