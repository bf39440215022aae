#include "sim/core/random/random.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {

using namespace fleetrace::core;

constexpr std::uint32_t kOnes = 0xffffffff;

}  // namespace

TEST_CASE("Philox4x32-10 gives its published answers", "[random]") {
  // Random123's known answers for zeros, ones and the digits of pi.
  CHECK(philox_block({0, 0, 0, 0}, {0, 0}) == PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox_block({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}) ==
        PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox_block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a stream is the cipher at (seed, replication) and (draw, purpose, entity)", "[random]") {
  const Entity entity = Entity::number(0x12'3456'789a'bcde);
  Stream stream(7, 9, Purpose::repairs, entity);
  CHECK(stream.key() == PhiloxKey{7, 9});
  CHECK(stream.counter(0xfedcba9876543210) == PhiloxCounter{0x76543210, 0xfedcba98, 0x12345606, 0x789abcde});
  for (std::uint32_t block = 0; block < 100; ++block) {
    const PhiloxCounter bits = philox_block({block, 0, 0x12345606, 0x789abcde}, {7, 9});
    CHECK(stream.next_u64() == (std::uint64_t{bits[1]} << 32 | bits[0]));
    CHECK(stream.next_u64() == (std::uint64_t{bits[3]} << 32 | bits[2]));
  }
  CHECK(stream.drawn() == 200);
}

TEST_CASE("a stream can be read anywhere, and a copy goes on alike", "[random]") {
  Stream stream(1, 2, Purpose::failures, Entity::named("strategies.hare"));
  const Stream untouched = stream;
  for (std::uint64_t draw = 0; draw < 101; ++draw) CHECK(untouched.at(draw) == stream.next_u64());
  CHECK(untouched.drawn() == 0);
  Stream copy = stream;
  for (int i = 0; i < 9; ++i) CHECK(copy.next_u64() == stream.next_u64());
  CHECK(untouched.at(0) != untouched.at(std::uint64_t{1} << 33));
  CHECK(sizeof(Stream) == 32);
  CHECK(std::is_trivially_copyable_v<Stream>);
  static_assert(Stream(0, 0, Purpose::inputs).at(0) != 0, "usable in constant expressions");
}

TEST_CASE("uniforms are never 0 or 1 and symmetric", "[random]") {
  CHECK(Stream::to_uniform(0) == 0x1p-53);
  CHECK(Stream::to_uniform(~std::uint64_t{0}) == 1 - 0x1p-53);
  CHECK(1 - Stream::to_uniform(0) == Stream::to_uniform(~std::uint64_t{0}));
  // What a bit more would give: 2^53 - 1/2 is no double.
  const std::uint64_t ones = ~std::uint64_t{0};
  CHECK((static_cast<double>(ones >> 11) + 0.5) * 0x1p-53 == 1);
  Stream stream(1, 1, Purpose::study);
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    const std::uint64_t bits = stream.at(i);
    CHECK(stream.uniform() == Stream::to_uniform(bits));
    CHECK(1 - Stream::to_uniform(bits) == Stream::to_uniform(~bits));
  }
}

TEST_CASE("entities are told apart", "[random]") {
  // FNV-1a's published 64-bit values for "" and "foobar", folded to 55 bits under the top one.
  const auto folded = [](std::uint64_t hash) {
    const std::uint64_t top = std::uint64_t{1} << 55;
    return top | ((hash ^ hash >> 55) & (top - 1));
  };
  CHECK(Entity::named("").bits() == folded(0xcbf29ce484222325));
  CHECK(Entity::named("foobar").bits() == folded(0x85944171f73967e8));
  // Frozen: a change would give every user other results.
  CHECK(Entity::named("strategies.turtle").part(7).bits() == 0x99'17f8'18ba'5447);

  const std::uint64_t last = (std::uint64_t{1} << 55) - 1;
  CHECK(Entity::number(last).bits() == last);
  CHECK_THROWS_AS(Entity::number(last + 1), std::invalid_argument);
  CHECK(Entity::number(3) != Entity::number(3).part(0));

  // Names that differ little, and the parts of each.
  std::set<std::uint64_t> seen;
  std::size_t made = 0;
  for (int name = 0; name < 1'000; ++name) {
    const Entity entity = Entity::named("strategies.s" + std::to_string(name));
    seen.insert(entity.bits());
    for (std::uint64_t part = 0; part < 200; ++part) seen.insert(entity.part(part).bits());
    made += 201;
  }
  for (std::uint64_t number = 0; number < 1'000; ++number) seen.insert(Entity::number(number).bits());
  CHECK(seen.size() == made + 1'000);
}

TEST_CASE("a million streams share no block", "[random]") {
  // Philox permutes the counters of one key, so that blocks differ as soon as (key, counter) do: this checks that the
  // stream's identity goes into them one to one. The first blocks, 128 bits under a thousand keys, then differ as well but
  // for a chance of 2^-89.
  std::vector<std::tuple<PhiloxKey, PhiloxCounter>> places;
  std::vector<PhiloxCounter> blocks;
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    for (std::uint32_t replication = 0; replication < 100; ++replication) {
      for (std::uint32_t purpose = 1; purpose <= 10; ++purpose) {
        for (std::uint64_t entity = 0; entity < 100; ++entity) {
          // Numbers that differ in every part of the 56 bits.
          const Stream stream(seed, replication, Purpose{purpose}, Entity::number(entity << (entity % 4 * 16)));
          places.emplace_back(stream.key(), stream.counter(0));
          blocks.push_back(philox_block(stream.counter(0), stream.key()));
        }
      }
    }
  }
  REQUIRE(places.size() == 1'000'000);
  std::sort(places.begin(), places.end());
  std::sort(blocks.begin(), blocks.end());
  CHECK(std::adjacent_find(places.begin(), places.end()) == places.end());
  CHECK(std::adjacent_find(blocks.begin(), blocks.end()) == blocks.end());
}
