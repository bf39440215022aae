#include "sim/study/sensitivity/sobol.hpp"

#include <boost/random/sobol.hpp>

#include "sim/core/numeric/require.hpp"

namespace fleetrace::study {
namespace {

// The digits that one draw of 64 coins scrambles: a tree of 6 levels has 63 nodes, each with a coin.
constexpr unsigned kLevels = 6;

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions, std::uint32_t seed, std::uint32_t scramble) {
  core::require(dimensions >= 1 && dimensions <= kMaxDimensions, "Sobol's sequence has 1 to 3667 dimensions");
  static_assert(kMaxDimensions <= boost::random::default_sobol_table::max_dimension);

  // In Gray code order, the point of index 2^(j + 1) - 1 is the direction of digit j. The library leaves out index 0.
  boost::random::sobol_engine<std::uint32_t, kDigits> points(dimensions);
  directions_.resize(dimensions);
  for (unsigned digit = 0; digit < kDigits; ++digit) {
    points.seed((std::uint32_t{2} << digit) - 2);
    for (auto& direction : directions_) direction[digit] = points();
  }
  const core::Entity sequence = core::Entity::named("sobol").part(scramble);
  streams_.reserve(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    streams_.emplace_back(seed, 0, core::Purpose::study, sequence.part(d));
  }
}

double SobolSequence::at(std::uint64_t index, std::size_t dimension) const {
  core::require(index < kMaxPoints, "Sobol's sequence has 2^30 points");
  core::require(dimension < dimensions(), "Sobol's sequence has no such dimension");
  std::uint32_t digits = 0;
  for (unsigned digit = 0; index >> digit != 0; ++digit) {
    if ((index >> digit & 1U) != 0) digits ^= directions_[dimension][digit];
  }

  const core::Stream& coins = streams_[dimension];
  std::uint64_t scrambled = 0;
  for (unsigned level = 0; level < kDigits; level += kLevels) {
    const std::uint64_t above = digits >> (kDigits - level);
    const std::uint64_t coin = coins.at(std::uint64_t{level} << 32 | above);
    for (unsigned l = 0; l < kLevels; ++l) {
      const std::uint32_t through = digits >> (kDigits - level - l);
      const std::uint32_t node = 1U << l | (through & ((1U << l) - 1));
      const std::uint32_t digit = digits >> (kDigits - level - l - 1) & 1U;
      scrambled = scrambled << 1 | (digit ^ (coin >> node & 1U));
    }
  }
  // No two points share the digits below the last one of the sequence, so these are plain coins.
  const std::uint64_t rest = coins.at(std::uint64_t{kDigits} << 32 | digits);
  return core::Stream::to_uniform(scrambled << (64 - kDigits) | rest >> kDigits);
}

void SobolSequence::point(std::uint64_t index, std::span<double> coordinates) const {
  for (std::size_t d = 0; d < coordinates.size(); ++d) coordinates[d] = at(index, d);
}

}  // namespace fleetrace::study
