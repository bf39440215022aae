// What a variate costs: our streams and samplers beside the standard library's generator and distributions. Ours give the
// same bits everywhere and can be read at any place; the standard's need 2.5 kB of state a stream.

#include "sim/core/random/random.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <vector>

#include "sim/core/random/samplers.hpp"
#include "sim/core/schema/distribution.hpp"

namespace {

namespace core = fleetrace::core;
using core::Entity;
using core::Purpose;
using core::Stream;

template <class Draw>
void ours(benchmark::State& state, Draw draw) {
  Stream stream(1, 1, Purpose::study);
  while (state.KeepRunning()) benchmark::DoNotOptimize(draw(stream));
}

template <class Law>
void standard(benchmark::State& state, Law law) {
  std::mt19937_64 generator(1);
  while (state.KeepRunning()) benchmark::DoNotOptimize(law(generator));
}

const std::vector<double> kWeights = {3, 0, 5, 2};

void new_stream(benchmark::State& state) {
  std::uint32_t entity = 0;
  while (state.KeepRunning())
    benchmark::DoNotOptimize(Stream(1, 1, Purpose::failures, Entity::number(++entity)).uniform());
}

void new_generator(benchmark::State& state) {
  std::uint32_t seed = 0;
  while (state.KeepRunning()) {
    std::mt19937_64 generator(++seed);
    benchmark::DoNotOptimize(generator());
  }
}

BENCHMARK_CAPTURE(ours, bits, [](Stream& s) { return s.next_u64(); });
BENCHMARK_CAPTURE(standard, bits, [](std::mt19937_64& g) { return g(); });
BENCHMARK(new_stream);
BENCHMARK(new_generator);
BENCHMARK_CAPTURE(ours, uniform, [](Stream& s) { return s.uniform(); });
BENCHMARK_CAPTURE(standard, uniform, std::uniform_real_distribution<double>());
BENCHMARK_CAPTURE(ours, exponential, [](Stream& s) { return core::exponential(s, 2); });
BENCHMARK_CAPTURE(standard, exponential, std::exponential_distribution<double>(0.5));
BENCHMARK_CAPTURE(ours, weibull, [](Stream& s) { return core::weibull(s, 0.7, 2); });
BENCHMARK_CAPTURE(standard, weibull, std::weibull_distribution<double>(0.7, 2));
BENCHMARK_CAPTURE(ours, normal, [](Stream& s) { return core::normal(s, 1, 2); });
BENCHMARK_CAPTURE(standard, normal, std::normal_distribution<double>(1, 2));
BENCHMARK_CAPTURE(ours, lognormal, [](Stream& s) { return core::lognormal(s, 2, 0.5); });
BENCHMARK_CAPTURE(standard, lognormal, std::lognormal_distribution<double>(0.69, 0.5));
BENCHMARK_CAPTURE(ours, gamma, [](Stream& s) { return core::gamma(s, 8, 0.25); });
BENCHMARK_CAPTURE(standard, gamma, std::gamma_distribution<double>(8, 0.25));
BENCHMARK_CAPTURE(ours, gamma_by_inversion, [](Stream& s) { return core::gamma_by_inversion(s, 8, 0.25); });
BENCHMARK_CAPTURE(ours, triangular, [](Stream& s) { return core::triangular(s, 1, 2.5, 4); });
BENCHMARK_CAPTURE(ours, choice, [](Stream& s) { return core::choice(s, kWeights); });
BENCHMARK_CAPTURE(standard, choice, std::discrete_distribution<int>({3, 0, 5, 2}));
BENCHMARK_CAPTURE(ours, poisson_3, [](Stream& s) { return core::poisson(s, 3); });
BENCHMARK_CAPTURE(standard, poisson_3, std::poisson_distribution<std::int64_t>(3));
BENCHMARK_CAPTURE(ours, poisson_1e9, [](Stream& s) { return core::poisson(s, 1e9); });
BENCHMARK_CAPTURE(standard, poisson_1e9, std::poisson_distribution<std::int64_t>(1e9));
// The standard's poisson and binomial objects compute their constants once; a mean that changes each time costs that again.
BENCHMARK_CAPTURE(standard, poisson_1e9_anew,
                  [](std::mt19937_64& g) { return std::poisson_distribution<std::int64_t>(1e9)(g); });
BENCHMARK_CAPTURE(ours, binomial_20, [](Stream& s) { return core::binomial(s, 20, 0.3); });
BENCHMARK_CAPTURE(standard, binomial_20, std::binomial_distribution<std::int64_t>(20, 0.3));
BENCHMARK_CAPTURE(ours, binomial_1e9, [](Stream& s) { return core::binomial(s, 1'000'000'000, 0.2); });
BENCHMARK_CAPTURE(standard, binomial_1e9, std::binomial_distribution<std::int64_t>(1'000'000'000, 0.2));
BENCHMARK_CAPTURE(standard, binomial_1e9_anew,
                  [](std::mt19937_64& g) { return std::binomial_distribution<std::int64_t>(1'000'000'000, 0.2)(g); });

void truncated_input(benchmark::State& state) {
  const auto cut = core::Distribution::normal(0.4, 0.1).truncated(core::above_up_to(0, 1), core::Dimension::number);
  const auto law = std::get<core::Distribution>(cut);
  Stream stream(1, 1, Purpose::inputs);
  while (state.KeepRunning()) benchmark::DoNotOptimize(law.sample(stream));
}
BENCHMARK(truncated_input);

}  // namespace
