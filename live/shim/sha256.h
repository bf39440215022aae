#pragma once
#include <cstddef>
#include <cstdint>
/// Stands in for libmd's SHA-256 in the browser build; live/shim/sha256.cpp has it.
struct SHA2_CTX {
  std::uint32_t state[8];
  std::uint64_t bytes;
  unsigned char block[64];
};
inline constexpr std::size_t SHA256_DIGEST_STRING_LENGTH = 65;
void SHA256Init(SHA2_CTX* context);
void SHA256Update(SHA2_CTX* context, const unsigned char* data, std::size_t size);
/// Writes 64 hexadecimal digits and a NUL to `hex`, and returns it.
char* SHA256End(SHA2_CTX* context, char* hex);
