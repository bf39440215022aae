#pragma once

#include <cstdint>

#include "models/failure/failure.hpp"
#include "sim/fleet/reliability/batch.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// Batches that go from one change to the next. Where lives and repairs are without memory, all that matters of a batch is how many of
/// it are up: the wait for its next change is exponential with the sum of the rates of all its accelerators, and the change is one of
/// them in proportion to its rate (Gillespie 1977, "Exact stochastic simulation of coupled chemical reactions", J. Phys. Chem.
/// 81:2340). That has the law of a failure and a repair for each, and takes one block of random numbers a change and one clock a batch.
class BatchJumps {
 public:
  /// Begins a race. They are on at `aggregate` where lives and repairs have no memory, and no domains take part.
  void reset(const models::FailureLaw& law, const Draw& draw);
  [[nodiscard]] bool on() const { return on_; }

  /// Draws what befalls a batch next, and how long that takes [ms].
  [[nodiscard]] std::int64_t draw(Batch& batch, std::uint32_t index) const;
  /// That befalls it. How many more of its accelerators are up.
  static std::int64_t take(Batch& batch) {
    const std::int64_t change = batch.jump_fails ? -1 : 1;
    batch.own_healthy += change;
    if (batch.lemon_next) batch.healthy_lemons += change;
    return change;
  }

 private:
  /// Draws the random numbers of the next changes of a batch, as many as it keeps: two blocks and two logarithms at a time.
  [[gnu::noinline]] void draw_numbers(Batch& batch, std::uint32_t index) const;

  bool on_ = false;
  Draw draw_;
  // Of one accelerator [1/ms].
  double fail_ = 0;
  double lemon_fail_ = 0;
  double repair_ = 0;
};

}  // namespace fleetrace::fleet
