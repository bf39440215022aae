#pragma once

#include <cstddef>

/// What parse_yaml accepts at most; private to the reader. See node.hpp, which promises them.
namespace fleetrace::reader {

inline constexpr std::size_t kMostBytes = std::size_t{8} << 20U;
inline constexpr std::size_t kMostFileBytes = std::size_t{1} << 20U;
// yaml-cpp looks ahead to the end of the line, at some 280 bytes of memory a token.
inline constexpr std::size_t kMostLineBytes = std::size_t{128} << 10U;
inline constexpr std::size_t kMostScalarBytes = std::size_t{64} << 10U;
inline constexpr std::size_t kMostDepth = 32;
inline constexpr std::size_t kMostNodes = 100'000;
inline constexpr std::size_t kMostKeys = 10'000;
inline constexpr std::size_t kMostFindings = 100;

}  // namespace fleetrace::reader
