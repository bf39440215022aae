#include <sha256.h>

#include <bit>

// SHA-256 as FIPS 180-4 states it.
namespace {

constexpr std::uint32_t kRounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

void compress(SHA2_CTX& context) {
  std::uint32_t w[64];
  for (std::size_t i = 0; i < 16; ++i) {
    const unsigned char* const byte = context.block + 4 * i;
    w[i] = std::uint32_t{byte[0]} << 24 | std::uint32_t{byte[1]} << 16 | std::uint32_t{byte[2]} << 8 | byte[3];
  }
  for (std::size_t i = 16; i < 64; ++i) {
    const std::uint32_t a = w[i - 15];
    const std::uint32_t b = w[i - 2];
    w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + w[i - 7] +
           (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
  }
  std::uint32_t s[8];
  for (std::size_t i = 0; i < 8; ++i) s[i] = context.state[i];
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint32_t first = s[7] + (std::rotr(s[4], 6) ^ std::rotr(s[4], 11) ^ std::rotr(s[4], 25)) +
                                ((s[4] & s[5]) ^ (~s[4] & s[6])) + kRounds[i] + w[i];
    const std::uint32_t second = (std::rotr(s[0], 2) ^ std::rotr(s[0], 13) ^ std::rotr(s[0], 22)) +
                                 ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    for (std::size_t k = 7; k > 0; --k) s[k] = s[k - 1];
    s[4] += first;
    s[0] = first + second;
  }
  for (std::size_t i = 0; i < 8; ++i) context.state[i] += s[i];
}

}  // namespace

void SHA256Init(SHA2_CTX* context) {
  *context = {{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}, 0, {}};
}

void SHA256Update(SHA2_CTX* context, const unsigned char* data, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    context->block[context->bytes++ % 64] = data[i];
    if (context->bytes % 64 == 0) compress(*context);
  }
}

char* SHA256End(SHA2_CTX* context, char* hex) {
  const std::uint64_t bits = context->bytes * 8;
  unsigned char byte = 0x80;
  SHA256Update(context, &byte, 1);
  byte = 0;
  while (context->bytes % 64 != 56) SHA256Update(context, &byte, 1);
  for (int shift = 56; shift >= 0; shift -= 8) {
    byte = static_cast<unsigned char>(bits >> shift);
    SHA256Update(context, &byte, 1);
  }
  for (std::size_t i = 0; i < 64; ++i) hex[i] = "0123456789abcdef"[context->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
  hex[64] = 0;
  return hex;
}
