#include "fleetrace/study/replications.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <mutex>
#include <numeric>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::study {
namespace {

using fleet::Case;
using fleet::Draw;

/// The index of the target among those of the cases, added where it is not there yet.
std::optional<std::size_t> ask_for(const std::optional<double>& target, Case& plan) {
  if (!target) return std::nullopt;
  std::vector<double>& targets = plan.loss.targets;
  const auto known = std::find(targets.begin(), targets.end(), *target);
  const auto index = static_cast<std::size_t>(known - targets.begin());
  if (known == targets.end()) targets.push_back(*target);
  return index;
}

}  // namespace

Plan Plan::of(const fleet::Scenario& scenario, std::uint32_t seed, std::optional<double> target) {
  Plan plan{fleet::Inputs(scenario), seed, target, {}, false, false};
  plan.has_chance = plan.resolves_by_draw = !plan.inputs.all().empty();
  for (const Case& each : fleet::resolve(scenario)) {
    plan.strategies.push_back(each.strategy.name);
    plan.has_chance = plan.has_chance || fleet::has_chance(each);
    plan.resolves_by_draw = plan.resolves_by_draw || fleet::has_random_releases(each);
  }
  return plan;
}

void Replicator::run(std::uint32_t replication, std::span<fleet::Measures> row) {
  plan_->inputs.uniforms({plan_->seed, replication, fleet::InputDraw::drawn}, uniforms_);
  plan_->inputs.values(uniforms_, values_);
  run(replication, values_, row);
}

void Replicator::run(std::uint32_t replication, std::span<const double> values, std::span<fleet::Measures> row) {
  const auto refuse = [replication](const std::string& why) {
    throw ReplicationError("replication " + std::to_string(replication) + " cannot be run: " + why);
  };
  try {
    std::vector<Case>& cases = cases_of({plan_->seed, replication}, values);
    const bool is_observed = observe && replication < observed;
    world_.detail = is_observed ? fleet::Detail::whole : fleet::Detail::measures;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      world_.measured_target = ask_for(plan_->target, cases[i]);
      fleet::simulate(world_, cases[i], outcome_);
      row[i] = fleet::measure(cases[i], outcome_, world_.measured_target);
      if (is_observed) observe(replication, i, cases[i], outcome_);
    }
  } catch (const core::InputError& error) {
    refuse(std::string("with the inputs that it draws, ") + error.what());
  } catch (const std::overflow_error& error) {  // of money or time
    refuse(error.what());
  }
}

std::vector<Case>& Replicator::cases_of(const Draw& chance, std::span<const double> values) {
  if (holds_for_all_ && !alter) {
    for (Case& each : resolution_.cases()) each.draw = chance;
    return resolution_.cases();
  }
  holds_for_all_ = false;
  std::vector<Case>& cases = resolve(chance, values);
  holds_for_all_ = !plan_->resolves_by_draw && !alter;
  return cases;
}

std::vector<Case>& Replicator::resolve(const Draw& chance, std::span<const double> values) {
  if (!alter) {
    if (!drawn_) drawn_.emplace(plan_->inputs);
    try {
      return resolution_.resolve(drawn_->at(values), chance);
    } catch (const core::InputError&) {
      // Said again of the scenario with its values as they would be written.
    }
  }
  fleet::Scenario drawn = plan_->inputs.at(values);
  if (alter) alter(drawn);
  return resolution_.resolve(drawn, chance);
}

Results::Results(std::size_t strategies) : strategies_(strategies), kept_(fleet::kMeasures), places_() {
  std::iota(places_.begin(), places_.end(), std::size_t{0});
}

Results::Results(std::size_t strategies, std::span<const fleet::Measure> kept) : strategies_(strategies), places_() {
  places_.fill(kNowhere);
  for (const fleet::Measure measure : kept) {
    std::size_t& place = places_[static_cast<std::size_t>(measure)];
    if (place == kNowhere) place = kept_++;
  }
}

fleet::Measures Results::at(std::size_t replication, std::size_t strategy) const {
  fleet::Measures result;
  for (std::size_t k = 0; k < result.size(); ++k)
    result[k] = get(replication, strategy, static_cast<fleet::Measure>(k));
  return result;
}

void Results::set(std::size_t replication, std::span<const fleet::Measures> row) {
  double* const values = values_.data() + replication * strategies_ * kept_;
  for (std::size_t i = 0; i < strategies_; ++i) {
    for (std::size_t k = 0; k < fleet::kMeasures; ++k) {
      if (places_[k] != kNowhere) values[i * kept_ + places_[k]] = row[i][k];
    }
  }
}

std::vector<double> Results::sample(std::size_t strategy, fleet::Measure measure) const {
  std::vector<double> result(replications());
  for (std::size_t r = 0; r < result.size(); ++r) result[r] = get(r, strategy, measure);
  return result;
}

bool parallel_replications(const Plan& plan, std::size_t count, int jobs, const std::atomic<bool>& stop,
                           const std::function<void(Replicator&, std::size_t)>& body) {
  tbb::enumerable_thread_specific<Replicator> workers(plan);
  std::mutex mutex;
  std::size_t failed = std::numeric_limits<std::size_t>::max();
  std::exception_ptr failure;
  std::atomic<bool> skipped = false;
  // Nothing below the first failure is skipped, so that the same one is reported whatever the number of threads.
  const auto is_beyond_failure = [&](std::size_t i) {
    const std::lock_guard lock(mutex);
    return i > failed;
  };
  // What the threads of the pool wait for is the pool's own; this says it in terms that a checker of races can see.
  std::atomic<std::size_t> ended = 0;
  const auto one = [&](std::size_t i) {
    if (stop || is_beyond_failure(i)) {
      skipped = true;
      return;
    }
    try {
      body(workers.local(), i);
    } catch (const std::exception&) {
      const std::lock_guard lock(mutex);
      if (i < failed) {
        failed = i;
        failure = std::current_exception();
      }
    }
  };
  const int threads = jobs == 0 ? tbb::this_task_arena::max_concurrency() : jobs;
  const tbb::global_control as_many_as_asked(tbb::global_control::max_allowed_parallelism,
                                             static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
      one(i);
      ended.fetch_add(1, std::memory_order_acq_rel);
    });
  });
  (void)ended.load(std::memory_order_acquire);
  if (failure) std::rethrow_exception(failure);
  return !skipped;
}

std::size_t Results::done() const {
  return static_cast<std::size_t>(std::count(done_.begin(), done_.end(), std::uint8_t{1}));
}

bool replicate(const Plan& plan, std::size_t count, int jobs, const std::atomic<bool>& stop, Results& results,
               const Finished& finished, const Observer& observe, std::size_t observed) {
  if (results.replications() < count) results.resize(count);
  std::vector<std::uint32_t> missing;
  for (std::size_t i = 0; i < count; ++i) {
    if (!results.has(i)) missing.push_back(static_cast<std::uint32_t>(i));
  }
  std::mutex mutex;
  return parallel_replications(plan, missing.size(), jobs, stop, [&](Replicator& worker, std::size_t i) {
    const std::uint32_t replication = missing[i];
    if (observe && !worker.observe) {
      worker.observe = observe;
      worker.observed = observed;
    }
    const std::span<const fleet::Measures> row = worker.run(replication);
    results.set(replication, row);
    const std::lock_guard lock(mutex);
    results.set_done(replication);
    if (finished) finished(replication, row);
  });
}

}  // namespace fleetrace::study
