#pragma once

#include <array>
#include <cstdint>

#include "sim/core/numeric/logarithm.hpp"
#include "sim/core/random/random.hpp"

/// Two draws in little more time than one. The numbers have the same bits as those that Stream and the samplers give one
/// by one.
namespace fleetrace::core {

namespace detail {
using TwoNumbers [[gnu::vector_size(16)]] = double;
using TwoWords [[gnu::vector_size(16)]] = std::uint64_t;

/// log_of_uniform of each of the two numbers.
[[nodiscard, gnu::always_inline]] inline TwoNumbers logs_of_uniforms(TwoNumbers x) {
  constexpr int kMantissa = 52;
  const auto bits = std::bit_cast<TwoWords>(x);
  const LogarithmCell& a = kLogarithmTable[(bits[0] >> (kMantissa - 8)) % kLogarithmCells];
  const LogarithmCell& b = kLogarithmTable[(bits[1] >> (kMantissa - 8)) % kLogarithmCells];
  const auto m = std::bit_cast<TwoNumbers>((bits & ((std::uint64_t{1} << kMantissa) - 1)) |
                                           (std::uint64_t{1023} << kMantissa));
  // Converts the exponents to doubles: as the last bits of a double of 2^52, from which 2^52 is then subtracted.
  const auto shifted = std::bit_cast<TwoNumbers>((bits >> kMantissa) | (std::uint64_t{1023 + 52} << kMantissa));
  const TwoNumbers k = (shifted - (0x1p52 + 1023)) + TwoNumbers{a.halved, b.halved};
  const TwoNumbers r = (m - TwoNumbers{a.middle, b.middle}) * TwoNumbers{a.inverse, b.inverse};
  const TwoNumbers square = r * r;
  const TwoNumbers rest = square * (-0.5 + r * (1.0 / 3)) + square * square * (-0.25 + r * 0.2 - square * (1.0 / 6));
  return (k * kLn2 + TwoNumbers{a.logarithm, b.logarithm}) + (r + rest);
}
}  // namespace detail

/// Two exponential variates with the given means, which are not checked, from two numbers of a stream.
[[nodiscard, gnu::always_inline]] inline std::array<double, 2> two_exponentials(
    const std::array<std::uint64_t, 2>& draws, double first_mean, double second_mean) {
  const detail::TwoWords bits = {draws[0], draws[1]};
  const auto above_one = std::bit_cast<detail::TwoNumbers>((bits >> 12) | (std::uint64_t{1023} << 52));
  const detail::TwoNumbers rest = 1 - (above_one - (1 - 0x1p-53));
  const detail::TwoNumbers waits = detail::TwoNumbers{first_mean, second_mean} * -detail::logs_of_uniforms(rest);
  return {waits[0], waits[1]};
}

/// What Stream::next_two would give for each of two streams with the same seed and replication. On a processor that
/// multiplies two numbers at once it takes little longer than one such call.
[[nodiscard]] std::array<std::array<std::uint64_t, 2>, 2> two_of_each(const Stream& first, const Stream& second);

}  // namespace fleetrace::core
