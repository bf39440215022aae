#include <algorithm>

#include "events/events.hpp"
#include "fleetrace/core/math.hpp"
#include "fleetrace/core/samplers.hpp"
#include "hardware_failures.hpp"

// Where lives and repairs are without memory, an accelerator is a Markov chain of two states, and how many of a batch are up a
// while later takes two binomial draws, exactly, however many failed in between:
//   P(up h later | up) = a + (1 - a) e^(-h/tau),  P(up h later | down) = a (1 - e^(-h/tau))
//   a = MTTF/(MTTF + repair),  1/tau = 1/MTTF + 1/repair
// What is up at the beginning of a step stands for all of it. Means stay exact; the variance of an integral over many steps
// grows by the factor x coth x, x = h/(2 tau): by 0.13 % with eight steps to tau.
namespace fleetrace::fleet {
namespace {

constexpr double kStepsPerTau = 8;
/// Below so many failures a step, an event for each is as cheap.
constexpr double kWorthwhile = 16;

struct Chain {
  double life = 0;          ///< mean [ms]
  double repair = 0;        ///< mean [ms]
  double availability = 1;  ///< a
  double tau = 0;           ///< [ms]
};

Chain chain_of(const World& world, bool lemon) {
  const models::FailureLaw& law = failure_law(world);
  const double life = lemon ? law.lemon.life.mean : law.life.mean;
  const double repair = law.repair.mean;
  return {life, repair, life / (life + repair), 1 / (1 / life + 1 / repair)};
}

double step_of(const World& world, const Batch& batch) {
  const double tau = chain_of(world, false).tau;
  return (batch.lemons > 0 ? std::min(tau, chain_of(world, true).tau) : tau) / kStepsPerTau;
}

/// How many more of a kind are up a step later; counts the failures of that step.
std::int64_t turn_over(World& world, Batch& batch, bool lemon, double step) {
  const Chain chain = chain_of(world, lemon);
  const std::int64_t up = lemon ? batch.healthy_lemons : batch.own_healthy - batch.healthy_lemons;
  const std::int64_t down = (lemon ? batch.lemons : batch.count - batch.lemons) - up;
  const double mixed = -core::expm1(-step / chain.tau);
  const double fails = (1 - chain.availability) * mixed;
  const std::int64_t failed = core::binomial(batch.lives, up, fails);
  const std::int64_t repaired = core::binomial(batch.repairs, down, chain.availability * mixed);
  // Those that were up or down at both ends may have failed in between, too: the expected number of all failures less that of
  // those seen, Poisson since each is rare.
  const double settling = chain.tau * mixed;
  const double of_up = (chain.availability * step + (1 - chain.availability) * settling) / chain.life - fails;
  const double of_down = chain.availability * (step - settling) / chain.life;
  const double unseen = static_cast<double>(up) * std::max(0.0, of_up) + static_cast<double>(down) * of_down;
  world.failures += failed + core::poisson(batch.lives, unseen);
  return repaired - failed;
}

}  // namespace

bool turns_over(const World& world, const Batch& batch) {
  const models::FailureLaw& law = failure_law(world);
  if (!law.domains.empty() || !law.repair.is_memoryless() || !(law.repair.mean > 0) || !law.life.is_memoryless())
    return false;
  const Chain chain = chain_of(world, false);
  return static_cast<double>(batch.count) * step_of(world, batch) / (chain.life + chain.repair) >= kWorthwhile;
}

void schedule_turnover(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  batch.failure = world.schedule_after(step_of(world, batch), EventKind::turnover, index, batch.count);
}

void on_turnover(World& world, const Payload& payload) {
  Batch& batch = world.batches[payload.index];
  const double step = step_of(world, batch);
  std::int64_t change = turn_over(world, batch, false, step);
  if (batch.lemons > 0) {
    const std::int64_t lemons = turn_over(world, batch, true, step);
    batch.healthy_lemons += lemons;
    change += lemons;
  }
  if (change != 0) change_own(world, batch, Batch::kNone, change);
  schedule_turnover(world, payload.index);
}

}  // namespace fleetrace::fleet
