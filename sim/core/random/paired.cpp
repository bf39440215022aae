#include "sim/core/random/paired.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace fleetrace::core {

#if defined(__SSE2__)
namespace {

/// The same 32-bit word of two blocks, one in each 64-bit lane. The upper half of each lane is ignored.
[[nodiscard]] inline __m128i both(std::uint32_t first, std::uint32_t second) {
  return _mm_unpacklo_epi64(_mm_cvtsi32_si128(static_cast<int>(first)), _mm_cvtsi32_si128(static_cast<int>(second)));
}

struct PhiloxPair {
  __m128i words[4];
  __m128i key[2];

  [[nodiscard, gnu::always_inline]] PhiloxPair after_a_round() const {
    const __m128i even = _mm_mul_epu32(words[0], both(0xD2511F53, 0xD2511F53));
    const __m128i odd = _mm_mul_epu32(words[2], both(0xCD9E8D57, 0xCD9E8D57));
    return {{_mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(odd, 32), words[1]), key[0]), odd,
             _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(even, 32), words[3]), key[1]), even},
            {_mm_add_epi32(key[0], both(0x9E3779B9, 0x9E3779B9)), _mm_add_epi32(key[1], both(0xBB67AE85, 0xBB67AE85))}};
  }
  [[nodiscard, gnu::always_inline]] PhiloxPair after_five_rounds() const {
    return after_a_round().after_a_round().after_a_round().after_a_round().after_a_round();
  }
  /// Joins two 32-bit words to a 64-bit number, for each of the two blocks.
  [[nodiscard]] static __m128i joined(__m128i low, __m128i high) {
    return _mm_or_si128(_mm_slli_epi64(high, 32), _mm_srli_epi64(_mm_slli_epi64(low, 32), 32));
  }
};

}  // namespace
#endif

std::array<std::array<std::uint64_t, 2>, 2> two_of_each(const Stream& first, const Stream& second) {
#if defined(__SSE2__)
  const PhiloxCounter a = first.counter(first.drawn() / 2);
  const PhiloxCounter b = second.counter(second.drawn() / 2);
  const PhiloxKey key = first.key();
  const PhiloxPair begin{{both(a[0], b[0]), both(a[1], b[1]), both(a[2], b[2]), both(a[3], b[3])},
                         {both(key[0], key[0]), both(key[1], key[1])}};
  const PhiloxPair end = begin.after_five_rounds().after_five_rounds();
  const __m128i early = PhiloxPair::joined(end.words[0], end.words[1]);
  const __m128i late = PhiloxPair::joined(end.words[2], end.words[3]);
  alignas(16) std::array<std::array<std::uint64_t, 2>, 2> draws = {};
  _mm_store_si128(reinterpret_cast<__m128i*>(draws[0].data()), _mm_unpacklo_epi64(early, late));
  _mm_store_si128(reinterpret_cast<__m128i*>(draws[1].data()), _mm_unpackhi_epi64(early, late));
  return draws;
#else
  return {Stream(first).next_two(), Stream(second).next_two()};
#endif
}

}  // namespace fleetrace::core
