#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string_view>

/// Random streams without a global order of draws: every draw is a pure function of what it is for and of its index.
///
///   block = Philox4x32-10(key = (seed, replication), counter = (block index, purpose, entity))
///
/// Philox is a bijection of its counter, so two streams of one seed and replication never share a block, and drawing more
/// numbers from one does not shift those of another. Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy
/// as 1, 2, 3", SC'11. Philox stands in this header, rather than in a library, so that a draw is inlined into its caller.
namespace fleetrace::core {

/// What numbers are drawn for. Two purposes never share a stream. The value of a released purpose never changes, so that
/// the same seed keeps giving the same results. New purposes are added at the end; at most 255.
enum class Purpose : std::uint32_t {
  inputs = 1,          ///< uncertain inputs of a scenario; entity: the input's path without its `with`
  releases = 2,        ///< dates of hardware releases
  progress_jumps = 3,  ///< dates and sizes of algorithmic jumps
  lead_time = 4,       ///< times from order to delivery
  failures = 5,        ///< times between hardware failures
  repairs = 6,         ///< times out of service
  interruptions = 7,   ///< interruptions of a job that are not hardware failures
  spares = 8,          ///< arrivals of spare parts
  prices = 9,          ///< paths of prices
  purchases = 10,      ///< decisions of strategies that draw random numbers
  study = 11,          ///< resampling and design points of a study
  lemons = 12,         ///< which accelerators fail more often than others
  burn_in = 13,        ///< which accelerators of a delivery fail in the supplier's burn-in
  outages = 14,        ///< times between outages of racks, feeds and other failure domains
  restorations = 15,   ///< durations of the outages of failure domains
};

/// What draws numbers for one purpose, such as one order or one accelerator: 56 bits, the upper 24 beside the purpose in
/// the counter's third word, the lower 32 in its fourth. Numbered entities have the top bit clear and never collide with
/// each other or with a named one. Names are hashed to the 55 bits below a set top bit: among n names of a purpose two
/// collide with probability n^2 / 2^56, that is 1.4e-11 for a thousand (32 bits would give 1.2e-4). Two entities that
/// collide would draw the same numbers.
class Entity {
 public:
  constexpr Entity() = default;

  /// The entity with the number `index`, below 2^55. Throws std::invalid_argument for larger numbers.
  [[nodiscard]] static constexpr Entity number(std::uint64_t index) {
    if (index >= kNamed) throw std::invalid_argument("the number of an entity must be below 2^55");
    return Entity{index};
  }
  /// The entity with that name, whatever other entities exist: FNV-1a (64 bits; Fowler, Noll, Vo), folded to 55 bits.
  [[nodiscard]] static constexpr Entity named(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return folded(hash);
  }
  /// A part of this entity, such as one cohort of a strategy. Parts collide as rarely as names do. The mixing is that of
  /// SplitMix64 (Steele, Lea, Flood 2014).
  [[nodiscard]] constexpr Entity part(std::uint64_t index) const {
    std::uint64_t z = mixed(bits_ + 0x9e3779b97f4a7c15U) + index;
    z = mixed(z + 0x9e3779b97f4a7c15U);
    return folded(z);
  }

  [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }
  constexpr auto operator<=>(const Entity&) const = default;

 private:
  static constexpr std::uint64_t kNamed = std::uint64_t{1} << 55;

  explicit constexpr Entity(std::uint64_t bits) : bits_(bits) {}
  static constexpr Entity folded(std::uint64_t hash) { return Entity{kNamed | ((hash ^ (hash >> 55)) & (kNamed - 1))}; }
  static constexpr std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }

  std::uint64_t bits_ = 0;
};

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// The block cipher Philox4x32-10: ten rounds of two 32 x 32 bit products each.
[[nodiscard, gnu::always_inline]] inline constexpr PhiloxCounter philox_round(PhiloxCounter counter, PhiloxKey key,
                                                                              std::uint32_t round) {
  const std::uint64_t even = std::uint64_t{0xD2511F53} * counter[0];
  const std::uint64_t odd = std::uint64_t{0xCD9E8D57} * counter[2];
  return {static_cast<std::uint32_t>(odd >> 32) ^ counter[1] ^ (key[0] + round * 0x9E3779B9),
          static_cast<std::uint32_t>(odd),
          static_cast<std::uint32_t>(even >> 32) ^ counter[3] ^ (key[1] + round * 0xBB67AE85),
          static_cast<std::uint32_t>(even)};
}
[[nodiscard, gnu::always_inline]] inline constexpr PhiloxCounter philox_block(PhiloxCounter counter, PhiloxKey key) {
  // The rounds are written out because a loop takes a third more instructions.
  counter = philox_round(philox_round(counter, key, 0), key, 1);
  counter = philox_round(philox_round(counter, key, 2), key, 3);
  counter = philox_round(philox_round(counter, key, 4), key, 5);
  counter = philox_round(philox_round(counter, key, 6), key, 7);
  return philox_round(philox_round(counter, key, 8), key, 9);
}

/// A random stream at some position. A value of 32 bytes that allocates nothing; a copy draws the same numbers again.
class Stream {
 public:
  /// `episode` is where the stream begins: each of the 2^31 episodes of an entity has 2^33 draws of its own.
  constexpr Stream(std::uint32_t seed, std::uint32_t replication, Purpose purpose, Entity entity = {},
                   std::uint32_t episode = 0)
      : key_{seed, replication},
        purpose_(static_cast<std::uint32_t>(purpose) | static_cast<std::uint32_t>(entity.bits() >> 32) << 8),
        entity_(static_cast<std::uint32_t>(entity.bits())),
        draw_(std::uint64_t{episode} << 33) {}

  /// The next 64 random bits. Each block of Philox serves two draws; a stream has 2^64 draws.
  [[nodiscard]] constexpr std::uint64_t next_u64() {
    const std::uint64_t draw = draw_++;
    if (draw % 2 == 1) return spare_;
    const PhiloxCounter block = philox_block(counter(draw / 2), key_);
    spare_ = joined(block[2], block[3]);
    return joined(block[0], block[1]);
  }
  /// The next two draws, from one block. The number of earlier draws must be even.
  [[nodiscard, gnu::always_inline]] constexpr std::array<std::uint64_t, 2> next_two() {
    const PhiloxCounter block = philox_block(counter(draw_ / 2), key_);
    draw_ += 2;
    return {joined(block[0], block[1]), joined(block[2], block[3])};
  }
  /// The next draw as a number that is uniform in (0, 1); see to_uniform.
  [[nodiscard]] constexpr double uniform() { return to_uniform(next_u64()); }

  /// The draw with the index `draw`, counted from 0. The position of the stream does not change.
  [[nodiscard]] constexpr std::uint64_t at(std::uint64_t draw) const {
    const PhiloxCounter block = philox_block(counter(draw / 2), key_);
    return draw % 2 == 1 ? joined(block[2], block[3]) : joined(block[0], block[1]);
  }
  /// How many numbers were drawn, those of earlier episodes included.
  [[nodiscard]] constexpr std::uint64_t drawn() const { return draw_; }

  /// A uniform number from the upper 52 bits, as the middle of their cell: an odd multiple of 2^-53, never 0 or 1, and
  /// 1 - u is as exact as u. The middles of 53-bit cells would not fit a double: the largest would be rounded to 1.
  [[nodiscard]] static constexpr double to_uniform(std::uint64_t bits) {
    return std::bit_cast<double>(bits >> 12 | std::uint64_t{0x3FF} << 52) - (1 - 0x1p-53);
  }

  [[nodiscard]] constexpr PhiloxKey key() const { return key_; }
  [[nodiscard]] constexpr PhiloxCounter counter(std::uint64_t block) const {
    return {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), purpose_, entity_};
  }

 private:
  static constexpr std::uint64_t joined(std::uint32_t low, std::uint32_t high) {
    return std::uint64_t{high} << 32 | low;
  }

  PhiloxKey key_;
  std::uint32_t purpose_;
  std::uint32_t entity_;
  std::uint64_t draw_;
  std::uint64_t spare_ = 0;  ///< second half of the last block
};

}  // namespace fleetrace::core
