#include "sim/fleet/results/recorder.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace fleetrace;
using fleet::Constraint;

const core::Time kStart = *core::parse_iso8601("2026-01-01");

}  // namespace

TEST_CASE("a recorder integrates what waits and counts what blocked reviews") {
  fleet::Recorder recorder;
  recorder.reset(kStart, false);
  recorder.count_waiting(8, kStart + core::kYear);
  recorder.count_waiting(-4, kStart + core::kYear * 2);
  CHECK(recorder.waiting() == 4);
  CHECK(recorder.idle_accelerator_years(kStart + core::kYear * 3) == Approx(12).epsilon(1e-12));
  recorder.count_review();
  recorder.ordering(kStart, {Constraint::budget});
  recorder.block_review(kStart, {Constraint::power, 2});
  recorder.block_review(kStart, {Constraint::power, 2});  // of another order of the same review
  CHECK(recorder.constraint_counts()[static_cast<std::size_t>(Constraint::power)] == 1);
  recorder.count_review();
  recorder.block_review(kStart + core::kYear, {Constraint::power, 2});
  CHECK(recorder.reviews() == 2);
  CHECK(recorder.constraint_counts()[static_cast<std::size_t>(Constraint::power)] == 2);
  CHECK(recorder.constraint_counts()[static_cast<std::size_t>(Constraint::budget)] == 0);
  CHECK(recorder.bindings().spells().size() == 1);
  CHECK(recorder.bindings().spells().back().binding == fleet::BindingConstraint{Constraint::power, 2});
  CHECK(recorder.consistent());
  recorder.reset(kStart, false);
  CHECK(recorder.reviews() == 0);
  CHECK(recorder.waiting() == 0);
  CHECK(recorder.idle_accelerator_years(kStart + core::kYear) == 0);
}

TEST_CASE("spending is kept where a target may ask for it, and states on the dates that were named") {
  fleet::Recorder recorder;
  recorder.reset(kStart, false);
  CHECK_FALSE(recorder.keeps_spending());
  recorder.reset(kStart, true);
  CHECK(recorder.keeps_spending());
  recorder.keep(fleet::Detail::metrics, std::nullopt);
  recorder.reset(kStart, true);
  CHECK_FALSE(recorder.keeps_spending());
  recorder.keep(fleet::Detail::metrics, 0);
  recorder.reset(kStart, true);
  CHECK(recorder.keeps_spending());
  const core::Time date = kStart + core::kDay;
  recorder.keep(fleet::Detail::whole, std::nullopt, std::array{date, date});
  recorder.reset(kStart, false);
  CHECK_FALSE(recorder.wants_checkpoint(kStart));
  CHECK(recorder.wants_checkpoint(date));
  fleet::Sample state;
  state.time = date;
  recorder.add_checkpoint(state);
  CHECK_FALSE(recorder.wants_checkpoint(date));
}

TEST_CASE("waits are of what waited for any time") {
  fleet::Recorder recorder;
  recorder.reset(kStart, false);
  const core::Time first = kStart + core::kYear;
  const core::Time second = kStart + core::kYear * 2;
  const core::Time end = kStart + core::kYear * 4;
  recorder.count_waiting(100, first);  // delivered, and installed at once but for 8
  recorder.count_waiting(-92, first);
  recorder.count_waiting(4, second);
  CHECK(recorder.most_waiting(second) == 8);
  CHECK(recorder.most_waiting(end) == 12);
  recorder.count_waiting(-12, second + core::kDay);
  recorder.count_waiting(1, end - core::kDay);
  CHECK(recorder.most_waiting(end) == 12);
  const std::vector<fleet::Wait> waits = recorder.waits(end);
  REQUIRE(waits.size() == 2);
  CHECK(waits[0].from == first);
  CHECK(waits[0].to == second + core::kDay);
  CHECK(waits[1].from == end - core::kDay);
  CHECK(waits[1].to == end);
}

TEST_CASE("a recorder whose series runs backwards is not consistent") {
  fleet::Recorder recorder;
  recorder.reset(kStart, true);
  fleet::Sample sample;
  sample.time = kStart + core::kYear;
  recorder.add(sample);
  CHECK(recorder.consistent());
  sample.time = kStart;
  recorder.add(sample);
  CHECK_FALSE(recorder.consistent());
}
