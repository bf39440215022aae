#include <algorithm>

#include "sim/core/numeric/math.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/fleet/reliability/reliability.hpp"

// Where lives and repairs are without memory, an accelerator is a Markov chain of two states, and how many of a batch are up a
// while later takes two binomial draws, exactly, however many failed in between:
//   P(up h later | up) = a + (1 - a) e^(-h/tau),  P(up h later | down) = a (1 - e^(-h/tau))
//   a = MTTF/(MTTF + repair),  1/tau = 1/MTTF + 1/repair
// What is up at the beginning of a step stands for all of it. Means stay exact; the variance of an integral over many steps
// grows by the factor x coth x, x = h/(2 tau): by 0.13 % with eight steps to tau.
namespace fleetrace::fleet {
namespace {

constexpr double kStepsPerTau = 8;
/// Below so many failures a step, going from change to change is as cheap.
constexpr double kWorthwhile = 16;

}  // namespace

/// An accelerator that is up or in repair.
struct Reliability::Chain {
  double life = 0;          ///< mean [ms]
  double repair = 0;        ///< mean [ms]
  double availability = 1;  ///< a
  double tau = 0;           ///< [ms]
};

Reliability::Chain Reliability::chain_of(bool lemon) const {
  const double life = lemon ? law().lemon.life.mean : law().life.mean;
  const double repair = law().repair.mean;
  return {life, repair, life / (life + repair), 1 / (1 / life + 1 / repair)};
}

double Reliability::step_of(const Batch& batch) const {
  const double tau = chain_of(false).tau;
  return (batch.lemons > 0 ? std::min(tau, chain_of(true).tau) : tau) / kStepsPerTau;
}

/// How many more of a kind are up a step later; counts the failures of that step.
std::int64_t Reliability::turn_over(Batch& batch, bool lemon, double step) {
  const Chain chain = chain_of(lemon);
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
  failures_ += failed + core::poisson(batch.lives, unseen);
  return repaired - failed;
}

/// Whether a batch takes so many failures a step that they need no event each.
bool Reliability::turns_over(const Batch& batch) const {
  if (!jumps_.on()) return false;
  const Chain chain = chain_of(false);
  return static_cast<double>(batch.count) * step_of(batch) / (chain.life + chain.repair) >= kWorthwhile;
}

void Reliability::schedule_turnover(std::uint32_t index, EventScheduler& events) {
  Batch& batch = batches_[index];
  batch.failure = events.schedule_after(step_of(batch), EventKind::turnover, index, batch.count);
}

HealthChange Reliability::turn_over(std::uint32_t index) {
  Batch& batch = batches_[index];
  const double step = step_of(batch);
  std::int64_t change = turn_over(batch, false, step);
  if (batch.lemons > 0) {
    const std::int64_t lemons = turn_over(batch, true, step);
    batch.healthy_lemons += lemons;
    change += lemons;
  }
  return {index, change_own(batch, Batch::kNone, change)};
}

}  // namespace fleetrace::fleet
