#include "sim/fleet/inventory/inventory.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace fleetrace;
using fleet::State;

core::Time after(int hours) { return core::Time::from_milliseconds(0) + core::kHour * hours; }

fleet::Cohort hundred() {
  fleet::Cohort cohort;
  cohort.type = 0;
  cohort.size = 100;
  cohort.peak = 10;
  cohort.nameplate_milliwatt = 700;
  return cohort;
}

}  // namespace

TEST_CASE("an inventory counts units by state, and what is committed and pending") {
  fleet::Inventory inventory;
  inventory.reset();
  const std::uint32_t index = inventory.add(hundred(), State::ordered, after(0));
  CHECK(inventory.pending() == 100);
  CHECK(inventory.pending_peak() == 1'000);
  CHECK(inventory.committed_milliwatt() == 70'000);
  CHECK(inventory.first_coming() == 0);
  const fleet::UnitChange shipped = inventory.move(index, State::ordered, State::in_transit, 100, 1, 0, after(1));
  CHECK(shipped.installed == 0);
  CHECK(inventory.pending() == 100);
  inventory.move(index, State::in_transit, State::waiting_for_power, 100, 1, 0, after(2));
  CHECK(inventory.first_coming() == 1);
  const fleet::UnitChange installed = inventory.move(index, State::waiting_for_power, State::in_service, 60, 0.5, 3,
                                                     after(3));
  CHECK(installed.installed == 60);
  CHECK(installed.healthy == 60);
  CHECK(installed.working == 30);
  CHECK(installed.site == 3);
  CHECK(inventory.pending() == 40);
  const fleet::UnitChange broken = inventory.move(index, State::in_service, State::in_repair, 10, 0.5, 3, after(5));
  CHECK(broken.installed == 0);
  CHECK(broken.healthy == -10);
  CHECK(broken.working == -5);
  inventory.move(index, State::in_repair, State::retired, 10, 1, 3, after(6));
  CHECK(inventory.committed_milliwatt() == 63'000);
  CHECK(inventory[index].unit_seconds == 3'600 * 60 * 3);
  CHECK(inventory[index].healthy_seconds == 3'600 * (60 * 2 + 50));
  CHECK(inventory[index].working_seconds == 3'600 * (30 * 2 + 25));
  CHECK(inventory.conserved());
  CHECK(inventory.recount_agrees());
}

TEST_CASE(
    "a move between any two states changes what is installed, healthy, in service and serving by what each of them is") {
  // Bit by bit: installed, healthy, in service, serving.
  const std::pair<State, int> known[] = {{State::ordered, 0},    {State::in_transit, 0}, {State::waiting_for_power, 0},
                                         {State::in_service, 7}, {State::serving, 11},   {State::standby, 3},
                                         {State::in_repair, 1},  {State::retired, 0}};
  REQUIRE(std::size(known) == fleet::kStates);
  for (const auto& [from, before] : known) {
    for (const auto& [to, after_it] : known) {
      if (from == to) continue;
      fleet::Inventory inventory;
      inventory.reset();
      const std::uint32_t index = inventory.add(hundred(), from, after(0));
      const fleet::UnitChange change = inventory.move(index, from, to, 40, 0.5, 2, after(1));
      const auto by = [from_bits = before, to_bits = after_it](int bit) {
        return 40 * (((to_bits >> bit) & 1) - ((from_bits >> bit) & 1));
      };
      CAPTURE(static_cast<int>(from), static_cast<int>(to));
      CHECK(change.installed == by(0));
      CHECK(change.healthy == by(1));
      CHECK(change.in_service == by(2));
      CHECK(change.working == 0.5 * by(2));
      CHECK(change.serving == by(3));
      CHECK(inventory[index].count(from) == 60);
      CHECK(inventory[index].count(to) == 40);
    }
  }
}

TEST_CASE("what was credited when it was handed down is not credited again, whatever part it comes back in") {
  fleet::Inventory inventory;
  inventory.reset();
  const std::uint32_t index = inventory.add(hundred(), State::waiting_for_power, after(0));
  CHECK(inventory.use_credit(index, 100) == 0);
  // Forty that served are taken out: thirty go to another site as a part, ten stay in their cohort.
  inventory.keep_credit(index, 40);
  const std::uint32_t part = inventory.split(index, 30, 1, core::kYear, after(0));
  CHECK(inventory.use_credit(part, 20) == 20);
  CHECK(inventory.use_credit(part, 20) == 10);
  // Of the seventy that are handed down now, ten were before.
  CHECK(inventory.use_credit(index, 70) == 10);
  CHECK(inventory.use_credit(index, 70) == 0);
}

TEST_CASE("an order that is cancelled leaves no trace, and the last pending unit no rounding error") {
  fleet::Inventory inventory;
  fleet::Cohort odd = hundred();
  odd.peak = 0.1;
  inventory.add(odd, State::ordered, after(0));
  odd.peak = 1e17 / 3;
  const std::uint32_t index = inventory.add(odd, State::ordered, after(0));
  inventory.cancel(index, 100);
  CHECK(inventory[index].size == 0);
  inventory.cancel(0, 100);
  CHECK(inventory.pending_peak() == 0);
  CHECK(inventory.committed_milliwatt() == 0);
  CHECK(inventory.conserved());
  CHECK(inventory.recount_agrees());
}

TEST_CASE("what works counts by the fraction of it that trains, from when on that holds") {
  fleet::Inventory inventory;
  inventory.set_training(0.5, after(0));
  inventory.add(hundred(), State::waiting_for_power, after(0));
  inventory.move(0, State::waiting_for_power, State::in_service, 60, 1, 0, after(0));
  inventory.set_training(0.25, after(2));
  inventory.set_training(1, after(6));
  inventory.close(0, after(7));
  CHECK(inventory[0].working_seconds == 3'600 * 60 * (0.5 * 2 + 0.25 * 4 + 1));
  CHECK(inventory[0].unit_seconds == 3'600 * 60 * 7);
}

TEST_CASE("many repairs together come to the integrals that each by itself comes to") {
  fleet::Inventory each;
  fleet::Inventory together;
  for (fleet::Inventory* one : {&each, &together}) {
    one->add(hundred(), State::waiting_for_power, after(0));
    one->move(0, State::waiting_for_power, State::in_service, 100, 1, 0, after(0));
  }
  each.move(0, State::in_service, State::in_repair, 4, 1, 0, after(2));
  each.move(0, State::in_repair, State::in_service, 1, 1, 0, after(5));
  each.close(0, after(8));
  together.repair(0, State::standby, -4, 0);
  together.repair(0, State::standby, 1, 0);
  fleet::UnitChange change{0, -3, -3, -3, 0};
  change.working_seconds = change.healthy_seconds = 3'600 * (-4 * 6 + 1 * 3);
  together.add_past(0, change, after(8));
  together.close(0, after(8));
  CHECK(together[0].counts == each[0].counts);
  CHECK(together[0].working_seconds == each[0].working_seconds);
  CHECK(together[0].healthy_seconds == each[0].healthy_seconds);
  CHECK(together[0].unit_seconds == each[0].unit_seconds);
}
